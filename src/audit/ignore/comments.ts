import type { Script } from "../../appfile/app-file.ts";
import { startsComment } from "../../shell/comment.ts";
import { locatedComments } from "../../yaml/source.ts";
import type { TextFile } from "../../yaml/text-file.ts";
import type { FileLocation } from "../finding.ts";
import type { AuditedFiles } from "./audited-files.ts";
import { commentStart, type IgnoreText, parseComment } from "./comment.ts";

/** A comment that speaks to the program, and where. */
export interface IgnoreComment {
  readonly says: IgnoreText;
  readonly location: FileLocation;
  /** The line it is about, from 1: its own when something else stands on it, otherwise the next one that is no comment. */
  readonly line: number;
}

/** The comments in some files that speak to the program: YAML's, and the shell's in their scripts. */
export function commentsIn({ files, scripts }: AuditedFiles): readonly IgnoreComment[] {
  return [...files.values()].flatMap((file) => {
    if (!file.text.includes("machinist:")) return [];
    const own = scripts.filter((script) => script.in.shown === file.shown);
    const isYaml = !own.some(({ style }) => style === "included");
    const yaml = new Set(isYaml ? locatedComments(file.text).map(({ offset }) => offset) : []);
    return candidates(file).filter(
      ({ offset }) => yaml.has(offset) || own.some((script) => isInScript(script, offset)),
    );
  });
}

function candidates(file: TextFile): readonly (IgnoreComment & { readonly offset: number })[] {
  const lines = file.text.split("\n");
  let start = 0;
  return lines.flatMap((whole, index) => {
    const text = whole.replace(/\r$/u, "");
    const at = text.search(commentStart);
    const offset = start + at;
    start += whole.length + 1;
    if (at === -1) return [];
    const line = index + 1;
    const alone = text.slice(0, at).replace("\uFEFF", "").trim() === "";
    const location = { kind: "file", file: file.shown, line, endLine: line } as const;
    const mark = index === 0 && text.startsWith("\uFEFF") ? 1 : 0;
    const columns = { column: at - mark + 1, endColumn: text.length - mark + 1 };
    return {
      offset,
      says: parseComment(text.slice(at).trimEnd()),
      location: { ...location, ...columns },
      line: alone ? lineBelow(lines, line) : line,
    };
  });
}

/** The first line after a line, from 1, that is no comment. */
function lineBelow(lines: readonly string[], line: number): number {
  let below = line + 1;
  while (lines[below - 1]?.trimStart().startsWith("#")) below++;
  return below;
}

function isInScript(script: Script, offset: number): boolean {
  if (offset < script.start || offset >= script.end) return false;
  for (let index = 0; index < script.text.length; index++)
    if (script.toOffset(index) === offset) return startsComment(script.text, index);
  return false;
}
