import {
  openSecretStore,
  type SecretPlace,
  type SecretStore,
  secretPage,
} from "../cihost/secret-store.ts";
import { Failure, UnclearFailure } from "../failure.ts";
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
import type { Change } from "./change.ts";
import type { Journal } from "./journal.ts";
import { commitFiles, removeCommit } from "./kinds/commit.ts";
import { deedOf } from "./kinds/deed.ts";
import type { Reversal } from "./kinds/reversal.ts";
import type { Deed } from "./run-file.ts";
import { doneLine } from "./words.ts";
import { createFile, removeFile, writeFileAtomically } from "./write-file.ts";

/** A change that was made. */
export interface Applied {
  readonly change: Change;
  /** What the API set off by it, to be watched. */
  readonly activities: readonly Activity[];
  /** What was done, in the past tense, for the transcript. */
  readonly line: string;
  /** Notes in the ledger how that ended what was set off. */
  ended(ends: readonly string[]): void;
}

/**
 * Makes a change: the journal first, then the change, then the journal again.
 *
 * @param o.connection the API as the operator, or as the machine user for its own tokens; only changes of the checkout
 * do without
 * @throws Failure of the file, the API or the journal; what became of the change stands in the journal's attempts. What
 * surely did not happen is taken out of the journal's file; what may have happened stays in it as pending
 */
export async function applyChange(
  change: Change,
  o: { readonly connection?: Connection; readonly journal: Journal },
): Promise<Applied> {
  const pending = await o.journal.begin(change);
  const { activities, id } = await carryOut(change, o.connection).catch(async (error: unknown) => {
    if (didNotHappen(error)) await pending.drop();
    throw error;
  });
  await pending.done(completed(deedOf(change), id));
  return { change, activities, line: doneLine(change, id), ended: pending.ended };
}

function completed(deed: Deed, id: string | undefined): Deed {
  if (id === undefined || (deed.kind !== "invitation" && deed.kind !== "commit")) return deed;
  return { ...deed, id };
}

/**
 * Whether a change that failed like this surely was not made. A file that can't be written is as it was, and so is a
 * branch; what a request did is for its failure to say.
 */
export function didNotHappen(error: unknown): boolean {
  if (error instanceof ApiFailure) return error.effect === "none";
  // What was interrupted may have been sent.
  return (
    error instanceof Failure && !(error instanceof UnclearFailure) && error.reason !== "interrupted"
  );
}

/** What a change gave that is known only once it is made. */
interface Outcome {
  readonly activities: readonly Activity[];
  /** The id of the invitation that was sent, or of the commit that was made. */
  readonly id?: string;
}

const nothingMore: Outcome = { activities: [] };

/**
 * Does what a change or its reversal says. Nothing else in the program writes a file of the project or calls an
 * endpoint that changes something; `applyChange` and the undo keep the journal around it.
 */
export async function carryOut(
  change: Change | Reversal,
  connection: Connection | undefined,
): Promise<Outcome> {
  switch (change.kind) {
    case "file":
      await writeFileAtomically(change);
      return nothingMore;
    case "file-creation":
      await createFile(change);
      return nothingMore;
    case "file-removal":
      await removeFile(change);
      return nothingMore;
    case "commit":
      return { activities: [], id: await commitFiles(change) };
    case "commit-removal":
      await removeCommit(change);
      return nothingMore;
    case "ci-secret":
      await (await secretStore(change)).set(change, change.value, change.replaces);
      return nothingMore;
    case "ci-secret-deletion":
      await (await secretStore(change)).remove(change);
      return nothingMore;
    default:
      if (connection !== undefined) return request(change, connection);
      throw new Failure("signedOut", { what: "Not signed in", next: "sign in, then start again" });
  }
}

type Request = Extract<Change | Reversal, { readonly project: string }>;

/** Throws a Failure ("signedOut") where the host's program is gone, or nobody is signed in with it. */
async function secretStore(change: SecretPlace & { readonly root: string }): Promise<SecretStore> {
  const { root, host } = change;
  const store = await openSecretStore(change, { env: process.env, root });
  if (!("why" in store)) return store;
  throw new Failure("signedOut", {
    what: `The secrets of ${change.repository} on ${host} can't be changed from here`,
    why: store.why,
    next: `do it at ${secretPage(change)}`,
  });
}

async function request(change: Request, connection: Connection): Promise<Outcome> {
  const { project } = change;
  switch (change.kind) {
    case "invitation": {
      const { email, permissions, replaces } = change;
      const guest = { email, permissions, replacing: replaces !== undefined };
      const { id } = await invite(connection, project, guest);
      return id === undefined ? nothingMore : { activities: [], id };
    }
    case "redeployment":
      return redeploy(connection, project, change.environment);
    case "token-revocation":
      await revokeApiToken(connection, change.user, change.token);
      return nothingMore;
    case "access":
      await updateAccess(connection, project, change.user, change.after);
      return nothingMore;
    case "variable-creation": {
      const { environment, name, value, flags } = change;
      return createVariable(connection, project, environment, { name, value, flags });
    }
    case "variable-update": {
      const { environment, name, value, after } = change;
      return updateVariable(connection, project, environment, name, {
        flags: after,
        ...(value === undefined ? {} : { value }),
      });
    }
    case "invitation-cancellation":
      await cancelInvitation(connection, project, change.id);
      return nothingMore;
    case "access-removal":
      await removeAccess(connection, project, change.user);
      return nothingMore;
    case "variable-deletion": {
      const { environment, name } = change;
      if (environment !== undefined) return deleteVariable(connection, project, environment, name);
      await deleteProjectVariable(connection, project, name);
      return nothingMore;
    }
  }
}
