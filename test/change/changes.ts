import type {
  AccessChange,
  InvitationChange,
  VariableCreation,
  VariableUpdate,
} from "../../src/change/change.ts";
import { Secret } from "../../src/secret.ts";

/** The value of every variable in these changes; it may be sent, and be nowhere else. */
export const canary = "canary-of-the-journal";

export const flags = {
  sensitive: true,
  enabled: true,
  inheritable: false,
  visibleAtBuild: false,
  visibleAtRuntime: true,
  applicationScope: [],
};

const variable = {
  project: "shop",
  environment: "main",
  name: "env:PLATFORMSH_CLI_TOKEN",
};

export const invitation: InvitationChange = {
  kind: "invitation",
  project: "shop",
  email: "bot@example.org",
  permissions: ["viewer", "production:admin"],
};

export const access: AccessChange = {
  kind: "access",
  project: "shop",
  user: "bot",
  email: "bot@example.org",
  before: ["admin"],
  after: ["viewer", "production:admin"],
};

export const creation: VariableCreation = {
  kind: "variable-creation",
  ...variable,
  value: new Secret(canary),
  flags,
};

export const update: VariableUpdate = {
  kind: "variable-update",
  ...variable,
  value: new Secret(canary),
  before: { ...flags, sensitive: false, inheritable: true },
  after: flags,
};
