import { eolAt, indented, lineStart } from "../../yaml/lines.ts";
import type { ByHand, EditPlan } from "../../yaml/proof.ts";
import { refusal } from "../../yaml/refusal.ts";
import { quotedText } from "../../yaml/scalar-text.ts";
import type { Script } from "../app-file.ts";
import { literalIndent } from "../script.ts";

/**
 * The edit that replaces a part of a script. Throws a `Failure` ("uneditable") when that part can't be edited.
 *
 * @param change as for `replaceInScript`
 * @param value the whole script after it
 */
export function scriptPlan(
  script: Script,
  change: { readonly start: number; readonly end: number; readonly text: string },
  value: string,
  byHand: ByHand,
): EditPlan {
  const { in: file, yaml, locked } = script;
  if (locked !== undefined) throw refusal(file, script.start, locked, byHand);
  const offset = script.toOffset(change.start);
  const end = change.start === change.end ? offset : script.endOffset(change.end);
  if (offset === undefined || end === undefined)
    throw refusal(
      file,
      script.start,
      "This part of the script has no line of its own here",
      byHand,
    );
  const lines = wholeLines(script, change);
  const inserted =
    lines === undefined
      ? writtenIn(script, change.text, eolAt(file.text, offset))
      : lines.map((line) => line + eolAt(file.text, offset)).join("");
  if (inserted === undefined)
    throw refusal(
      file,
      offset,
      "More lines can be put only into a block that starts with `|`",
      byHand,
    );
  const start = lines === undefined ? offset : lineStart(file.text, offset);
  const edits = [{ offset: start, length: end - start, text: inserted }];
  if (yaml !== undefined) return { kind: "yaml", in: yaml.source, edits, path: yaml.path, value };
  const { text } = script;
  return {
    kind: "script",
    in: file,
    edits,
    value: text.slice(0, offset) + inserted + text.slice(end),
  };
}

/**
 * The way to give a plain text on one line another one that can't stand there without quotes, as one that starts with
 * `{`: it is put in single quotes. None for any other script.
 *
 * @param value the whole script after it
 */
export function quotedPlans(
  { style, yaml, start, end }: Script,
  value: string,
): readonly EditPlan[] {
  if (style !== "plain" || yaml === undefined || value.includes("\n")) return [];
  const { source, path } = yaml;
  if (source.text.slice(start, end).includes("\n")) return [];
  const edits = [{ offset: start, length: end - start, text: quotedText(value, "single") }];
  return [{ kind: "yaml", in: source, edits, path, value }];
}

/**
 * The lines, as the block has them, that take the place of whole lines of a literal block; undefined for any other
 * change. They go with their indentation.
 */
function wholeLines(
  script: Script,
  { start, end, text }: { readonly start: number; readonly end: number; readonly text: string },
): readonly string[] | undefined {
  const indent = literalIndent(script);
  const startsLine = start === 0 || script.text[start - 1] === "\n";
  const endsLine = end > start && script.text[end - 1] === "\n";
  if (indent === undefined || !startsLine || !endsLine) return undefined;
  if (text === "") return [];
  return text.endsWith("\n") ? indented(text.slice(0, -1).split("\n"), indent) : undefined;
}

/** A text as it is written inside a script of this style; undefined when it can't be. */
function writtenIn(script: Script, text: string, eol: string): string | undefined {
  if (script.style === "literal") {
    const indent = literalIndent(script);
    return indent === undefined ? undefined : text.replaceAll("\n", eol + " ".repeat(indent));
  }
  if (script.style === "included") return text.replaceAll("\n", eol);
  if (text.includes("\n")) return undefined;
  if (script.style !== "quoted") return text;
  if (script.yaml?.node.type === "QUOTE_SINGLE") return text.replaceAll("'", "''");
  return JSON.stringify(text).slice(1, -1);
}
