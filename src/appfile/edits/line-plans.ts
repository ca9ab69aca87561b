import { blockOf } from "../../yaml/block.ts";
import type { Edit } from "../../yaml/edit.ts";
import type { ByHand, EditPlan } from "../../yaml/proof.ts";
import { refusal } from "../../yaml/refusal.ts";
import type { Script } from "../app-file.ts";

/** The way to make a folded block a literal one: one character, and the script is what is written. */
export function unfoldedPlan(script: Script, byHand: ByHand): EditPlan {
  const { yaml, style, locked, start } = script;
  const block = yaml && blockOf(yaml.node);
  const offset = block === undefined ? -1 : script.in.text.lastIndexOf(">", block.bodyStart);
  if (
    style !== "folded" ||
    yaml === undefined ||
    block?.indent === undefined ||
    locked !== undefined ||
    offset < 0
  )
    throw refusal(script.in, start, locked ?? "The script isn't a folded block here", byHand);
  const { indent, header, body } = block;
  const lines = body.split(/\r?\n/u).map((line) => line.slice(indent));
  const text = lines.join("\n");
  const value = header.includes("+")
    ? text
    : `${text.trimEnd()}${header.includes("-") ? "" : "\n"}`;
  const edits = [{ offset, length: 1, text: "|" }];
  return { kind: "yaml", in: yaml.source, edits, path: yaml.path, value };
}

/** The way to take the carriage returns out of a script that is a file of its own. */
export function lineFeedsPlan({ in: file, style, locked, text }: Script, byHand: ByHand): EditPlan {
  if (style !== "included" || locked !== undefined)
    throw refusal(file, 0, locked ?? "The script isn't a file of its own", byHand);
  const edits: Edit[] = [];
  for (const { index } of text.matchAll(/\r(?=\n)/gu))
    edits.push({ offset: index, length: 1, text: "" });
  return { kind: "script", in: file, edits, value: text.replaceAll("\r\n", "\n") };
}
