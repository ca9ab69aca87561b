import type { CiInstallation } from "../../automation/ci-jobs.ts";
import { isVerified } from "../../shell/installation.ts";
import { ciUsesIn, keyFix, partFix, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { projectRule } from "../rule.ts";

/** The installer is piped into a shell, and nobody learns when the download fails. */
export const ciInstallUnverified = projectRule({
  id: "ci-install-unverified",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A CI job pipes the CLI's installer into what runs it, and goes on when the download fails.",
  why: "GitHub runs a script with bash -e and without pipefail unless the step says shell: bash, so that only the last command of a pipe counts: a shell that was given nothing has succeeded. Without -f, curl hands on the server's error page. (GitHub's page “Workflow syntax”, on shell; manual page of curl.)",
  example: {
    before: "run: curl -sS https://platform.sh/cli/installer | php",
    after: "shell: bash\nrun: curl -fsS https://platform.sh/cli/installer | php",
  },
  ignore: "A later command of the job looks whether the CLI is there, and of which version.",
  check: (facts) =>
    ciUsesIn(facts).flatMap(({ job, installs }) =>
      installs.flatMap((found) => {
        const { installation, part } = found;
        const { piped, fails, start, end, download } = installation;
        if (!piped || !part.own) return [];
        const said = stepOfJob(part.step, job);
        const curl = /^\s*curl\b/u.exec(download)?.[0].length;
        const { map, shell } = part.step;
        const errexit = shell.kind !== "other" && shell.errexit;
        const isLookedAt = isVerified(part.text, end, { errexit });
        return [
          ...(fails || curl === undefined || isLookedAt
            ? []
            : [
                {
                  message: `${said} runs what it downloads as the installer, even an error page`,
                  location: placeInPart(part, { start, end: start + download.length }),
                  fix: partFix(
                    part,
                    job,
                    {
                      title: "Have curl fail on an error",
                      promises: {
                        kind: "words",
                        call: { in: "", start, end: start + download.length, name: "curl" },
                        change: { add: "-f", after: "curl" },
                      },
                    },
                    { start: start + curl, end: start + curl, text: " -f" },
                  ),
                },
              ]),
          ...(failsWithinPipes(found) || isLookedAt
            ? []
            : [
                {
                  message: `${said} goes on when the installer can't be downloaded: its shell has no pipefail`,
                  location: placeInPart(part, { start, end }),
                  ...(map === undefined
                    ? {}
                    : {
                        fix: keyFix(
                          { spot: part.step.spot, file: job.file },
                          map,
                          {
                            title: "Run the step in a shell with pipefail",
                            disposition: "unsafe",
                            because: "other pipes of the step may end it then, too",
                          },
                          { key: "shell", value: "bash", before: "run" },
                        ),
                      }),
                },
              ]),
        ];
      }),
    ),
});

/** Whether a failure within a pipe counts in the shell at that place. */
function failsWithinPipes({ part, installation }: CiInstallation): boolean {
  const { shell } = part.step;
  if (shell.kind === "other" || shell.pipefail) return true;
  return /^[ \t]*set[ \t]+-\w*o[ \t]+pipefail/mu.test(part.text.slice(0, installation.start));
}
