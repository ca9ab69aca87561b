import type { SecretPlace } from "../cihost/secret-store.ts";
import type { Permission } from "../platform/access.ts";
import type { VariableFlags } from "../platform/variables.ts";
import type { Secret } from "../secret.ts";
import type { Edit } from "../yaml/edit.ts";

/** A file of the checkout, before and after; `edits` are against `before` and ordered. */
export interface FileChange {
  readonly kind: "file";
  /** Absolute path of the real file (links resolved). */
  readonly path: string;
  /** The path as people know it: relative to the directory the command was started for. */
  readonly shown: string;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly Edit[];
  /** What the edit does, in a few words: "add the cron backup". */
  readonly purpose: string;
}

/** A file of the checkout that isn't there yet. */
export interface FileCreation {
  readonly kind: "file-creation";
  /** Absolute path. Folders that are missing are made. */
  readonly path: string;
  readonly shown: string;
  readonly after: string;
  /** As of a file change. */
  readonly purpose: string;
}

/** A commit of files of the checkout, and of nothing else, on the branch that is checked out. */
export interface CommitChange {
  readonly kind: "commit";
  /** Absolute path of the checkout's top folder, links resolved. */
  readonly root: string;
  readonly branch: string;
  /** The commit that the branch is at. */
  readonly parent: string;
  /** Paths from the top folder, with `/`, and the text that is committed of each. */
  readonly files: readonly { readonly path: string; readonly after: string }[];
  readonly message: string;
}

/** An invitation to the project, for an address that has no access yet. */
export interface InvitationChange {
  readonly kind: "invitation";
  readonly project: string;
  readonly email: string;
  readonly permissions: readonly Permission[];
  /** What the invitation gives that waits for this address now: it is cancelled by the new one. */
  readonly replaces?: readonly string[];
}

/** Another role for an account that already has access. */
export interface AccessChange {
  readonly kind: "access";
  readonly project: string;
  readonly user: string;
  readonly email: string;
  /** As the API has them: there may be words among them that this program does not know. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** A new environment variable. */
export interface VariableCreation {
  readonly kind: "variable-creation";
  readonly project: string;
  readonly environment: string;
  readonly name: string;
  readonly value: Secret;
  readonly flags: VariableFlags;
}

/** Other flags, or another value, for an environment variable that exists. */
export interface VariableUpdate {
  readonly kind: "variable-update";
  readonly project: string;
  readonly environment: string;
  readonly name: string;
  /** The new value; without it the value stays as it is. */
  readonly value?: Secret;
  readonly before: VariableFlags;
  readonly after: VariableFlags;
  /** The variable comes from the parent environment: the change makes one of the environment's own. */
  readonly overrides?: true;
}

/** Revokes an API token of the machine user, by another one of its own; nothing brings it back. */
export interface TokenRevocation {
  readonly kind: "token-revocation";
  /** The project that the machine user works for. */
  readonly project: string;
  /** The account's id. */
  readonly user: string;
  readonly email: string;
  /** The token's id, which is no secret. */
  readonly token: string;
  /** As its owner called it. */
  readonly name: string;
}

/** Deletes a variable; its value is gone with it. */
export interface VariableDeletion {
  readonly kind: "variable-deletion";
  readonly project: string;
  /** Missing for a variable of the project. */
  readonly environment?: string;
  readonly name: string;
  /** As it was. */
  readonly flags: VariableFlags;
}

/** A new deployment of an environment, with what is configured now. */
interface Redeployment {
  readonly kind: "redeployment";
  readonly project: string;
  readonly environment: string;
}

/** A secret of a CI system, set by the host's own program. */
export interface CiSecretChange extends SecretPlace {
  readonly kind: "ci-secret";
  readonly value: Secret;
  /** Whether one of that name is there already; its value is gone then. */
  readonly replaces: boolean;
  /** The checkout's top folder, in which no program is looked for. */
  readonly root: string;
}

type ApiChange =
  | InvitationChange
  | AccessChange
  | VariableCreation
  | VariableUpdate
  | VariableDeletion;

/** Something that a setup step or an audit rule wants to be different: shown, applied, journalled, undone. */
export type Change =
  | FileChange
  | FileCreation
  | CommitChange
  | TokenRevocation
  | CiSecretChange
  | Redeployment
  | ApiChange;
