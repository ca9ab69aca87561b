import { Failure } from "../failure.ts";
import { removeKeyPlan, type ScalarValue, setKeyPlans } from "../yaml/key-edit.ts";
import { eolAt, indentAt, lineStart } from "../yaml/lines.ts";
import type { Entry, Path } from "../yaml/nodes.ts";
import { type ByHand, firstProven, type Patch } from "../yaml/proof.ts";
import type { Source } from "../yaml/source.ts";
import type { TextFile } from "../yaml/text-file.ts";
import type { AppFile, Cron, Script } from "./app-file.ts";
import { givenToApp, type NewCron, scriptToPaste } from "./by-hand.ts";
import { buildHookPlans, hookByHand } from "./edits/build-hook.ts";
import {
  joinedHookPlan,
  nestedCommandPlan,
  nestedTextPlan,
  renamedKeyPlan,
  startByHand,
  unlistedCommandPlan,
} from "./edits/command-shape.ts";
import { cronByHand, cronPlans, freeCronName } from "./edits/cron-entry.ts";
import { lineFeedsPlan, unfoldedPlan } from "./edits/line-plans.ts";
import { lineOfKey, movedKeyPlan } from "./edits/moved-key.ts";
import { quotedPlans, scriptPlan } from "./edits/script-edit.ts";

export { freeCronName, type Patch };

/**
 * Puts shell lines into the build hook, after leading `set` commands and comments. A hook that is a
 * literal block, or isn't there yet, gets whole lines and keeps every byte; any other becomes a literal
 * block with the same script.
 *
 * Throws a `Failure` ("uneditable") with place, reason and the text to paste when the result can't be
 * proven to be that and nothing else.
 *
 * @param lines shell lines without line ends, at least one
 */
export function addBuildLines(app: AppFile, lines: readonly string[]): Patch {
  return firstProven(buildHookPlans(app, lines), hookByHand(app, lines));
}

/**
 * Adds a cron after the others, in their style: `cmd` or `commands.start`, quotes, indentation, blank
 * lines. Throws a `Failure`: "usage" when the name is taken, otherwise as `addBuildLines`.
 *
 * @param cron `spec` as the platform takes it; `lines` as for `addBuildLines`
 */
export function addCron(app: AppFile, cron: NewCron): Patch {
  if (freeCronName(app, cron.name) !== cron.name)
    throw new Failure("usage", {
      what: `There is a cron named ${cron.name} already`,
      where: app.location.shown,
      next: "choose another name",
    });
  return firstProven(cronPlans(app, cron), cronByHand(app, cron));
}

/**
 * Replaces a part of a script where it stands; a plain text gets quotes where the new one needs them. Throws a `Failure` ("uneditable") with the script to
 * paste when that part has no place of its own in the file, or when the result can't be proven.
 *
 * @param script one of the scripts of an application
 * @param change offsets in `script.text`; the text may hold line feeds in literal blocks only
 */
export function replaceInScript(
  script: Script,
  change: { readonly start: number; readonly end: number; readonly text: string },
): Patch {
  const { start, end, text } = change;
  const value = script.text.slice(0, start) + text + script.text.slice(end);
  const byHand = { next: "make the script read so", paste: scriptToPaste(script, value) };
  const plans = [scriptPlan(script, change, value, byHand), ...quotedPlans(script, value)];
  return firstProven(plans, byHand);
}

/**
 * Replaces a part of a shell file that stands by itself, such as `.environment`.
 *
 * @param change offsets in the file's text
 */
export function replaceInFile(
  file: TextFile,
  change: { readonly start: number; readonly end: number; readonly text: string },
): Patch {
  const { start, end, text } = change;
  const value = file.text.slice(0, start) + text + file.text.slice(end);
  const edits = [{ offset: start, length: end - start, text }];
  const byHand = { next: `make ${file.shown} read so`, paste: value.trimEnd() };
  return firstProven([{ kind: "script", in: file, edits, value }], byHand);
}

/**
 * Gives a key of the application a value: in place of the one it has, in the same quotes, or as a new last key of its
 * mapping. Throws a `Failure` ("uneditable") when that mapping isn't there, or the value takes several lines.
 *
 * @param path from the application: `["crons", "backup", "spec"]`
 */
export function setKey(app: AppFile, path: Path, value: ScalarValue): Patch {
  return firstProven(setKeyPlans(app, path, value), {
    ...givenToApp(app, path, value, path.join(".")),
    next: `set ${path.join(".")}`,
  });
}

/**
 * Takes a key with its value out of its mapping. Throws a `Failure` ("uneditable") when it isn't the mapping's own, or
 * when a comment would go with it that nobody asked to remove.
 *
 * @param o.withComments whether the comments inside of it may go too
 */
export function removeKey(
  app: AppFile,
  path: Path,
  { withComments = false }: { readonly withComments?: boolean } = {},
): Patch {
  return firstProven([removeKeyPlan(app, path, withComments)], {
    next: `remove ${path.join(".")}`,
  });
}

/**
 * Writes the command that a cron has under another key as `commands.start` (platform manual, "Crons"). The script is the
 * same. Throws a `Failure` ("uneditable") when the cron has no text under that key, or has `commands` beside it.
 *
 * @param key that holds the text now
 */
export function nestCommand(app: AppFile, cron: Cron, key: string): Patch {
  const byHand = startByHand(app, cron, key);
  return firstProven([nestedCommandPlan(app, cron, key, byHand)], byHand);
}

/**
 * Writes the one command of a list as `commands.start`. Throws a `Failure` ("uneditable") when the list has another
 * number of items, or something else than a text.
 */
export function unlistCommand(app: AppFile, cron: Cron): Patch {
  const byHand = startByHand(app, cron, "commands");
  return firstProven([unlistedCommandPlan(app, cron, byHand)], byHand);
}

/** Gives the mapping that a cron has under another key the name `commands`. Throws a `Failure` ("uneditable"). */
export function renameToCommands(app: AppFile, cron: Cron, key: string): Patch {
  const byHand = { next: `write \`commands\` in place of \`${key}\`` };
  return firstProven([renamedKeyPlan(app, ["crons", cron.name, key], "commands", byHand)], byHand);
}

/**
 * Writes the text of one line under a key below further keys, of which the first takes the key's place: `start: ls` as
 * `commands:` with `start: ls` below it. Throws a `Failure` ("uneditable") where there is no such text, and where there is
 * more than it.
 *
 * @param path from the application
 * @param inner from the key's value to the text, where that is the one item of a list or what the one key of a mapping holds
 */
export function nestText(
  app: AppFile,
  path: Path,
  keys: Path,
  byHand: ByHand,
  inner: Path = [],
): Patch {
  return firstProven([nestedTextPlan(app, path, keys, byHand, inner)], byHand);
}

/** Gives a key of the application another name. Throws a `Failure` ("uneditable"). */
export function renameKey(app: AppFile, path: Path, name: string, byHand: ByHand): Patch {
  return firstProven([renamedKeyPlan(app, path, name, byHand)], byHand);
}

/**
 * Writes a hook that is a list as one script with a line for each item. Throws a `Failure` ("uneditable") when an item is
 * no text of one line.
 */
export function joinHook(app: AppFile, hook: string): Patch {
  const byHand = { next: `write the commands of ${hook} below \`${hook}: |\`, one a line` };
  return firstProven([joinedHookPlan(app, hook, byHand)], byHand);
}

/**
 * Puts a YAML comment on a line of its own above the line around an offset, indented as that line is.
 * Throws a `Failure` ("uneditable") when no comment can stand there, as inside of a value.
 *
 * @param comment with its `#`, without a line end
 */
export function addComment(source: Source, offset: number, comment: string): Patch {
  const { text } = source;
  const indent = " ".repeat(indentAt(text, offset));
  const edits = [
    { offset: lineStart(text, offset), length: 0, text: indent + comment + eolAt(text, offset) },
  ];
  const byHand = { next: "write this comment above that line", paste: comment };
  return firstProven([{ kind: "comment", in: source, edits, comment }], byHand);
}

/**
 * Moves a key of a cron from below `commands` to beside it, where the platform looks for it (platform manual, "Crons").
 * Throws a `Failure` ("uneditable") when the cron isn't written in the application's own file, or has the key already.
 */
export function moveKeyUp(app: AppFile, cron: Cron, name: string): Patch {
  const line = lineOfKey(cron, name);
  const byHand = {
    next: `write \`${name}\` beside \`commands\`, not below it`,
    ...(line === undefined ? {} : { paste: line }),
  };
  return firstProven([movedKeyPlan(app, cron, name, byHand)], byHand);
}

/**
 * Keeps the lines of a folded block (`>`) apart, as they are written, by making it a literal one (`|`).
 * Throws a `Failure` ("uneditable") when the script isn't a folded block of the file.
 */
export function keepLines(script: Script): Patch {
  const byHand = { next: "put `|` behind the key, in place of `>` where there is one" };
  return firstProven([unfoldedPlan(script, byHand)], byHand);
}

/** Gives a script that is a file of its own line feeds alone for line ends. Throws a `Failure` ("uneditable") for another. */
export function useLineFeeds(script: Script): Patch {
  const byHand = { next: "save the script with line feeds (LF) as line ends" };
  return firstProven([lineFeedsPlan(script, byHand)], byHand);
}

/** Puts the name of an entry in quotes; what it is called stays the same. */
export function quoteName(source: Source, entry: Pick<Entry, "keyStart" | "keyEnd">): Patch {
  const { keyStart: offset, keyEnd } = entry;
  const name = source.text.slice(offset, keyEnd);
  const edits = [{ offset, length: keyEnd - offset, text: `'${name}'` }];
  return firstProven([{ kind: "yaml", in: source, edits, path: [], value: source.value }], {
    next: `put ${name} in quotes`,
    paste: `'${name}':`,
  });
}
