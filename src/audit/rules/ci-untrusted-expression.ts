import type { CiUse } from "../../automation/ci-jobs.ts";
import type { CiJob, RunStep } from "../../cifile/ci-file.ts";
import {
  chosenByOthers,
  type Expression,
  expressionsIn,
  neededOutputOf,
  outputOf,
  variableOf,
} from "../../cifile/expressions.ts";
import { below, textOf } from "../../cifile/nodes.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** What others choose is pasted into a script of a job with the token. */
export const ciUntrustedExpression = projectRule({
  id: "ci-untrusted-expression",
  severity: "error",
  confidence: "high",
  needs: "files",
  security: "critical",
  fixable: "by-hand",
  what: "A branch name, a title or a text that others choose is pasted into a script of a CI job with the API token.",
  why: "GitHub puts the value in before the shell reads the script, so that a branch called $(curl …) is a command. In env the shell gets it as a value. (GitHub's page “Script injections”; zizmor and actionlint look for it in all other jobs.)",
  example: {
    before: `run: upsun url --environment \${{ github.head_ref }}`,
    after: `env:\n  BRANCH: \${{ github.head_ref }}\nrun: upsun url --environment "$BRANCH"`,
  },
  ignore: "Only people who may read the token anyway can choose the value.",
  check: (facts) =>
    ciUsesIn(facts)
      .filter(hasToken)
      .flatMap(({ job, parts }) =>
        firstOfEach(
          parts
            .filter(({ own }) => own)
            .flatMap((part) =>
              expressionsIn(part.script.text).flatMap((expression) => {
                const found = sourceOf(expression, part.step, job);
                return found === undefined ? [] : [{ part, expression, ...found }];
              }),
            ),
        ).map(({ part, expression, what, by, times }) => {
          const forAll = [...job.file.triggers.events].some((event) => fromForks.has(event));
          const more =
            times > 1
              ? `, here and ${times === 2 ? "once" : `${times - 1} times`} more in the job`
              : "";
          return {
            message: `${stepOfJob(part.step, job)} has ${what} pasted into its script, which ${forAll ? "others choose" : "whoever may push here chooses"}${more}`,
            ...(forAll && by !== "output" ? {} : { severity: "warning" as const }),
            ...(by === "output" ? { confidence: "medium" as const } : {}),
            location: placeInPart(part, expression),
            fix: byHand("Hand the value over in env", {
              what: "A value in env is no command, whatever is in it",
              next: "give the step the value in its env, and write the variable in double quotes",
              paste: `env:\n  VALUE: \${{ ${expression.inner} }}\n# and in the script: "$VALUE"`,
            }),
          };
        }),
      ),
});

/** Events that run with secrets for what people without any right do. */
const fromForks = new Set([
  "pull_request_target",
  "workflow_run",
  "issue_comment",
  "issues",
  "discussion",
  "discussion_comment",
  "pull_request_review",
  "pull_request_review_comment",
]);

/** The first of those that paste the same, and how many there are of them in the job. */
function firstOfEach<T extends { readonly what: string }>(
  found: readonly T[],
): readonly (T & { readonly times: number })[] {
  return found
    .filter(({ what }, index) => found.findIndex((other) => other.what === what) === index)
    .map((first) => ({ ...first, times: found.filter(({ what }) => what === first.what).length }));
}

function hasToken({ tokens, job }: CiUse): boolean {
  return (
    tokens.length > 0 ||
    job.steps.some(
      (step) =>
        step.kind === "action" &&
        step.known?.tokenInput !== undefined &&
        step.inputs.has(step.known.tokenInput),
    )
  );
}

/** Whose value an expression pastes; undefined where others don't choose it, or it only says yes or no. */
function sourceOf(
  { inner }: Expression,
  { env }: RunStep,
  job: CiJob,
): { readonly what: string; readonly by: "itself" | "env" | "output" } | undefined {
  if (/[=!<>]=|^!|[<>]|\b(?:contains|startsWith|endsWith|toJSON)\s*\(/iu.test(inner))
    return undefined;
  const direct = chosenByOthers(inner);
  if (direct !== undefined) return { what: direct, by: "itself" };
  const variable = variableOf(inner);
  if (variable !== undefined) {
    const value = env.get(variable)?.text ?? "";
    return isChosen(value) ? { what: `env.${variable}`, by: "env" } : undefined;
  }
  return isChosenOutput(inner, job) || isChosenNeed(inner, job)
    ? { what: inner, by: "output" }
    : undefined;
}

/** Whether an expression is the output of a step of the job that others choose. */
function isChosenOutput(inner: string, { steps }: CiJob): boolean {
  const output = outputOf(inner);
  if (output === undefined) return false;
  const writer = steps.find(
    (step) => step.kind === "run" && step.map !== undefined && step.map.get("id") === output.step,
  );
  return writer?.kind === "run" && writesChosen(writer, output.output);
}

/** Whether it is the output of another job of the file, which hands on what others choose. */
function isChosenNeed(inner: string, { file }: CiJob): boolean {
  const need = neededOutputOf(inner);
  const other = need === undefined ? undefined : file.jobs.find(({ id }) => id === need.job);
  if (need === undefined || other === undefined) return false;
  const outputs = below({ in: other.spot.in, node: other.map }, "outputs", need.output);
  const value = textOf(outputs) ?? "";
  return isChosen(value) || expressionsIn(value).some((each) => isChosenOutput(each.inner, other));
}

function isChosen(value: string): boolean {
  return expressionsIn(value).some(({ inner }) => chosenByOthers(inner) !== undefined);
}

/** Whether a step writes what others choose to its output of a name, by an expression or a variable. */
function writesChosen({ script, env }: RunStep, output: string): boolean {
  const lines = script.text
    .split("\n")
    .filter((line) => line.includes(`${output}=`) && /GITHUB_OUTPUT|set-output/u.test(line));
  return lines.some(
    (line) =>
      isChosen(line) ||
      [...line.matchAll(/\$\{?(\w+)/gu)].some(
        ([, name = ""]) => name === "GITHUB_HEAD_REF" || isChosen(env.get(name)?.text ?? ""),
      ),
  );
}
