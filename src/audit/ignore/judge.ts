import type { AppFile } from "../../appfile/app-file.ts";
import { placeOf } from "../../appfile/lines.ts";
import { inOrder } from "../engine.ts";
import type { FileLocation, Finding, IgnoredFinding, Verdict } from "../finding.ts";
import { rules } from "../registry.ts";
import type { RuleDescription } from "../rule.ts";
import { scriptsOf } from "../scripts.ts";
import { commentsIn, type IgnoreComment } from "./comments.ts";
import { ignoreMalformed, ignoreUnknownRule, ignoreUnused, ignoreWithoutReason } from "./rules.ts";

/** What the audit could look at. */
export interface Looked {
  /** Whether everything in the files was looked at: every app of them, and the default branch being known. */
  readonly whole: boolean;
  readonly platform: boolean;
}

/**
 * Tells what counts from what a comment in the files ignores, `# machinist: ignore[rule] reason`. A comment is about the
 * findings of its line, or of the line below when it stands alone; on the line where a script begins, about the whole
 * script. What is wrong with the comments is found too.
 *
 * @param findings of these apps, from `audit`
 */
export function judge(
  apps: readonly AppFile[],
  findings: readonly Finding[],
  looked: Looked,
): Verdict {
  const comments = commentsIn(apps);
  if (comments.length === 0) return { findings: [...findings].sort(inOrder), ignored: [] };
  const scripts = scriptLines(apps);
  const counted: Finding[] = [];
  const ignored: IgnoredFinding[] = [];
  const used = new Set<string>();
  for (const finding of findings) {
    const comment = comments.find((candidate) => covers(candidate, finding, scripts));
    if (comment?.says.kind !== "ignore") counted.push(finding);
    else {
      ignored.push({ ...finding, ignored: { by: "comment", reason: comment.says.reason } });
      used.add(keyOf(comment, finding.rule));
    }
  }
  const isUnused = (comment: IgnoreComment, id: string) =>
    looked.whole && !used.has(keyOf(comment, id)) && wasLookedFor(id, looked);
  const problems = comments.flatMap((comment) => problemsOf(comment, isUnused));
  return {
    findings: [...counted, ...problems].sort(inOrder),
    ignored: ignored.sort(inOrder),
  };
}

function keyOf({ location }: IgnoreComment, rule: string): string {
  return `${location.file}:${location.line} ${rule}`;
}

function wasLookedFor(id: string, { platform }: Looked): boolean {
  const needs = rules.find((rule) => rule.id === id)?.needs;
  return needs === "files" || (needs === "platform" && platform);
}

interface ScriptLines {
  readonly file: string;
  readonly first: number;
  readonly last: number;
}

function scriptLines(apps: readonly AppFile[]): readonly ScriptLines[] {
  return apps.flatMap(scriptsOf).map(({ script }) => ({
    file: script.in.shown,
    first: placeOf(script.in.text, script.start).line,
    last: placeOf(script.in.text, script.end).line,
  }));
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

function problemsOf(
  comment: IgnoreComment,
  isUnused: (comment: IgnoreComment, id: string) => boolean,
): readonly Finding[] {
  const { says, location } = comment;
  if (says.kind === "malformed")
    return [problem(ignoreMalformed, location, "This comment can't be read, so it has no effect")];
  if (says.reason === "") {
    const message = `This comment ignores ${says.rules.join(", ")} and doesn't say why, so it has no effect`;
    return [problem(ignoreWithoutReason, location, message)];
  }
  return says.rules.flatMap((id) => {
    if (!rules.some((rule) => rule.id === id))
      return problem(ignoreUnknownRule, location, `There is no rule ${id} to ignore`);
    return isUnused(comment, id)
      ? problem(ignoreUnused, location, `There is no ${id} here to ignore`)
      : [];
  });
}

function problem(
  { id, severity, confidence, why }: RuleDescription,
  location: FileLocation,
  message: string,
): Finding {
  return { rule: id, severity, confidence, message, why, location };
}
