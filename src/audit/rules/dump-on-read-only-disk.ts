import { runtimeCalls } from "../../automation/scripts.ts";
import { flagValue, hasFlag } from "../../shell/cli-call.ts";
import { outputFile } from "../../shell/command-results.ts";
import type { CliCommand } from "../../shell/script.ts";
import { goesAway, isWritable } from "../evidence/app-folder.ts";
import { byHand } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A dump is to be written where nothing can be written. */
export const dumpOnReadOnlyDisk = rule({
  id: "dump-on-read-only-disk",
  severity: "error",
  confidence: "medium",
  needs: "files",
  fixable: "by-hand",
  what: "A dump of the database is written to the app's own folder, which can't be written to once the app runs.",
  why: "After the build only mounts and /tmp can be written to. Without a file's name, or with one beside the code, db:dump has no place for what it fetches, and fails; so does the shell that is to write its output there. (Manual: “Hooks”, “Troubleshoot mounts”.)",
  manual: "create-apps/troubleshoot-mounts",
  example: {
    before: "platform db:dump --yes --gzip",
    after: "platform db:dump --yes --gzip --directory /app/dumps # a mount",
  },
  ignore: "The folder is a mount that the file doesn't show.",
  check: ({ app }) =>
    runtimeCalls(app)
      .filter(({ from, command }) => {
        const place = folderOf(command, from.script.text);
        // From another folder, a path counts from there.
        return place !== undefined && !goesAway(from.script.text) && !isWritable(app, place);
      })
      .map(({ from, command }) => ({
        message: `${from.called} has ${command.name} write to ${folderOf(command, from.script.text) || "the app's own folder"}, where nothing can be written`,
        location: placeIn(from, command),
        fix: byHand("Write it to a mount", {
          what: "Which mount is for it, only you know",
          next: "name a folder that is a mount with --directory, or a file below /tmp with --file",
        }),
      })),
});

const dumping = new Set(["db:dump", "service:mongo:dump"]);

/** Where a dump is written, from the app's folder; undefined where it goes to a program, or where that isn't known. */
function folderOf(command: CliCommand, script: string): string | undefined {
  if (!dumping.has(command.name)) return undefined;
  const printsIt = hasFlag(command, "--stdout", "o");
  const file = printsIt ? outputFile(script, command) : flagValue(command, "--file", "f");
  if (printsIt && (file === undefined || file.startsWith("/dev/"))) return undefined;
  const directory = printsIt ? undefined : flagValue(command, "--directory", "d");
  const path = directory ?? (file === undefined ? "" : file.replace(/[^/]*$/u, ""));
  const home = /^(?:\$\{?HOME\}?|\$\{?PLATFORM_APP_DIR\}?|~|\/app)(?=\/|$)/u;
  return /[$`*]/u.test(path.replace(home, "")) ? undefined : path.replace(home, "/app");
}
