import { auditDefinition } from "./audit.ts";
import type { CommandDefinition } from "./command.ts";
import { completion } from "./completion.ts";
import { demo } from "./demo.ts";
import { logout } from "./logout.ts";
import { report } from "./report.ts";
import { rotate } from "./rotate.ts";
import { rulesDefinition } from "./rules.ts";
import { sandbox } from "./sandbox.ts";
import { setup } from "./setup.ts";
import { status } from "./status.ts";
import { undo } from "./undo.ts";
import { verify } from "./verify.ts";

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
