import type { Script } from "../../appfile/app-file.ts";
import { addComment, type Patch, replaceInScript } from "../../appfile/operations.ts";
import type { FileChange } from "../../change/change.ts";
import { fileChange } from "../../change/file-change.ts";
import { Failure } from "../../failure.ts";
import { printable } from "../../printable.ts";
import { isSameScript } from "../../shell/comment.ts";
import { lineAt, lineStart, placeOf } from "../../yaml/lines.ts";
import type { FileLocation, Finding } from "../finding.ts";
import { rules } from "../registry.ts";
import type { AuditedFiles } from "./audited-files.ts";
import { commentText } from "./comment.ts";

/**
 * The change that has a finding ignored: a comment with the reason, above its line, behind it, or above the script that
 * it is in, wherever a comment can stand without changing what the file means or what a shell does with it.
 *
 * Throws a `Failure`: "usage" without a reason; "uneditable" when no comment can ignore the finding, because it isn't in
 * a file or is about the file as a whole, or when there is no safe place for one.
 *
 * @param audited what was audited
 * @param reason a sentence for who reads the file next
 */
export function ignoreChange(
  audited: AuditedFiles,
  { rule, location, message }: Finding,
  reason: string,
): FileChange {
  const why = reasonIn(reason);
  if (!rules.some(({ id }) => id === rule) || location.kind === "resource")
    throw new Failure("uneditable", {
      what: "No comment can ignore this",
      where: location.kind === "resource" ? location.resource : placeText(location),
      why: location.kind === "resource" ? "it is on the platform, not in a file" : message,
    });
  const comment = commentText(rule, why);
  const patch = firstPossible(waysFor(audited, location, comment), location, comment);
  return fileChange(patch, `ignore ${rule}`);
}

/** The reason as it may be written down. Throws a `Failure` ("usage") when there is no word in it. */
export function reasonIn(text: string): string {
  const reason = printable(text).trim();
  if (/[\p{L}\p{N}]/u.test(reason)) return reason;
  throw new Failure("usage", {
    what: "A finding is ignored for a reason, and none is given",
    next: "say in a few words why it may stay",
  });
}

function placeText({ file, line, column }: FileLocation): string {
  return `${file}:${line}:${column}`;
}

type Way = () => Patch;

function waysFor(
  { scripts, sources }: AuditedFiles,
  { file, line }: FileLocation,
  comment: string,
): readonly Way[] {
  const script = scripts.find(
    (candidate) => candidate.in.shown === file && holdsLine(candidate, line),
  );
  const source = sources.find(({ shown }) => shown === file);
  const inScript = script === undefined ? [] : scriptWays(script, line, comment);
  if (source === undefined) return inScript;
  const offset = script?.start ?? offsetOf(source.text, line);
  return [...inScript, () => addComment(source, offset, comment)];
}

function holdsLine({ in: { text }, start, end }: Script, line: number): boolean {
  return placeOf(text, start).line <= line && line <= placeOf(text, end).line;
}

/** Above the line in the script, or behind it. */
function scriptWays(script: Script, line: number, comment: string): readonly Way[] {
  const { text } = script;
  if (script.style !== "literal" && script.style !== "included") return [];
  const start = lineStartsOf(text).find((index) => {
    const offset = script.toOffset(index);
    return offset !== undefined && placeOf(script.in.text, offset).line === line;
  });
  if (start === undefined || text.startsWith("#!", start)) return [];
  const whole = lineAt(text, start);
  const indent = /^[ \t]*/u.exec(whole)?.[0] ?? "";
  const end = start + whole.length;
  return [
    { start, end: start, text: `${indent}${comment}\n` },
    { start: end, end, text: ` ${comment}` },
  ].map((change) => () => {
    const after = text.slice(0, change.start) + change.text + text.slice(change.end);
    if (isSameScript(text, after)) return replaceInScript(script, change);
    throw new Failure("uneditable", {
      what: "The file can't be edited safely",
      why: "A comment would change what the script does here",
    });
  });
}

function lineStartsOf(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
}

function offsetOf(text: string, line: number): number {
  return lineStart(text, lineStartsOf(text)[line - 1] ?? 0);
}

function firstPossible(ways: readonly Way[], location: FileLocation, comment: string): Patch {
  for (const way of ways) {
    try {
      return way();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
    }
  }
  throw new Failure("uneditable", {
    what: "There is no safe place for a comment",
    where: placeText(location),
    why: "above the line or behind it, a comment would change what the file means, or other places share the file",
    next: "put this comment above the line yourself, where the script can be divided",
    paste: comment,
  });
}
