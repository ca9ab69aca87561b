import {
  type InstalledRelease,
  installedRelease,
  type Pin,
} from "../../automation/installed-release.ts";
import { type AppScript, inScript, scriptsOf } from "../../automation/scripts.ts";
import { optionsInFront } from "../../shell/cli-call.ts";
import {
  commandMeantBy,
  firstReleaseOf,
  formerNames,
  formerNamesGone,
  lacksCommand,
} from "../../shell/cli-commands.ts";
import { isBefore } from "../../shell/release.ts";
import type { CliCommand } from "../../shell/script.ts";
import { vendorOfBinary, vendors } from "../../vendors/registry.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A command is called by a name that the CLI doesn't know: not any more, not yet, or not at all. */
export const cliNameGone = rule({
  id: "cli-name-gone",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "safe",
  what: "A script calls a command of the CLI by a name that the installed version doesn't know.",
  why: "Up to version 4 the CLI also took older names, such as snapshot:create. Version 5, which the current installer brings, says that there is no such command, and ends with an error; a release that is pinned to an older one doesn't know newer names. A name that no command of 5.11.1 has, such as pause for environment:pause, ends the same way; so does an option in front of the command with its value behind a blank, because the CLI takes the value for the command. (Seen with version 5.11.1 of the CLI; tags of platformsh/legacy-cli.)",
  manual: "administration/cli/reference",
  example: {
    before: "platform snapshot:create --yes --no-wait",
    after: "platform backup:create --yes --no-wait",
  },
  ignore: "Another CLI than the one that is installed is called.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) =>
      from.reading.commands.flatMap((command) => {
        const misplaced = optionFirst(from, command);
        if (misplaced.length > 0) return misplaced;
        const name = formerNames.get(command.written);
        if (name !== undefined) return tooOld(from, command, name);
        return lacksCommand(command.written) ? unknown(from, command) : tooNew(from, command);
      }),
    ),
});

function tooOld(from: AppScript, command: CliCommand, name: string) {
  const { written, binary } = command;
  const installed = installedRelease(from, command);
  if (vendorOfBinary(binary)?.commandNames[written] !== undefined) return [];
  if (installed.kind === "pinned" && installed.pins.every(knowsFormerNames)) return [];
  const isCertain =
    (installed.kind === "newest" && installed.by === "bash") ||
    (installed.kind === "pinned" && installed.pins.every(lacksFormerNames));
  const fix = renamed(from, command, { name, installed });
  return [
    {
      message: `${from.called} calls ${written}, which the current CLI has only as ${name}`,
      ...(isCertain ? { severity: "error" as const, confidence: "high" as const } : {}),
      location: placeIn(from, command),
      ...(fix === undefined ? {} : { fix }),
    },
  ];
}

function knowsFormerNames({ newest }: Pin): boolean {
  return isBefore(newest, formerNamesGone.from);
}

function lacksFormerNames({ oldest, newest }: Pin): boolean {
  const { from, to } = formerNamesGone;
  return !isBefore(oldest, from) && !isBefore(to, newest);
}

function renamed(
  from: AppScript,
  { written, nameEnd, start, end }: CliCommand,
  { name, installed }: { readonly name: string; readonly installed: InstalledRelease },
) {
  const nameStart = nameEnd - written.length;
  if (from.script.text.slice(nameStart, nameEnd) !== written) return undefined;
  const title = `Call it ${name}`;
  const replacement = { start: nameStart, end: nameEnd, text: name };
  if (installed.kind === "unknown") {
    const because = `it can't be seen which release of the CLI runs, and an old one doesn't know ${name}`;
    return scriptFix(from, { title, disposition: "unsafe", because }, replacement);
  }
  const call = { ...inScript(from, { start, end }), name: written };
  const change = { replace: written, by: name };
  return scriptFix(from, { title, promises: { kind: "words", call, change } }, replacement);
}

/** A command that came with a later release than all that may be installed. */
function tooNew(from: AppScript, command: CliCommand) {
  const since = firstReleaseOf(command.name);
  const installed = installedRelease(from, command);
  if (since === undefined || installed.kind !== "pinned") return [];
  const { pins } = installed;
  if (!pins.every(({ newest }) => isBefore(newest, since))) return [];
  const releases = pins.map(({ oldest }) => oldest.join(".")).join(" or ");
  return [
    {
      message: `${from.called} calls ${command.name}, which came with ${since.join(".")} of the CLI; ${releases} is installed`,
      location: placeIn(from, command),
    },
  ];
}

/** A name that no command of 5.11.1 has; of the CLI of other vendors and of releases before the fifth, no list of names is known. */
function unknown(from: AppScript, command: CliCommand) {
  const { written, binary, program } = command;
  const installed = installedRelease(from, command);
  if (!listedBinaries.has(binary) || !mayBeTheCli.test(program)) return [];
  if (installed.kind === "pinned" && !installed.pins.every(lacksFormerNames)) return [];
  const meant = commandMeantBy(written.toLowerCase());
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  return [
    {
      message: `${from.called} calls ${written}, a command that the CLI doesn't have in 5.11.1${hint}`,
      location: placeIn(from, command),
    },
  ];
}

/** An option with a value of its own in front of the command: the CLI takes the value for the command's name. */
function optionFirst(from: AppScript, command: CliCommand) {
  const { binary, program } = command;
  const found = optionsInFront(command);
  const [first] = found?.options ?? [];
  if (found === undefined || first === undefined) return [];
  if (!listedBinaries.has(binary) || !mayBeTheCli.test(program)) return [];
  const { text } = from.script;
  const { start } = first;
  const { end, text: name } = found.command;
  const moved = `${name} ${text.slice(start, found.command.start).trim()}`;
  const isWrittenThere =
    text.slice(start, end).startsWith(first.text) && text.slice(start, end).endsWith(name);
  return [
    {
      message: `${from.called} has ${found.options.map((option) => option.text).join(" ")} in front of ${name}, and the CLI takes ${command.written} for the command; write ${isWrittenThere ? moved : `${name} first`}`,
      location: placeIn(from, command),
      ...(isWrittenThere
        ? {
            fix: scriptFix(
              from,
              {
                title: `Put ${name} first`,
                disposition: "unsafe",
                because: `${name} runs then, which it never did`,
              },
              { start, end, text: moved },
            ),
          }
        : {}),
    },
  ];
}

const listedBinaries: ReadonlySet<string> = new Set([
  vendors.platformsh.binary,
  vendors.upsun.binary,
]);

/** The program by its name alone, in a folder into which it is installed, or as an archive of PHP. */
const mayBeTheCli = /^[^/]+$|\.phar$|\/\.[\w-]+\/bin\/[^/]+$/u;
