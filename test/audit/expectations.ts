import { isDeepStrictEqual } from "node:util";
import { audit } from "../../src/audit/engine.ts";
import type { FileLocation, Finding, Fix } from "../../src/audit/finding.ts";
import type { AuditFacts, Rule } from "../../src/audit/rule.ts";
import type { Change } from "../../src/change/change.ts";
import { after, factsOf } from "./app.ts";
import type { FiringCase, RuleCases, Told } from "./rule-cases.ts";

/**
 * What a rule doesn't do that its cases ask for, one sentence each; none for a rule that keeps its word.
 * It is a function of the rule, so that it can be shown a rule that is wrong on purpose.
 */
export function* brokenBy(rule: Rule, { fires, quiet }: RuleCases): Generator<string> {
  for (const [when, firing] of Object.entries(fires))
    for (const what of brokenIn(rule, firing)) yield `${what} when ${when}`;
  for (const [when, example] of Object.entries(quiet))
    for (const { message } of audit(factsOf(example), [rule]))
      yield `it is found when ${when}: ${message}`;
  yield* fixesNotShown(rule, Object.values(fires));
}

/** What a rule finds in a situation, as it is told. */
export function toldIn(rule: Rule, { given }: FiringCase): readonly Told[] {
  const facts = factsOf(given);
  return audit(facts, [rule]).map((finding) => told(finding, facts));
}

function told({ severity, confidence, location, message, fix }: Finding, { app }: AuditFacts) {
  return {
    severity,
    ...(confidence === "high" ? {} : { confidence }),
    at: location.kind === "file" ? range(location, app.location.shown) : location.resource,
    message,
    ...(fix === undefined ? {} : { fix: toldFix(fix()) }),
  };
}

function range({ file, line, column, endLine, endColumn }: FileLocation, own: string): string {
  return `${file === own ? "" : `${file}:`}${line}:${column}-${endLine}:${endColumn}`;
}

function toldFix(fix: Fix): string {
  if (fix.kind === "by-hand") return `by hand: ${fix.title}`;
  const { disposition, title, because } = fix;
  return `${disposition}: ${title}${because === undefined ? "" : `, because ${because}`}`;
}

function brokenIn(rule: Rule, firing: FiringCase): readonly string[] {
  const { given, finds, fixed } = firing;
  const facts = factsOf(given);
  const told = toldIn(rule, firing);
  if (told.length === 0) return ["it is not found"];
  if (!isDeepStrictEqual(told, finds))
    return [`it tells something else, ${JSON.stringify(told, undefined, 2)},`];
  const fix = audit(facts, [rule])
    .map((finding) => finding.fix?.())
    .find((one) => one?.kind === "changes");
  if (fix?.kind !== "changes") return fixed === undefined ? [] : ["it has no fix"];
  if (fixed !== undefined && !fix.changes.some((change) => isLike(change, fixed)))
    return [`its fix comes to something else, ${toldChange(fix.changes.at(-1))},`];
  const isOfFiles = fix.changes.every(({ kind }) => kind === "file");
  const left = audit(fix.changes.reduce(after, facts), [rule]);
  return isOfFiles && left.length >= told.length ? ["its fix doesn't help"] : [];
}

function fixesNotShown({ fixable }: Rule, firing: readonly FiringCase[]): readonly string[] {
  const shown = firing.flatMap(({ finds }) => finds.flatMap(({ fix = "" }) => fix));
  const has = (disposition: string) => shown.some((fix) => fix.startsWith(`${disposition}: `));
  if (fixable === "by-hand")
    return has("safe") || has("unsafe") ? ["it says that it has no fix"] : [];
  return [
    ...(has(fixable) ? [] : [`no case shows its ${fixable} fix`]),
    ...(fixable === "unsafe" && has("safe") ? ["it says that its fix needs a look"] : []),
    ...(firing.some(({ fixed }) => fixed !== undefined)
      ? []
      : ["no case shows what its fix comes to"]),
  ];
}

function isLike(change: Change | undefined, expected: string | object): boolean {
  if (typeof expected === "string") return change?.kind === "file" && change.after === expected;
  return isPartOf(expected, change);
}

/** Whether all that an object has is in another one too. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (typeof part !== "object" || part === null) return Object.is(part, whole);
  if (typeof whole !== "object" || whole === null) return false;
  const found = new Map(Object.entries(whole));
  return Object.entries(part).every(([key, value]) => isPartOf(value, found.get(key)));
}

function toldChange(change: Change | undefined): string {
  return change?.kind === "file" ? `\n${change.after}` : JSON.stringify(change);
}
