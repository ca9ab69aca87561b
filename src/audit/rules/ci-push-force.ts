import { usualDefaults } from "../../git/production.ts";
import { flagValue, hasFlag } from "../../shell/cli-call.ts";
import { ciUsesIn, partFix, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { projectRule } from "../rule.ts";

/** A job overwrites production's history. */
export const ciPushForce = projectRule({
  id: "ci-push-force",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "A CI job pushes to the production environment with --force.",
  why: "A forced push throws away what the platform has and the job doesn't know: a hotfix, the commit of a source operation, a later run that was faster. Without --force Git refuses, and somebody looks into it. (Manual page of git push.)",
  example: {
    before: "run: upsun push --target main --force --yes --wait",
    after: "run: upsun push --target main --force-with-lease --yes --wait",
  },
  ignore: "The platform's repository is only ever a copy of this one.",
  check: (facts) =>
    ciUsesIn(facts).flatMap(({ job, calls }) =>
      calls
        .filter(({ call, part }) => {
          if (call.name !== "environment:push" || !part.own) return false;
          const target = flagValue(call, "--target");
          const production = new Set([facts.defaultBranch?.name, ...usualDefaults, "production"]);
          return hasFlag(call, "--force", "f") && target !== undefined && production.has(target);
        })
        .map(({ call, part }) => {
          const force = call.arguments.find(({ text }) => text === "--force");
          const { start, end } = force ?? call;
          return {
            message: `${stepOfJob(part.step, job)} pushes to ${flagValue(call, "--target")} with --force`,
            location: placeInPart(part, call),
            ...(force === undefined
              ? {}
              : {
                  fix: partFix(
                    part,
                    job,
                    {
                      title: "Push with --force-with-lease",
                      disposition: "unsafe",
                      because: "the push is refused then where somebody else has pushed",
                    },
                    { start, end, text: "--force-with-lease" },
                  ),
                }),
          };
        }),
    ),
});
