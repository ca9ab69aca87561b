import type { CiJobCall, CiUse } from "../../automation/ci-jobs.ts";
import { expressionsIn } from "../../cifile/expressions.ts";
import { opaque } from "../../shell/ci-script.ts";
import { flagValue, positionals } from "../../shell/cli-call.ts";
import { hasBehind } from "../evidence/has-behind.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job deletes whichever environment an event names. */
export const ciDeleteUnguarded = projectRule({
  id: "ci-delete-unguarded",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A CI job deletes the environment that an event names, whichever that is.",
  why: "A pull request may come from any branch: staging merged into main is one, and closing it deletes staging, with its data. Its type is what tells a preview from the others. (Manual: “Environments”.)",
  example: {
    before: 'run: upsun environment:delete "$BRANCH" --yes --no-wait',
    after:
      'run: |\n  type=$(upsun environment:info type --project PROJECT --environment "$BRANCH")\n  [ "$type" = development ] || exit 1\n  upsun environment:delete "$BRANCH" --project PROJECT --yes --no-wait',
  },
  ignore: "The token's account may delete development environments only.",
  check: (facts) =>
    ciUsesIn(facts).flatMap((use) =>
      use.calls
        .filter(
          (each) =>
            each.call.name === "environment:delete" && isOfEvent(each) && !isGuarded(each, use),
        )
        .map(({ call, part }) => ({
          message: `${stepOfJob(part.step, use.job)} deletes the environment that the event names, whatever its type`,
          location: placeInPart(part, call),
          fix: byHand("Look at its type first", {
            what: "Which environments may go, only you know",
            next: "put these lines above it, with the environment's name",
            paste: `type=$(${call.binary} environment:info type --project PROJECT --environment "$BRANCH")\n[ "$type" = development ] || exit 1`,
          }),
        })),
    ),
});

/** Whether a call names what it deletes by an expression, or by a variable that isn't set to a fixed text. */
function isOfEvent({ call, part }: CiJobCall): boolean {
  const named = [
    ...positionals(call).map(({ text }) => text),
    flagValue(call, "--environment", "e") ?? "",
  ];
  const pasted = expressionsIn(part.script.text);
  const isNumbered = (text: string) => {
    const places = call.arguments.filter((word) => word.text.endsWith(text));
    const found = pasted.filter(({ start, end }) =>
      places.some((word) => word.start <= start && end <= word.end),
    );
    return found.length > 0 && found.every(({ inner }) => number.test(inner));
  };
  return named.some((text) => {
    const known = text.replaceAll(/\$\{?(\w+)\}?/gu, (written, variable: string) => {
      const value = part.step.env.get(variable)?.text;
      return value === undefined ? written : withoutNumbers(value);
    });
    return known.includes("$") || (text.includes(opaque) && !isNumbered(text));
  });
}

/** What GitHub counts: no environment that has to stay is named by it. */
const number =
  /^github\.(?:event\.(?:(?:pull_request|issue)\.)?number|run_id|run_number|run_attempt)$/u;

function withoutNumbers(text: string): string {
  return expressionsIn(text)
    .filter(({ inner }) => number.test(inner))
    .reduceRight((left, { start, end }) => `${left.slice(0, start)}0${left.slice(end)}`, text);
}

/** Whether anything tells apart what is deleted: its type, or the names that must stay. */
function isGuarded({ call, part }: CiJobCall, { job, parts }: CiUse): boolean {
  const named = call.arguments.map(({ text }) => text).join(" ");
  if (/--(?:exclude-)?type|--only-type|--exclude\b|--merged|--inactive/u.test(named)) return true;
  const earlier = parts.slice(0, parts.indexOf(part)).map(({ text }) => text);
  const before = [...earlier, part.text.slice(0, call.start)].join("\n");
  if (/\btype\b/u.test(before) || comparesName(before)) return true;
  return [job.condition, part.step.condition].some(
    (condition = "") => leavesOut.test(condition) || isOfPreviews.test(condition),
  );
}

const kept = "(?:main|master|production|staging|stage|develop|default_branch)";

/** Whether a script compares a name with one of those that stay, and may then leave off. */
function comparesName(script: string): boolean {
  return hasBehind(script, "\n", comparing, comparedWith);
}

const comparing = /!=|!~|-ne|=|startsWith|contains|case/iu;
const comparedWith = new RegExp(`\\b(?:${kept}|CI_DEFAULT_BRANCH|pr-|dependabot|renovate)`, "iu");

/** A condition under which nothing that has to stay is deleted; that a pull request goes into main is none. */
const leavesOut = new RegExp(
  `(?:!=|!~)[^\\n]*${kept}|!\\s*(?:contains|startsWith)?\\s*\\([^)]*${kept}`,
  "iu",
);

/** A condition that only branches with the names of previews meet. */
const isOfPreviews =
  /(?:==|=~|startsWith|endsWith|contains)[^\n]*(?:\bpr-|preview|feature|dependabot|renovate)/iu;
