import * as v from "valibot";
import {
  type Access,
  type Permission,
  projectAccess,
  removeAccess,
  samePermissions,
} from "../../platform/access.ts";
import type { Connection } from "../../platform/connection.ts";
import { cancelInvitation, invite, pendingInvitations } from "../../platform/invitations.ts";
import { permissionMeans, permissionWord, permissionWords } from "../words.ts";
import {
  type Action,
  type Assessment,
  changeKind,
  fact,
  field,
  nothingMore,
  nothingToDo,
  ready,
} from "./kind.ts";
import {
  assessOnPlatform,
  blockedOnPlatform,
  byHandInConsole,
  needConnection,
  onPlatform,
} from "./on-platform.ts";
import { strings } from "./schema-parts.ts";

/** An invitation to the project, for an address that has no access yet. */
export interface InvitationChange {
  readonly kind: "invitation";
  readonly project: string;
  readonly email: string;
  readonly permissions: readonly Permission[];
  /** What the invitation gives that waits for this address now: it is cancelled by the new one. */
  readonly replaces?: readonly string[];
}

const record = v.object({
  kind: v.literal("invitation"),
  project: v.string(),
  email: v.string(),
  permissions: strings,
  /** What the invitation gave that was cancelled by this one. */
  replaced: v.exactOptional(strings),
  /** The invitation's id; missing as long as the API has not answered. */
  id: v.exactOptional(v.string()),
});

/** Takes back an invitation that nobody has accepted yet. */
interface InvitationCancellation {
  readonly kind: "invitation-cancellation";
  readonly project: string;
  readonly id: string;
  readonly email: string;
}

const cancellation: Action<InvitationCancellation> = {
  kind: "invitation-cancellation",
  preview: ({ email, project }) => ({
    title: `Cancel the invitation of ${email} to project ${project}`,
    lines: [fact("the invitation is not accepted yet")],
  }),
  done: ({ email }) => `Cancelled the invitation of ${email}`,
  apply: async ({ project, id }, connection) => {
    await cancelInvitation(needConnection(connection), project, id);
    return nothingMore;
  },
};

/** Takes an account out of the project that came in by an invitation of ours. */
interface AccessRemoval {
  readonly kind: "access-removal";
  readonly project: string;
  readonly user: string;
  readonly email: string;
  readonly permissions: readonly string[];
}

const accessRemoval: Action<AccessRemoval> = {
  kind: "access-removal",
  preview: ({ email, project, permissions }) => ({
    title: `Remove ${email} from project ${project}`,
    lines: [
      fact("the invitation was accepted meanwhile"),
      { kind: "removed", text: permissionWords(permissions) },
    ],
  }),
  done: ({ email, project }) => `Removed ${email} from project ${project}`,
  apply: async ({ project, user }, connection) => {
    await removeAccess(needConnection(connection), project, user);
    return nothingMore;
  },
};

/** The invitation of an account to a project. */
export const invitationKind = changeKind<InvitationChange>()({
  ...onPlatform,
  kind: "invitation",
  record,
  reversals: [cancellation, accessRemoval],
  toRecord: ({ kind, project, email, permissions, replaces }) => {
    const replaced = replaces === undefined ? {} : { replaced: replaces };
    return { kind, project, email, permissions, ...replaced };
  },
  preview: ({ email, project, permissions, replaces }) => ({
    title: `Invite ${email} to project ${project} as ${permissionWords(permissions)}`,
    lines: [
      ...permissions.map((permission, index) =>
        field(
          index === 0 ? "role" : "and",
          permissionWord(permission),
          permissionMeans(permission),
        ),
      ),
      field("mail", "the platform writes to that address"),
      ...(replaces === undefined
        ? []
        : [
            fact("the invitation that is waiting is cancelled; its link no longer works"),
            { kind: "removed", text: permissionWords(replaces) } as const,
            { kind: "added", text: permissionWords(permissions) } as const,
          ]),
    ],
  }),
  done: ({ email, project, permissions }) =>
    `Invited ${email} to project ${project} as ${permissionWords(permissions)}`,
  title: ({ email, project }) => `Invitation of ${email} to project ${project}`,
  apply: async ({ project, email, permissions, replaces }, connection) => {
    const guest = { email, permissions, replacing: replaces !== undefined };
    const { id } = await invite(needConnection(connection), project, guest);
    return id === undefined ? nothingMore : { activities: [], id };
  },
  assess: (invited, standing) =>
    assessOnPlatform(standing, (connection) => assessInvitation(invited, connection)),
});

type Invited = v.InferOutput<typeof record>;

/** What a run may have sent before it was killed is not taken for its own because the address is the same. */
async function assessInvitation(invited: Invited, connection: Connection): Promise<Assessment> {
  const { id, project, email, replaced } = invited;
  const [waiting, accounts] = await Promise.all([
    pendingInvitations(connection, project),
    projectAccess(connection, project),
  ]);
  const ours = waiting.find((one) =>
    id === undefined ? sameText(one.email, email) : one.id === id,
  );
  const account = accounts.find((one) => sameText(one.email ?? "", email));
  if (ours === undefined && account === undefined)
    return nothingToDo("the invitation isn't there any more, and the address has no access");
  if (id === undefined)
    return blockedOnPlatform(
      "It isn't known whether this run sent the invitation",
      byHandInConsole("Access", email),
    );
  if (ours !== undefined) {
    const lost =
      replaced === undefined
        ? []
        : [`the one that it replaced, as ${permissionWords(replaced)}, is not sent again`];
    return ready<InvitationCancellation>(
      { kind: "invitation-cancellation", project, id, email },
      ...lost,
    );
  }
  return account === undefined
    ? nothingToDo("the invitation isn't there any more")
    : removal(invited, account);
}

function removal({ project, email, permissions: invitedAs }: Invited, account: Access): Assessment {
  const { user, permissions } = account;
  if (!samePermissions(permissions, invitedAs))
    return blockedOnPlatform(
      `The invitation was accepted, and ${email} has another role now`,
      byHandInConsole("Access", email),
    );
  return ready<AccessRemoval>({ kind: "access-removal", project, user, email, permissions });
}

function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
