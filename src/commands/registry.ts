import { auditDefinition } from "./audit/command.ts";
import type { CommandDefinition } from "./command.ts";
import { completion } from "./completion/command.ts";
import { demo } from "./demo/command.ts";
import { logout } from "./logout/command.ts";
import { report } from "./report/command.ts";
import { rotate } from "./rotate/command.ts";
import { rulesDefinition } from "./rules/command.ts";
import { sandbox } from "./sandbox/command.ts";
import { setup } from "./setup/command.ts";
import { status } from "./status/command.ts";
import { undo } from "./undo/command.ts";
import { verify } from "./verify/command.ts";

/** Every command, in the order of `--help`. */
export const commandDefinitions: readonly CommandDefinition[] = [
  setup,
  auditDefinition,
  report,
  verify,
  rotate,
  undo,
  status,
  logout,
  rulesDefinition,
  sandbox,
  demo,
  completion,
];
