import { access } from "./access.ts";
import { ciSecret } from "./ci-secret.ts";
import { commit } from "./commit.ts";
import { file } from "./file.ts";
import { fileCreation } from "./file-creation.ts";
import { invitation } from "./invitation.ts";
import { redeployment } from "./redeployment.ts";
import { tokenRevocation } from "./token-revocation.ts";
import { variableCreation } from "./variable-creation.ts";
import { variableDeletion } from "./variable-deletion.ts";
import { variableUpdate } from "./variable-update.ts";

/** Every kind of change. */
export const kinds = [
  file,
  fileCreation,
  commit,
  invitation,
  access,
  redeployment,
  tokenRevocation,
  ciSecret,
  variableCreation,
  variableUpdate,
  variableDeletion,
] as const;
