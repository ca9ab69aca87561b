import { accessKind } from "./access.ts";
import { ciSecretKind } from "./ci-secret.ts";
import { commitKind } from "./commit.ts";
import { fileKind } from "./file.ts";
import { fileCreationKind } from "./file-creation.ts";
import { invitationKind } from "./invitation.ts";
import { invitationWithdrawalKind } from "./invitation-withdrawal.ts";
import { redeploymentKind } from "./redeployment.ts";
import { tokenRevocationKind } from "./token-revocation.ts";
import { variableCreationKind } from "./variable-creation.ts";
import { variableDeletionKind } from "./variable-deletion.ts";
import { variableUpdateKind } from "./variable-update.ts";

/** Every kind of change. */
export const kinds = [
  fileKind,
  fileCreationKind,
  commitKind,
  invitationKind,
  invitationWithdrawalKind,
  accessKind,
  redeploymentKind,
  tokenRevocationKind,
  ciSecretKind,
  variableCreationKind,
  variableUpdateKind,
  variableDeletionKind,
] as const;
