import { isMap, isSeq } from "yaml";
import { eolAt, lineStart } from "../yaml/lines.ts";
import { ownEntry, rangeOf, valueAt } from "../yaml/nodes.ts";
import { firstProven, type Patch } from "../yaml/proof.ts";
import { refusal } from "../yaml/refusal.ts";
import type { Source } from "../yaml/source.ts";
import { below, textsOf } from "./nodes.ts";
import { includesOf } from "./systems/gitlab.ts";

/** Whether a pipeline includes a file of its repository already. */
export function includes(source: Source, path: string): boolean {
  return includesOf(source).local.includes(path);
}

/**
 * Has a pipeline include one more file of its repository: as the last item of its list, or under a key of its own at the
 * end. Throws a `Failure` ("uneditable") with the lines to paste where what it includes is no list.
 */
export function includePatch(source: Source, path: string): Patch {
  const top = source.document.contents;
  const item = `- local: ${path}`;
  const byHand = { next: "add this to what the pipeline includes", paste: `include:\n  ${item}` };
  if (!isMap(top)) throw refusal(source, 0, "It holds no mapping", byHand);
  const entry = ownEntry(top, "include");
  const wanted = new Map([["local", path]]);
  if (entry === undefined) {
    const { text } = source;
    const eol = eolAt(text, text.length);
    const lead = text === "" || text.endsWith("\n") ? "" : eol;
    const edit = { offset: text.length, length: 0, text: `${lead}include:${eol}  ${item}${eol}` };
    const value = new Map(
      valueAt(source.value, []) instanceof Map ? (source.value as Map<unknown, unknown>) : [],
    );
    value.set("include", [wanted]);
    return firstProven([{ kind: "yaml", in: source, edits: [edit], path: [], value }], byHand);
  }
  const { value: list } = entry;
  const last = isSeq(list) && list.flow !== true ? list.items.at(-1) : undefined;
  const before = valueAt(source.value, ["include"]);
  if (last === undefined || !Array.isArray(before))
    throw refusal(
      source,
      entry.keyStart,
      "What it includes is no list with an item a line",
      byHand,
    );
  const [start, end] = rangeOf(last);
  const line = lineStart(source.text, start);
  const indent = /^[ \t]*/u.exec(source.text.slice(line))?.[0] ?? "";
  const eol = eolAt(source.text, start);
  const feed = source.text.indexOf("\n", Math.max(start, end - 1));
  const at = feed === -1 ? source.text.length : feed + 1;
  const text = feed === -1 ? `${eol}${indent}${item}` : `${indent}${item}${eol}`;
  return firstProven(
    [
      {
        kind: "yaml",
        in: source,
        edits: [{ offset: at, length: 0, text }],
        path: ["include"],
        value: [...before, wanted],
      },
    ],
    byHand,
  );
}

/** The stages that a pipeline names; none where it has GitLab's own. */
export function stagesOf(source: Source): readonly string[] {
  return textsOf(below({ in: source, node: source.document.contents }, "stages"));
}
