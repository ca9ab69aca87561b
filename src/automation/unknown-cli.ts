import type { AppFile } from "../appfile/app-file.ts";
import { cliCommand } from "../shell/cli-commands.ts";
import { vendorOfBinary } from "../vendors/registry.ts";
import { symfony } from "../vendors/symfony.ts";
import { type AppScript, scriptsOf } from "./scripts.ts";

/** A program at the beginning of a command, with a name that the official CLI has for one of its own commands. */
const call =
  /(?:^|[;&|({]|\b(?:then|do|else)\b)[ \t]*([a-z][\w-]+)[ \t]+((?:backup|environment|source-operation|variable):[a-z:-]+)/gmu;

/** Programs that run what a project has named itself. */
const runners = [
  "bun",
  "castor",
  "composer",
  "just",
  "make",
  "npx",
  "pnpm",
  "rake",
  "task",
  "yarn",
];

/** What is called like the official CLI and is that of no vendor that is known here. */
export interface UnknownCli {
  readonly binary: string;
  /** The first script that calls it. */
  readonly from: AppScript;
}

/** The platform is sold under more names than there are records, each with a CLI of its own: those that scripts call. */
export function unknownClis(apps: readonly AppFile[]): readonly UnknownCli[] {
  const found = new Map<string, UnknownCli>();
  for (const from of apps.flatMap((app) => scriptsOf(app)))
    for (const [, binary = "", command = ""] of from.script.text.matchAll(call)) {
      const isKnown =
        vendorOfBinary(binary) !== undefined ||
        binary === symfony.binary ||
        runners.includes(binary);
      if (isKnown || found.has(binary) || cliCommand(command)?.name !== command) continue;
      found.set(binary, { binary, from });
    }
  return [...found.values()];
}
