import type { RuleCases } from "./case.ts";
import { cliCommandCases } from "./cli-commands.ts";
import { cronCases } from "./crons.ts";
import { fileCases } from "./files.ts";
import { guardCases } from "./guards.ts";
import { installerCases } from "./installer.ts";
import { machineUserCases } from "./machine-users.ts";
import { platformCases } from "./platform.ts";
import { secretCases } from "./secrets.ts";
import { shellCases } from "./shell.ts";

/** The examples of every rule; each is one entry, in the file of its area. */
export const cases: readonly RuleCases[] = [
  ...installerCases,
  ...guardCases,
  ...secretCases,
  ...fileCases,
  ...cronCases,
  ...cliCommandCases,
  ...shellCases,
  ...platformCases,
  ...machineUserCases,
];
