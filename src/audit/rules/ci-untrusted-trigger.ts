import { tokensOn } from "../../automation/ci-jobs.ts";
import type { ActionStep, CiJob, CiStep } from "../../cifile/ci-file.ts";
import { ciUsesIn, placeOfSpot, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job that forks can start has the token and runs their code. */
export const ciUntrustedTrigger = projectRule({
  id: "ci-untrusted-trigger",
  severity: "error",
  confidence: "high",
  needs: "files",
  security: "critical",
  fixable: "by-hand",
  what: "A CI job that anybody's pull request can start has the API token and fetches the pull request's code.",
  why: "With pull_request_target, workflow_run and issue_comment a run has the repository's secrets, also for a fork. What it then fetches of the fork (a script, a package's install step, a configuration) runs where the token is. (GitHub's page “Securely using pull_request_target”.)",
  example: {
    before: `on: pull_request_target\n…\n- uses: actions/checkout@v4\n  with:\n    ref: \${{ github.event.pull_request.head.sha }}`,
    after: "on: pull_request\n…\n- uses: actions/checkout@v4",
  },
  ignore:
    "Nothing of the fetched code is run or read by a program, and nobody will ever change that.",
  check: (facts) =>
    ciUsesIn(facts).flatMap(({ job }) => {
      const event = [...job.file.triggers.events].find((name) => reachable.has(name));
      const withToken = job.steps.find((step) => tokensOn(step).length > 0 || takesToken(step));
      if (event === undefined || withToken === undefined || isOfOwnBranches(job)) return [];
      // One cause: a job that fetches it twice is told once.
      return job.steps
        .filter((step) => fetchesHead(step, job))
        .slice(0, 1)
        .map((step) => ({
          message: `${job.called} starts at ${event} with the token, and ${step.called} fetches code that others wrote`,
          location: placeOfSpot(step.spot),
          fix: byHand("Keep the token and others' code apart", {
            what: "Whether the job needs the code or the token, only you know",
            next: `leave the checkout out of ${stepOfJob(withToken, job)}, or start the job at pull_request, where forks have no secrets`,
          }),
        }));
    }),
});

const reachable = new Set(["pull_request_target", "workflow_run", "issue_comment"]);

function takesToken(step: CiStep): boolean {
  return (
    step.kind === "action" &&
    step.known?.tokenInput !== undefined &&
    step.inputs.has(step.known.tokenInput)
  );
}

/** Whether the job runs for branches of the repository itself only, by its condition. */
function isOfOwnBranches({ condition = "", steps }: CiJob): boolean {
  const isOwn = (text: string) =>
    /head\.repo(?:sitory)?\.full_name\s*==\s*github\.repository(?![\w_])|head\.repo\.fork\s*==\s*false|!\s*github\.event\.pull_request\.head\.repo\.fork/u.test(
      text,
    );
  return isOwn(condition) || steps.every((step) => isOwn(step.condition ?? ""));
}

const head =
  /pull_request\.head\.(?:sha|ref)|github\.head_ref|workflow_run\.head_(?:sha|branch)|refs\/pull\/|pull\/\$/u;

function fetchesHead(step: CiStep, job: CiJob): boolean {
  if (step.kind === "action") return checksOutHead(step, job);
  return (
    /\bgh\s+pr\s+checkout\b/u.test(step.script.text) ||
    [...step.script.text.matchAll(/\bgit\s+(?:fetch|checkout|pull)\b.*/gu)].some(([line]) =>
      head.test(line),
    )
  );
}

function checksOutHead({ known, inputs, env }: ActionStep, job: CiJob): boolean {
  const ref = known?.checksOut === true ? inputs.get("ref")?.text : undefined;
  if (ref === undefined) return false;
  const variable = /^\$\{\{\s*env\.(\w+)\s*\}\}$/u.exec(ref)?.[1];
  const value = variable === undefined ? ref : (env.get(variable) ?? job.env.get(variable))?.text;
  return head.test(value ?? "");
}
