import type { kinds } from "./kinds/registry.ts";

export type { AccessChange } from "./kinds/access.ts";
export type { CiSecretChange } from "./kinds/ci-secret.ts";
export type { CommitChange } from "./kinds/commit.ts";
export type { FileChange } from "./kinds/file.ts";
export type { FileCreation } from "./kinds/file-creation.ts";
export type { InvitationChange } from "./kinds/invitation.ts";
export type { InvitationWithdrawal } from "./kinds/invitation-withdrawal.ts";
export type { TokenRevocation } from "./kinds/token-revocation.ts";
export type { VariableCreation } from "./kinds/variable-creation.ts";
export type { VariableDeletion } from "./kinds/variable-deletion.ts";
export type { VariableUpdate } from "./kinds/variable-update.ts";

/** Something that a setup step or an audit rule wants to be different: shown, applied, journalled, undone. */
export type Change = Parameters<(typeof kinds)[number]["preview"]>[0];
