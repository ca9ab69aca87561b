import type { CiUse } from "../../automation/ci-jobs.ts";
import { isTokenVariable } from "../../automation/ci-jobs.ts";
import { ciUsesIn, placeOfSpot } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job has the token and does nothing with it. */
export const ciTokenUnused = projectRule({
  id: "ci-token-unused",
  severity: "warning",
  confidence: "high",
  needs: "files",
  security: "medium",
  fixable: "by-hand",
  what: "A CI job has the API token, and none of its steps uses it.",
  why: "Every step and every action of the job can read a token that none of them needs. At the top of a workflow whose jobs only call other workflows, it doesn't even reach them. (GitHub's page “Reusing workflows”.)",
  example: {
    before: `env:\n  UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}\nrun: npm test`,
    after: "run: npm test",
  },
  ignore: "A program that the job starts calls the CLI in a way that can't be seen.",
  check: (facts) =>
    ciUsesIn(facts).flatMap((use) => {
      const { job, tokens } = use;
      if (mayUse(use)) return [];
      return tokens.map(({ name, variable }) => ({
        message:
          job.reuses === undefined
            ? `${job.called} has ${name}, and no step of it calls the CLI`
            : `${name} is set for ${job.called}, which only calls the workflow ${job.reuses.text}; that doesn't get it`,
        location: placeOfSpot(variable.spot),
        fix: byHand("Set the token where it is used", {
          what: "Whether it was meant for another step, only you know",
          next: "take it out, or move it to the step that calls the CLI",
        }),
      }));
    }),
});

/** Programs that have no use for the token, whatever they are told. */
const plain = new Set(
  `: [ [[ basename cat cd chmod cp curl cut date dirname echo exit export false find git grep head jq ls mkdir mv
  printf pwd read rm sed set sleep sort tail tar tee test touch tr true uniq unzip wc which zip`.split(
    /\s+/u,
  ),
);

function mayUse({ job, parts, calls, binaries, installs, usesByAction }: CiUse): boolean {
  if (calls.length > 0 || usesByAction || binaries.size > 0 || installs.length > 0) return true;
  if (job.notFollowed.length > 0 && job.reuses === undefined) return true;
  if (job.steps.some((step) => step.kind === "run" && step.shell.kind === "other")) return true;
  const unknown = job.steps.some(
    (step) => step.kind === "action" && !/^actions\/[\w-]+$/u.test(step.name),
  );
  return (
    unknown ||
    parts.some(({ reading, text }) => {
      const isPlain = reading.commands.every(({ program }) => program === "" || plain.has(program));
      return !isPlain || [...text.matchAll(/\w+_TOKEN/gu)].some(([name]) => isTokenVariable(name));
    })
  );
}
