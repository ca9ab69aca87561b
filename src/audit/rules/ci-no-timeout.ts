import type { CiJobCall } from "../../automation/ci-jobs.ts";
import { hasFlag, waitsByDefault } from "../../shell/cli-call.ts";
import { ciUsesIn, keyFix, placeOfSpot } from "../findings/ci-findings.ts";
import { projectRule } from "../rule.ts";

/** A job waits, and nothing ends it for six hours. */
export const ciNoTimeout = projectRule({
  id: "ci-no-timeout",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "A workflow's job waits for the platform and has no time limit of its own.",
  why: "The CLI waits for an activity without end, and GitHub ends a job only after six hours, which are paid for and keep the next run waiting. (GitHub's page “Actions limits”; source of the official CLI.)",
  example: {
    before: "runs-on: ubuntu-24.04\nsteps:\n  - run: upsun backup:create --yes --wait",
    after:
      "timeout-minutes: 60\nruns-on: ubuntu-24.04\nsteps:\n  - run: upsun backup:create --yes --wait",
  },
  ignore: "The machine that runs the job has a limit of its own.",
  check: (facts) =>
    ciUsesIn(facts)
      .filter(({ job }) => job.system === "github" && job.timeout === undefined)
      .flatMap(({ job, calls }) => {
        const waiting = calls.find((each) => waits(each) && !isLimited(each));
        if (waiting === undefined) return [];
        return {
          message: `${job.called} waits for ${waiting.call.name} and has no timeout-minutes`,
          location: placeOfSpot(job.spot),
          fix: keyFix(
            job,
            job.map,
            {
              title: "Give the job a limit of 60 minutes",
              disposition: "unsafe",
              because: "how long it takes at most, only you know",
            },
            { key: "timeout-minutes", value: 60, before: "runs-on" },
          ),
        };
      }),
});

function waits({ call }: CiJobCall): boolean {
  if (hasFlag(call, "--no-wait", "W")) return false;
  return waitsByDefault(call) || hasFlag(call, "--wait");
}

/** Whether the step has a limit, or a program in front of the call keeps one. */
function isLimited({ part, call }: CiJobCall): boolean {
  if (part.step.map?.has("timeout-minutes") === true) return true;
  const line = part.text.slice(call.command.start, call.command.end);
  return /^\s*(?:\w+=\S*\s+)*timeout\s/u.test(line);
}
