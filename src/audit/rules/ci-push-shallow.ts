import { isMap } from "yaml";
import type { CiJobCall, CiPart, CiUse } from "../../automation/ci-jobs.ts";
import type { ActionStep } from "../../cifile/ci-file.ts";
import { flagValue } from "../../shell/cli-call.ts";
import { hasBehind } from "../evidence/has-behind.ts";
import { ciUsesIn, placeInPart, placeOfSpot, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job pushes a part of the history, or a commit without a branch. */
export const ciPushShallow = projectRule({
  id: "ci-push-shallow",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A CI job pushes from a clone that has only the latest commits, or from no branch.",
  why: "CI systems fetch few commits, and Git refuses to push them to a repository that lacks those before: “shallow update not allowed”. GitLab's jobs and GitHub's for pull requests aren't on a branch either, and the CLI then has to be told where to push. (README of actions/checkout; GitLab's page “Shallow cloning”.)",
  example: {
    before: "- uses: actions/checkout@v4\n- run: upsun push --yes --wait",
    after:
      '- uses: actions/checkout@v4\n  with:\n    fetch-depth: 0\n- run: upsun push --target "$GITHUB_REF_NAME" --yes --wait',
  },
  ignore: "The platform has the history already.",
  check: (facts) =>
    ciUsesIn(facts).flatMap((use) => {
      const pushes = use.calls.filter(({ call }) => call.name === "environment:push");
      return [
        ...pushes.flatMap((each) => [
          ...shallow({ part: each.part, at: each.call }, use),
          ...targetless(each, use),
        ]),
        ...use.gitPushes.flatMap(({ part, command }) => shallow({ part, at: command }, use)),
      ];
    }),
});

/** A push, by the CLI or by Git itself. */
interface Push {
  readonly part: CiPart;
  readonly at: { readonly start: number; readonly end: number };
}

function makesClone(script: string): boolean {
  return hasBehind(script, /[\n;&|]/u, /\bgit\s/u, /\s(?:clone|init)\b/u);
}

function fetchesMore(script: string): boolean {
  return script.includes("--unshallow") || hasBehind(script, "\n", /fetch\s/u, /--depth/u);
}

function shallow({ part, at }: Push, { job, parts }: CiUse) {
  if (parts.some(({ text }) => fetchesMore(text))) return [];
  // What is pushed may be another clone than the one that was checked out.
  if (part.step.folder === undefined || parts.some(({ text }) => makesClone(text))) return [];
  if (job.system === "gitlab") {
    if (job.depth?.text === "0" || job.env.get("GIT_STRATEGY")?.text === "none") return [];
    return [
      {
        message: `${job.called} pushes from a clone of few commits: it has no GIT_DEPTH of 0`,
        location: placeInPart(part, at),
        fix: byHand("Fetch the whole history", {
          what: "The job's variables may come from elsewhere",
          next: "give the job the variable",
          paste: "variables:\n  GIT_DEPTH: 0",
        }),
      },
    ];
  }
  const before = job.steps.slice(0, job.steps.indexOf(part.step));
  const checkout = before
    .toReversed()
    .find((step): step is ActionStep => step.kind === "action" && step.known?.checksOut === true);
  if (checkout === undefined || checkout.inputs.get("fetch-depth")?.text === "0") return [];
  const inputs = checkout.map?.get("with");
  const paste = isMap(inputs) ? "fetch-depth: 0" : "with:\n  fetch-depth: 0";
  return [
    {
      message: `${stepOfJob(checkout, job)} fetches only the latest commit, and ${part.step.called} pushes it`,
      location: placeOfSpot(checkout.uses.spot),
      fix: byHand("Fetch the whole history", {
        what: "The step fetches one commit unless it is told otherwise",
        next: `put this below ${checkout.uses.text}`,
        paste,
      }),
    },
  ];
}

function targetless({ part, call }: CiJobCall, { job }: CiUse) {
  const { events } = job.file.triggers;
  const isDetached =
    job.system === "gitlab" || events.has("pull_request") || events.has("pull_request_target");
  if (!isDetached || flagValue(call, "--target") !== undefined) return [];
  return [
    {
      message: `${stepOfJob(part.step, job)} pushes from no branch, and doesn't say with --target where to`,
      severity: "warning" as const,
      location: placeInPart(part, call),
      fix: byHand("Say where to push", {
        what: "Which environment is meant, only you know",
        next: "add --target with the environment's name",
      }),
    },
  ];
}
