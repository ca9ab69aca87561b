import type { CiUse } from "../../automation/ci-jobs.ts";
import { vendorAddress } from "../../vendors/traces.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job trusts whoever answers. */
export const ciHostKeys = projectRule({
  id: "ci-host-keys",
  severity: "warning",
  confidence: "high",
  needs: "files",
  security: "medium",
  fixable: "by-hand",
  what: "A CI job takes the platform's host keys from whoever answers, or doesn't look at them.",
  why: "ssh-keyscan writes down the key of whoever answers, and StrictHostKeyChecking no takes any: what is pushed or dumped may go to somebody else. The CLI makes a certificate by itself for push, ssh, db:dump and the like, and brings the platform's keys with it. (Source of the official CLI, Ssh; manual: “SSH keys”.)",
  example: {
    before:
      'run: |\n  ssh-keyscan ssh.eu-5.platform.sh >> ~/.ssh/known_hosts\n  upsun ssh --project PROJECT --environment main "drush cr"',
    after: 'run: upsun ssh --project PROJECT --environment main "drush cr"',
  },
  ignore: "The host isn't the platform's.",
  check: (facts) =>
    ciUsesIn(facts).flatMap((use) => {
      const isCliOnly = !connectsItself(use);
      return use.parts.flatMap((part) =>
        part.reading.commands.flatMap((command) => {
          const text = part.text.slice(command.start, command.end);
          const scans = command.program === "ssh-keyscan" && vendorAddress.test(text) && isCliOnly;
          const blind =
            /StrictHostKeyChecking[\s="']*no\b/iu.test(text) && isAboutPlatform(text, use);
          if (!scans && !blind) return [];
          return {
            message: `${stepOfJob(part.step, use.job)} ${
              blind ? "doesn't look at host keys" : "takes the host keys of whoever answers"
            }; the CLI brings the platform's`,
            location: placeInPart(part, command),
            fix: byHand("Leave it to the CLI", {
              what: "What else in the job connects by SSH, only you know",
              next: "take the line out; before a git or ssh of your own, run ssh-cert:load --yes",
            }),
          };
        }),
      );
    }),
});

/** Whether something else than the CLI connects to the platform. */
function connectsItself({ parts }: CiUse): boolean {
  return parts.some(({ reading }) =>
    reading.commands.some(({ program, words }) => {
      if (["ssh", "scp", "rsync", "sftp"].includes(program)) return true;
      const [, verb] = words;
      return program === "git" && ["push", "clone", "fetch", "pull"].includes(verb?.value ?? "");
    }),
  );
}

/** A setting for all hosts is for the platform's, too, where the CLI is called. */
function isAboutPlatform(text: string, { calls }: CiUse): boolean {
  return vendorAddress.test(text) || (!/github\.com|gitlab/u.test(text) && calls.length > 0);
}
