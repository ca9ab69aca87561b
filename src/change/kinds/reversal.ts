import type { SecretPlace } from "../../cihost/secret-store.ts";
import type { AccessChange, FileChange, VariableDeletion, VariableUpdate } from "../change.ts";

/** Takes back an invitation that nobody has accepted yet. */
interface InvitationCancellation {
  readonly kind: "invitation-cancellation";
  readonly project: string;
  readonly id: string;
  readonly email: string;
}

/** Takes an account out of the project that came in by an invitation of ours. */
interface AccessRemoval {
  readonly kind: "access-removal";
  readonly project: string;
  readonly user: string;
  readonly email: string;
  readonly permissions: readonly string[];
}

/** Takes a file away that a run of ours made, as it made it. */
export interface FileRemoval {
  readonly kind: "file-removal";
  readonly path: string;
  readonly shown: string;
  readonly before: string;
}

/** Takes a commit off its branch, and leaves the files as they are. */
export interface CommitRemoval {
  readonly kind: "commit-removal";
  readonly root: string;
  readonly branch: string;
  readonly commit: string;
  readonly parent: string;
  readonly paths: readonly string[];
}

/** Deletes a secret of a CI system that a run of ours set where none was. */
interface CiSecretDeletion extends SecretPlace {
  readonly kind: "ci-secret-deletion";
  readonly root: string;
}

/** What takes a change back: a change the other way round, or what only an undo does. */
export type Reversal =
  | FileChange
  | FileRemoval
  | CommitRemoval
  | CiSecretDeletion
  | AccessChange
  | VariableUpdate
  | InvitationCancellation
  | AccessRemoval
  | VariableDeletion;
