import { tokensOn, variablesSetBy } from "../../automation/ci-jobs.ts";
import { namesToken, tokenLeaks, tokenPieces } from "../../shell/token-leak.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A CI job writes the token, or a part of it, to its log. */
export const ciTokenShown = projectRule({
  id: "ci-token-shown",
  severity: "error",
  confidence: "high",
  needs: "files",
  security: "critical",
  fixable: "by-hand",
  what: "A CI job prints the API token, a part of it, or all variables with it.",
  why: "CI systems hide a secret in logs only where it stands whole and unchanged: a part of it, its length, or a form of it that is encoded gets through, and logs are read by everybody who sees the repository. (GitHub's page “Secrets reference”; manual: “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: `run: echo "starts with \${PLATFORMSH_CLI_TOKEN:0:4}"`,
    after: 'run: test -n "$PLATFORMSH_CLI_TOKEN" && echo "the token is set"',
  },
  ignore: "Never: revoke the token once it was printed.",
  check: (facts) =>
    ciUsesIn(facts).flatMap(({ job, parts }) =>
      parts.flatMap((part) => {
        // The settings of GitLab give its variables to every job.
        const isThere =
          job.system === "gitlab" ||
          tokensOn(part.step).length > 0 ||
          [...variablesSetBy(part.reading)].some(namesToken);
        if (!isThere) return [];
        return [...tokenLeaks(part.text, true), ...tokenPieces(part.text)].map(
          ({ says, ...place }) => ({
            message: `${stepOfJob(part.step, job)} ${says}`,
            location: placeInPart(part, place),
            fix: byHand("Take the line out", {
              what: "Whether somebody has read the log, nobody can tell",
              next: "take the line out, and replace the token: machinist rotate",
            }),
          }),
        );
      }),
    ),
});
