import { Failure } from "../../failure.ts";
import { type Access, projectAccess, samePermissions } from "../../platform/access.ts";
import type { Connection } from "../../platform/connection.ts";
import { pendingInvitations } from "../../platform/invitations.ts";
import { environmentVariable, sameFlags } from "../../platform/variables.ts";
import type { Deed, Entry } from "../run-file.ts";
import { permissionWords } from "../words.ts";
import { type Assessment, ready, settled, stays } from "./assessment.ts";

type ApiDeed = Exclude<
  Deed,
  {
    readonly kind:
      | "file"
      | "file-creation"
      | "commit"
      | "token-revocation"
      | "redeployment"
      | "ci-secret";
  }
>;

/**
 * Whether a request can be taken back, from how things stand on the platform now. What a run may have sent before it
 * was killed is not taken for its own because the name is the same.
 */
export function assessRequest(
  deed: ApiDeed,
  state: Entry["state"],
  connection: Connection,
): Promise<Assessment> | Assessment {
  switch (deed.kind) {
    case "invitation":
      return assessInvitation(deed, connection);
    case "access":
      return assessAccess(deed, connection);
    case "variable-creation":
      return assessCreation(deed, state, connection);
    case "variable-update":
      return deed.overrides
        ? assessCreation({ ...deed, flags: deed.after }, state, connection)
        : assessUpdate(deed, connection);
    case "variable-deletion":
      return stays(
        "a deleted variable can't be brought back: its value is kept nowhere; set it by hand if it is needed",
      );
  }
}

type DeedOf<Kind extends ApiDeed["kind"]> = Extract<ApiDeed, { readonly kind: Kind }>;

async function assessInvitation(
  deed: DeedOf<"invitation">,
  connection: Connection,
): Promise<Assessment> {
  const { id, project, email } = deed;
  const [waiting, accounts] = await Promise.all([
    pendingInvitations(connection, project),
    projectAccess(connection, project),
  ]);
  const invitation = waiting.find((one) =>
    id === undefined ? sameText(one.email, email) : one.id === id,
  );
  const account = accounts.find((one) => sameText(one.email ?? "", email));
  if (invitation === undefined && account === undefined) {
    return settled("the invitation isn't there any more, and the address has no access");
  }
  if (id === undefined) {
    return blocked("It isn't known whether this run sent the invitation", byHand("Access", email));
  }
  if (invitation !== undefined) {
    const lost =
      deed.replaced === undefined
        ? []
        : [`the one that it replaced, as ${permissionWords(deed.replaced)}, is not sent again`];
    return ready({ kind: "invitation-cancellation", project, id, email }, ...lost);
  }
  return account === undefined
    ? settled("the invitation isn't there any more")
    : removal(deed, account);
}

function removal(deed: DeedOf<"invitation">, account: Access): Assessment {
  const { project, email } = deed;
  const { user, permissions } = account;
  if (!samePermissions(permissions, deed.permissions)) {
    return blocked(
      `The invitation was accepted, and ${email} has another role now`,
      byHand("Access", email),
    );
  }
  return ready({ kind: "access-removal", project, user, email, permissions });
}

async function assessAccess(deed: DeedOf<"access">, connection: Connection): Promise<Assessment> {
  const { project, user, email, before, after } = deed;
  const account = (await projectAccess(connection, project)).find((one) => one.user === user);
  if (account === undefined) return settled(`${email} has no access to the project any more`);
  if (samePermissions(account.permissions, before))
    return settled(`${email} has the role of before`);
  if (!samePermissions(account.permissions, after)) {
    return blocked(
      `The role of ${email} was changed since`,
      `change it in the console under Access; before the run it was ${permissionWords(before)}`,
    );
  }
  return ready({ kind: "access", project, user, email, before: after, after: before });
}

/** An override of an inherited variable is a creation too: without it the inherited one counts again. */
async function assessCreation(
  deed: Pick<DeedOf<"variable-creation">, "project" | "environment" | "name" | "flags"> & {
    readonly overrides?: true;
  },
  state: Entry["state"],
  connection: Connection,
): Promise<Assessment> {
  const { project, environment, name } = deed;
  const variable = await environmentVariable(connection, project, environment, name);
  if (variable === undefined || variable.inherited) return settled("the variable isn't there");
  if (state === "pending") {
    return blocked(`It isn't known whether this run created ${name}`, byHand("Variables", name));
  }
  const { flags } = variable;
  return ready(
    { kind: "variable-deletion", project, environment, name, flags },
    ...(deed.overrides ? ["the environment inherits it from its parent again"] : []),
    ...(sameFlags(flags, deed.flags) ? [] : ["it was changed since the run created it"]),
  );
}

async function assessUpdate(
  deed: DeedOf<"variable-update">,
  connection: Connection,
): Promise<Assessment> {
  const { project, environment, name, before, after } = deed;
  const variable = await environmentVariable(connection, project, environment, name);
  if (variable === undefined || variable.inherited)
    return settled("the variable isn't there any more");
  const now = variable.flags;
  // The platform never makes a sensitive variable readable again (manual, "Set variables").
  const target = { ...before, sensitive: before.sensitive || now.sensitive };
  const notes = [
    ...(deed.value === "replaced"
      ? ["the value stays the new one: the old one is kept nowhere"]
      : []),
    ...(target.sensitive === before.sensitive ? [] : ["it stays sensitive: that can't be undone"]),
  ];
  if (sameFlags(now, target))
    return notes.length === 0 ? settled("the variable is as it was") : stays(notes.join("; "));
  if (!sameFlags(now, after)) {
    return blocked(`${name} was changed since`, byHand("Variables", name));
  }
  return ready(
    { kind: "variable-update", project, environment, name, before: now, after: target },
    ...notes,
  );
}

function blocked(what: string, next: string): Assessment {
  return { kind: "blocked", failure: new Failure("api", { what, next }) };
}

function byHand(page: string, name: string): string {
  return `look for ${name} in the console under ${page}, and remove or change it there`;
}

function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
