import type { Script } from "../../appfile/app-file.ts";
import { placeOf } from "../../yaml/lines.ts";
import type { Finding, IgnoreReason } from "../finding.ts";
import type { IgnoreComment } from "./comments.ts";

/** Finds the comment that lets a finding stay, and what it says. */
export type CommentSearch = (
  finding: Finding,
) => { readonly ignored: IgnoreReason; readonly comment: IgnoreComment } | undefined;

/**
 * How to find the comment for a finding. A comment is about the findings of its line, or of the line below when it
 * stands alone; on the line where a script begins, about the whole script.
 *
 * @param all the scripts of the files
 */
export function commentSearch(
  all: readonly Script[],
  comments: readonly IgnoreComment[],
): CommentSearch {
  if (comments.length === 0) return () => undefined;
  const scripts = all.map(linesOf);
  return (finding) => {
    for (const comment of comments)
      if (comment.says.kind === "ignore" && covers(comment, finding, scripts))
        return { comment, ignored: { by: "comment", reason: comment.says.reason } };
    return undefined;
  };
}

interface ScriptLines {
  readonly file: string;
  readonly first: number;
  readonly last: number;
}

function linesOf({ in: { shown, text }, start, end }: Script): ScriptLines {
  return { file: shown, first: placeOf(text, start).line, last: placeOf(text, end).line };
}

function covers(
  { says, location, line }: IgnoreComment,
  { rule, location: found }: Finding,
  scripts: readonly ScriptLines[],
): boolean {
  if (found.kind !== "file" || found.file !== location.file) return false;
  if (says.kind !== "ignore" || says.reason === "" || !says.rules.includes(rule)) return false;
  return (
    line === found.line ||
    scripts.some(
      ({ file, first, last }) =>
        file === found.file && first === line && first <= found.line && found.line <= last,
    )
  );
}
