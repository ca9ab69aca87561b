import { audit } from "./audit.ts";
import type { CommandDefinition } from "./command.ts";
import { completion } from "./completion.ts";
import { demo } from "./demo.ts";
import { logout } from "./logout.ts";
import { report } from "./report.ts";
import { rotate } from "./rotate.ts";
import { rules } from "./rules.ts";
import { sandbox } from "./sandbox.ts";
import { setup } from "./setup.ts";
import { status } from "./status.ts";
import { undo } from "./undo.ts";
import { verify } from "./verify.ts";

/** Every command, in the order of `--help`. */
export const commands: readonly CommandDefinition[] = [
  setup,
  audit,
  report,
  verify,
  rotate,
  undo,
  status,
  logout,
  rules,
  sandbox,
  demo,
  completion,
];
