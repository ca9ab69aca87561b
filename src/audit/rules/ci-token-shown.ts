import { type CiPart, type CiUse, tokensOn, variablesSetBy } from "../../automation/ci-jobs.ts";
import type { CiJob } from "../../cifile/ci-file.ts";
import { namesToken, printsRequests, tokenLeaks, tokenPieces } from "../../shell/token-leak.ts";
import { ciUsesIn, placeInPart, placeOfSpot, stepOfJob } from "../findings/ci-findings.ts";
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
    ciUsesIn(facts).flatMap((use) => [
      ...use.parts.flatMap((part) =>
        hasToken(part, use.job)
          ? [...tokenLeaks(part.text, true), ...tokenPieces(part.text)]
              .filter(({ start, end }) => !masking.test(part.text.slice(start, end)))
              .map(({ says, ...place }) => ({
                message: `${stepOfJob(part.step, use.job)} ${says}`,
                location: placeInPart(part, place),
                fix: takeOut,
              }))
          : [],
      ),
      ...debugging(use).map(({ step, name, spot }) => ({
        message: `${stepOfJob(step, use.job)} has ${name} set, by which the CLI prints its requests, the token's among them`,
        location: placeOfSpot(spot),
        fix: takeOut,
      })),
    ]),
});

/** What GitHub reads from the output, and takes for something to hide (its page “Workflow commands”). */
const masking = /^\s*echo\s+["']?::add-mask::/u;

const takeOut = byHand("Take the line out", {
  what: "Whether somebody has read the log, nobody can tell",
  next: "take the line out, and replace the token: machinist rotate",
});

/** Whether a script has a token among its variables. The settings of GitLab give its variables to every job. */
function hasToken({ step, reading }: CiPart, { system }: CiJob): boolean {
  const isSet = tokensOn(step).length > 0 || [...variablesSetBy(reading)].some(namesToken);
  return isSet || system === "gitlab";
}

/** The variables by which the CLI prints its requests, each with the first step that calls it and has the variable. */
function debugging({ calls, job }: CiUse) {
  const found = calls
    .filter(({ part }) => hasToken(part, job))
    .flatMap(({ part: { step } }) =>
      [...step.env].flatMap(([name, { text, spot }]) =>
        printsRequests(name, text) ? [{ step, name, spot }] : [],
      ),
    );
  return [...new Map(found.toReversed().map((each) => [each.spot.start, each])).values()];
}
