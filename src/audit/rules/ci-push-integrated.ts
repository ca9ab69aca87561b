import { actsFromCi } from "../../automation/ci-jobs.ts";
import { environmentNamed } from "../../automation/target.ts";
import { valueIn } from "../../fact.ts";
import { sourceInWords } from "../../platform/integrations.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job pushes with the CLI to a project that takes its code from a Git host. */
export const ciPushIntegrated = projectRule({
  id: "ci-push-integrated",
  severity: "error",
  confidence: "high",
  needs: "platform",
  reads: ["integrations"],
  fixable: "by-hand",
  what: "A CI job pushes with the CLI to a project that takes its code from a Git host.",
  why: "With a source integration the platform's repository is a mirror of the host's: the CLI refuses to push there, and what got there otherwise is overwritten by the next push to the host, which deploys by itself. (Manual: “Source integrations”.)",
  manual: "integrations/source",
  example: {
    before:
      "run: upsun push --target main --yes --wait   # and the project has a GitHub integration",
    after: "run: git push origin main   # the integration deploys it",
  },
  ignore: "The push goes to another project.",
  check: (facts) => {
    const { platform } = facts;
    const [source] = (platform && valueIn(platform.integrations)) ?? [];
    if (platform === undefined || source === undefined) return [];
    const from = sourceInWords(source);
    return ciUsesIn(facts).flatMap(({ job, calls }) =>
      calls
        .filter(({ call }) => call.name === "environment:push")
        .flatMap((each) => {
          const { call, part } = each;
          // Whichever environment it is for; a project that isn't named may be another one.
          const environment = environmentNamed(call) ?? "";
          const acts = actsFromCi(each, { project: platform.project.id, environment });
          if (acts === "no") return [];
          return {
            message: `${stepOfJob(part.step, job)} pushes with the CLI, and the project takes its code from ${from}`,
            ...(acts === "yes"
              ? {}
              : { severity: "warning" as const, confidence: "medium" as const }),
            location: placeInPart(part, call),
            fix: byHand("Push to the Git host instead", {
              what: "Only you know which of the two is meant to hold the code",
              next: "push to the host, which deploys by its integration, or remove the integration",
            }),
          };
        }),
    );
  },
});
