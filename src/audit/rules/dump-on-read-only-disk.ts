import { isMap } from "yaml";
import type { AppFile } from "../../appfile/app-file.ts";
import { runtimeCalls } from "../../automation/scripts.ts";
import { flagValue, hasFlag } from "../../shell/cli-call.ts";
import type { CliCommand } from "../../shell/script.ts";
import { effectiveEntries, nodeAt } from "../../yaml/nodes.ts";
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
  why: "After the build only mounts and /tmp can be written to. Without a file's name, or with one beside the code, db:dump has no place for what it fetches, and fails. (Manual: “Hooks”, “Troubleshoot mounts”.)",
  manual: "create-apps/troubleshoot-mounts",
  example: {
    before: "platform db:dump --yes --gzip",
    after: "platform db:dump --yes --gzip --directory /app/dumps # a mount",
  },
  ignore: "The folder is a mount that the file doesn't show.",
  check: ({ app }) =>
    runtimeCalls(app)
      .filter(({ from, command }) => {
        const place = folderOf(command);
        // From another folder, a path counts from there.
        return place !== undefined && !goesAway(from.script.text) && !isWritable(app, place);
      })
      .map(({ from, command }) => ({
        message: `${from.called} has ${command.name} write to ${folderOf(command) === "" ? "the app's own folder" : folderOf(command)}, where nothing can be written`,
        location: placeIn(from, command),
        fix: byHand("Write it to a mount", {
          what: "Which mount is for it, only you know",
          next: "name a folder that is a mount with --directory, or a file below /tmp with --file",
        }),
      })),
});

/** Whether a script goes to another folder than the app's own. */
function goesAway(script: string): boolean {
  const moves = [
    ...script.matchAll(/(?:^|[\s;&|(])(?:cd|pushd)(?:[ \t]+("[^"\n]*"|[^\s;&|)]+))?/gu),
  ];
  return moves.some(([, to = "~"]) => !appFolder.test(to.replace(/^"(.*)"$/u, "$1")));
}

const appFolder = /^(?:\$\{?HOME\}?|\$\{?PLATFORM_APP_DIR\}?|~|\/app|\.)\/?$/u;

const dumping = new Set(["db:dump", "service:mongo:dump"]);

/** Where a dump is written, from the app's folder; undefined where it goes to a pipe, or where that isn't known. */
function folderOf(command: CliCommand): string | undefined {
  if (!dumping.has(command.name) || hasFlag(command, "--stdout", "o")) return undefined;
  const directory = flagValue(command, "--directory", "d");
  const file = flagValue(command, "--file", "f");
  const path = directory ?? (file === undefined ? "" : file.replace(/[^/]*$/u, ""));
  const home = /^(?:\$\{?HOME\}?|\$\{?PLATFORM_APP_DIR\}?|~|\/app)(?=\/|$)/u;
  return /[$`*]/u.test(path.replace(home, "")) ? undefined : path.replace(home, "/app");
}

function isWritable({ map, source: { document } }: AppFile, path: string): boolean {
  const below = path.startsWith("/")
    ? /^\/app(?:\/|$)/u.test(path)
      ? path.slice(5)
      : undefined
    : path;
  if (below === undefined) return true;
  const mounts = nodeAt(map, ["mounts"], document);
  const folder = parts(below);
  return (
    isMap(mounts) &&
    effectiveEntries(mounts, document).some(({ name }) => {
      const mount = parts(String(name));
      return mount.every((part, index) => folder[index] === part);
    })
  );
}

function parts(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}
