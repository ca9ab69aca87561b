import { Failure } from "../failure.ts";
import { removeAccess, updateAccess } from "../platform/access.ts";
import type { Activity } from "../platform/activities.ts";
import { ApiFailure } from "../platform/api-failure.ts";
import { revokeApiToken } from "../platform/api-tokens.ts";
import type { Connection } from "../platform/connection.ts";
import { cancelInvitation, invite } from "../platform/invitations.ts";
import { redeploy } from "../platform/redeployment.ts";
import {
  createVariable,
  deleteProjectVariable,
  deleteVariable,
  updateVariable,
} from "../platform/variables.ts";
import { printable } from "../printable.ts";
import type { Change } from "./change.ts";
import { commitFiles, removeCommit } from "./commit.ts";
import { deedOf } from "./deed.ts";
import type { Journal } from "./journal.ts";
import type { Reversal } from "./reversal.ts";
import type { Deed } from "./run-file.ts";
import { permissionWords, variableWords } from "./words.ts";
import { createFile, removeFile, writeFileAtomically } from "./write-file.ts";

/** A change that was made. */
export interface Applied {
  readonly change: Change;
  /** What the API set off by it, to be watched. */
  readonly activities: readonly Activity[];
  /** What was done, in the past tense, for the transcript. */
  readonly line: string;
}

/**
 * Makes a change: the journal first, then the change, then the journal again.
 *
 * @param o.connection the API as the operator, or as the machine user for its own tokens; only changes of the checkout
 * do without
 * @throws Failure of the file or the API. What surely did not happen is taken out of the journal; what may have
 * happened stays in it as pending
 */
export async function applyChange(
  change: Change,
  o: { readonly connection?: Connection; readonly journal: Journal },
): Promise<Applied> {
  const deed = deedOf(change);
  const pending = await o.journal.begin(deed);
  const outcome = await carryOut(change, o.connection).catch(async (error: unknown) => {
    if (didNotHappen(change, error)) await pending.drop();
    throw error;
  });
  await pending.done(completed(deed, outcome));
  return { change, activities: outcome.activities, line: printable(outcome.line) };
}

function completed(deed: Deed, { id }: Outcome): Deed {
  if (id === undefined || (deed.kind !== "invitation" && deed.kind !== "commit")) return deed;
  return { ...deed, id };
}

/** A file that can't be written is as it was, and so is a branch; what a request did is for its failure to say. */
function didNotHappen(change: Change, error: unknown): boolean {
  if (!(error instanceof Failure)) return false;
  const isLocal =
    change.kind === "file" || change.kind === "file-creation" || change.kind === "commit";
  if (isLocal || error.reason === "signedOut") return true;
  return error instanceof ApiFailure && error.effect === "none";
}

interface Outcome {
  readonly activities: readonly Activity[];
  readonly line: string;
  /** The id of the invitation that was sent, or of the commit that was made. */
  readonly id?: string;
}

/**
 * Does what a change or its reversal says. Nothing else in the program writes a file of the project or calls an
 * endpoint that changes something; `applyChange` and the undo keep the journal around it.
 */
export async function carryOut(
  change: Change | Reversal,
  connection: Connection | undefined,
): Promise<Outcome> {
  if (change.kind === "file") {
    await writeFileAtomically(change);
    return { activities: [], line: `Changed ${change.shown}: ${change.purpose}` };
  }
  if (change.kind === "file-creation") {
    await createFile(change);
    return { activities: [], line: `Made ${change.shown}: ${change.purpose}` };
  }
  if (change.kind === "file-removal") {
    await removeFile(change);
    return { activities: [], line: `Removed ${change.shown}, which was made by the run` };
  }
  if (change.kind === "commit") {
    const id = await commitFiles(change);
    const shown = change.files.map(({ path }) => path).join(", ");
    return {
      activities: [],
      line: `Committed ${shown} on ${change.branch} (${id.slice(0, 7)})`,
      id,
    };
  }
  if (change.kind === "commit-removal") {
    await removeCommit(change);
    const line = `Took the commit ${change.commit.slice(0, 7)} off ${change.branch}`;
    return { activities: [], line };
  }
  if (connection === undefined) {
    throw new Failure("signedOut", { what: "Not signed in", next: "sign in, then start again" });
  }
  return request(change, connection);
}

type Request = Exclude<
  Change | Reversal,
  { readonly kind: "file" | "file-creation" | "file-removal" | "commit" | "commit-removal" }
>;

async function request(change: Request, connection: Connection): Promise<Outcome> {
  const { project } = change;
  switch (change.kind) {
    case "invitation": {
      const { email, permissions, replaces } = change;
      const guest = { email, permissions, replacing: replaces !== undefined };
      const { id } = await invite(connection, project, guest);
      const line = `Invited ${email} to project ${project} as ${permissionWords(permissions)}`;
      return { activities: [], line, ...(id === undefined ? {} : { id }) };
    }
    case "redeployment": {
      const { environment } = change;
      const { activities } = await redeploy(connection, project, environment);
      return { activities, line: `Redeployed ${environment} of project ${project}` };
    }
    case "token-revocation": {
      const { user, token, name, email } = change;
      await revokeApiToken(connection, user, token);
      return { activities: [], line: `Revoked the API token ${name} of ${email}` };
    }
    case "access": {
      await updateAccess(connection, project, change.user, change.after);
      const line = `${change.email} is now ${permissionWords(change.after)} in project ${project}`;
      return { activities: [], line };
    }
    case "variable-creation": {
      const { environment, name, value, flags } = change;
      const write = await createVariable(connection, project, environment, { name, value, flags });
      return {
        activities: write.activities,
        line: `Created the variable ${variableWords(change)}`,
      };
    }
    case "variable-update": {
      const { environment, name, value, after } = change;
      const write = await updateVariable(connection, project, environment, name, {
        flags: after,
        ...(value === undefined ? {} : { value }),
      });
      return {
        activities: write.activities,
        line: `Changed the variable ${variableWords(change)}`,
      };
    }
    case "invitation-cancellation":
      await cancelInvitation(connection, project, change.id);
      return { activities: [], line: `Cancelled the invitation of ${change.email}` };
    case "access-removal":
      await removeAccess(connection, project, change.user);
      return { activities: [], line: `Removed ${change.email} from project ${project}` };
    case "variable-deletion": {
      const { environment, name } = change;
      const line = `Deleted the variable ${variableWords(change)}`;
      if (environment === undefined) {
        await deleteProjectVariable(connection, project, name);
        return { activities: [], line };
      }
      const { activities } = await deleteVariable(connection, project, environment, name);
      return { activities, line };
    }
  }
}
