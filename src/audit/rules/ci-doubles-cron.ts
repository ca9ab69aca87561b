import { jobsOf } from "../../automation/job.ts";
import { actsOn } from "../../automation/target.ts";
import { changesPlatform, flagValue } from "../../shell/cli-call.ts";
import { ciUsesIn, placeInPart } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A scheduled workflow does what a cron of the app does already. */
export const ciDoublesCron = projectRule({
  id: "ci-doubles-cron",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "by-hand",
  what: "A scheduled workflow does what a cron of the app does already, on the same environment.",
  why: "The work is done twice, by two accounts and on two schedules: two backups, which count against the limit, or two synchronisations that wait for each other. (Manual: “Back up environments”.)",
  manual: "environments/backup",
  example: {
    before:
      "on:\n  schedule:\n    - cron: '23 3 * * *'\n… upsun backup:create …   # and a cron backup in .upsun/config.yaml",
    after: "# one of the two",
  },
  ignore: "Both are wanted.",
  check: (facts) => {
    const crons = (facts.apps ?? []).flatMap(jobsOf).filter(({ kind }) => kind === "cron");
    return ciUsesIn(facts)
      .filter(({ job }) => job.file.triggers.schedules.length > 0)
      .flatMap(({ job, calls }) =>
        calls
          .filter(({ call }) => changesPlatform(call))
          .flatMap(({ call, part }) => {
            const branch = flagValue(call, "--environment", "e");
            const twin = crons.find(({ calls: own }) =>
              own.some(
                (other) =>
                  other.name === call.name &&
                  branch !== undefined &&
                  /^[\w./-]+$/u.test(branch) &&
                  actsOn(other, { branch }) === "yes",
              ),
            );
            if (twin === undefined) return [];
            return {
              message: `${job.called} runs ${call.name} on ${branch}, as ${twin.called} does`,
              location: placeInPart(part, call),
              fix: byHand("Keep one of them", {
                what: "Which of the two is to stay, only you know",
                next: "take one out; the platform's own cron isn't late, and isn't switched off after 60 quiet days",
              }),
            };
          }),
      );
  },
});
