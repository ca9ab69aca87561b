import type { AppFile } from "../../appfile/app-file.ts";
import { scriptsOf } from "../../automation/scripts.ts";
import { cliCommand } from "../../shell/cli-commands.ts";
import { vendorOfBinary } from "../../vendors/registry.ts";
import { symfony } from "../../vendors/symfony.ts";
import type { Unread } from "../finding.ts";

/** A program at the beginning of a command, with a name that the official CLI has for one of its own commands. */
const call =
  /(?:^|[;&|({]|\b(?:then|do|else)\b)[ \t]*([a-z][\w-]+)[ \t]+((?:backup|environment|source-operation|variable):[a-z:-]+)/gmu;

const silenced = ["installer-missing", "cron-guard-missing", "confirm-missing"];

/**
 * What is called like the official CLI and is that of no vendor there is a record of: the platform is sold under more
 * names, each with a CLI of its own. What such calls need isn't looked at.
 */
export function unknownClis(apps: readonly AppFile[]): readonly Unread[] {
  const seen = new Map<string, Unread>();
  for (const { called, script } of apps.flatMap((app) => scriptsOf(app)))
    for (const [, binary = "", command = ""] of script.text.matchAll(call)) {
      const isKnown = vendorOfBinary(binary) !== undefined || binary === symfony.binary;
      if (isKnown || seen.has(binary) || cliCommand(command)?.name !== command) continue;
      seen.set(binary, {
        what: `what ${called} calls with ${binary}`,
        why: `${binary} is the CLI of no vendor that is known here`,
        rules: silenced,
        byChoice: false,
      });
    }
  return [...seen.values()];
}
