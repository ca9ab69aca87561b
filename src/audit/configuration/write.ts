import { isMap, isSeq, type YAMLSeq } from "yaml";
import type { FileChange, FileCreation } from "../../change/change.ts";
import { Failure } from "../../failure.ts";
import { applyEdits, type Edit } from "../../yaml/edit.ts";
import { eolAt, lineAt, lineStart, linesAfter } from "../../yaml/lines.ts";
import { nodeAt, ownEntry, rangeOf } from "../../yaml/nodes.ts";
import { entryToPaste, itemToPaste } from "../../yaml/paste.ts";
import { quotedText } from "../../yaml/scalar-text.ts";
import { parseSource } from "../../yaml/source.ts";
import type { Configuration, ConfiguredIgnore } from "../configuration.ts";
import { readConfiguration } from "./read.ts";

/** The file that the configuration is in, or would be. */
export interface ConfigurationFile {
  /** Absolute; links resolved when the file is there. */
  readonly path: string;
  readonly shown: string;
  /** Missing when there is no such file. */
  readonly text?: string;
}

/** An entry of the configuration's ignores, before it stands anywhere. */
export type NewIgnore = Omit<ConfiguredIgnore, "location">;

/**
 * The change that adds an entry to the configuration's ignores: as the last one of its list, or with the list at the end
 * of the file, or as a new file.
 *
 * Throws a `Failure` ("uneditable"), with the lines to paste, when the file has a shape in which the entry has no safe
 * place: what the configuration says with it would differ by more than the entry.
 */
export function configuringIgnore(
  { path, shown, text }: ConfigurationFile,
  entry: NewIgnore,
): FileChange | FileCreation {
  const purpose = `ignore ${entry.rule}`;
  const lines = linesOf(entry);
  const before = text ?? "";
  for (const edit of placesIn(shown, before, lines)) {
    const after = applyEdits(before, [edit]);
    if (!saysOnlyMore(shown, before, after, entry)) continue;
    return text === undefined
      ? { kind: "file-creation", path, shown, after, purpose }
      : { kind: "file", path, shown, before, after, edits: [edit], purpose };
  }
  throw new Failure("uneditable", {
    what: "The configuration can't be edited safely",
    where: shown,
    why: "its ignores aren't written as a list with one entry below the other",
    next: "add this to them yourself",
    paste: pasted(shown, before, entry),
  });
}

const usualStep = 4;

function linesOf({ rule, at, project, reason }: NewIgnore): readonly string[] {
  return [
    `rule: ${rule}`,
    `at: ${quotedText(at, "plain")}`,
    ...(project === undefined ? [] : [`project: ${quotedText(project, "plain")}`]),
    `reason: ${quotedText(reason, "plain")}`,
  ];
}

/** An entry of a list, its dash at a column and its keys behind it. */
function item(lines: readonly string[], column: number, gap = 1): readonly string[] {
  const [first, rest] = [`${" ".repeat(column)}-${" ".repeat(gap)}`, " ".repeat(column + 1 + gap)];
  return lines.map((line, index) => `${index === 0 ? first : rest}${line}`);
}

/** The entry as the list takes it; with the list's key, where there is no list. */
function pasted(shown: string, text: string, { rule, at, project, reason }: NewIgnore): string {
  const source = parseSource({ file: shown, shown }, text);
  const top = source.document.contents;
  const keys = new Map([
    ["rule", rule],
    ["at", at],
    ...(project === undefined ? [] : [["project", project] as const]),
    ["reason", reason],
  ]);
  const seq = nodeAt(top, ["ignore"], source.document);
  if (isSeq(seq)) return itemToPaste(keys, { text, seq });
  return isMap(top) && top.flow === true
    ? entryToPaste(["ignore"], { all: [keys] }, { text, map: top })
    : `ignore:\n${itemToPaste(keys)}`;
}

/** Where the entry may go, the best place first. */
function placesIn(shown: string, text: string, lines: readonly string[]): readonly Edit[] {
  const top = parseSource({ file: shown, shown }, text).document.contents;
  const ignores = isMap(top) ? ownEntry(top, "ignore") : undefined;
  if (ignores === undefined) return [atTheEnd(text, ["ignore:", ...item(lines, usualStep)])];
  const { value, colon } = ignores;
  if (!isSeq(value)) return [];
  const [start, end] = rangeOf(value);
  if (value.items.length === 0) {
    const eol = eolAt(text, start);
    const below = item(lines, usualStep).map((line) => eol + line);
    return [{ offset: colon, length: end - colon, text: below.join("") }];
  }
  return value.flow === true ? [] : afterLast(text, value, lines);
}

function atTheEnd(text: string, lines: readonly string[]): Edit {
  const eol = eolAt(text, 0);
  const isOpen = text !== "" && !text.endsWith("\n");
  const whole = lines.map((line) => line + eol).join("");
  return { offset: text.length, length: 0, text: `${isOpen ? eol : ""}${whole}` };
}

function afterLast(text: string, { items }: YAMLSeq, lines: readonly string[]): readonly Edit[] {
  const [start, end] = rangeOf(items.at(-1));
  const line = lineAt(text, start);
  const [, indent = "", gap = ""] = /^( *)-( +)/u.exec(line) ?? [];
  if (gap === "") return [];
  const last = Math.max(lineStart(text, start), text.slice(0, end).trimEnd().length);
  return [linesAfter(text, last, item(lines, indent.length, gap.length))];
}

function saysOnlyMore(shown: string, before: string, after: string, entry: NewIgnore): boolean {
  try {
    const old = meaningOf(readConfiguration(shown, before));
    const expected = { ...old, ignores: [...old.ignores, named(entry)] };
    return JSON.stringify(meaningOf(readConfiguration(shown, after))) === JSON.stringify(expected);
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

function meaningOf({ failOn, exclude, rules, ignores }: Configuration) {
  return { failOn: failOn ?? null, exclude, rules: [...rules], ignores: ignores.map(named) };
}

function named({ rule, at, project, reason }: NewIgnore | ConfiguredIgnore) {
  return [rule, at, project ?? null, reason];
}
