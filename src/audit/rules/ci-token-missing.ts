import {
  type CiJobCall,
  type CiUse,
  isTokenVariable,
  tokensOn,
  tokenVariableOf,
  variablesSetBy,
} from "../../automation/ci-jobs.ts";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A step calls the CLI and has no token. */
export const ciTokenMissing = projectRule({
  id: "ci-token-missing",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A step of a workflow calls the CLI, and nothing gives it the API token.",
  why: "GitHub hands a secret only to the steps whose env names it. Actions that install the CLI mostly don't leave it for the steps behind them, and the env of a workflow doesn't reach the workflows that it calls. Without the token the CLI asks for a login, and fails. (GitHub's page “Using secrets in workflows”; manual: “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "run: upsun backup:create --yes --wait",
    after: `env:\n  UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}\nrun: upsun backup:create --yes --wait`,
  },
  ignore: "The machine that runs the job is signed in by itself.",
  check: (facts) =>
    ciUsesIn(facts)
      .filter(
        ({ job }) =>
          job.system === "github" && !/self-hosted/u.test(job.runsOn?.text ?? "self-hosted"),
      )
      .flatMap((use) =>
        firstOfSteps(use.calls.filter((call) => needsLogin(call) && !hasAnyToken(call, use))).map(
          ({ call, part }) => {
            const name = tokenVariableOf(call.binary) ?? "the token's variable";
            return {
              message: `${stepOfJob(part.step, use.job)} calls ${call.program} without ${name} in its env`,
              location: placeInPart(part, call),
              fix: byHand(`Give the step ${name}`, {
                what: "In which secret the token is, only you know",
                next: "give the step an env with the secret",
                paste: `env:\n  ${name}: \${{ secrets.${name} }}`,
              }),
            };
          },
        ),
      ),
});

function firstOfSteps(calls: readonly CiJobCall[]): readonly CiJobCall[] {
  return calls.filter(
    ({ part }, index) => calls.findIndex((other) => other.part.step === part.step) === index,
  );
}

/** Commands that tell about the CLI itself, or about files. */
const withoutLogin =
  /^(?:|help|list|completion|docs|welcome|bot|decode|clear-cache|app:config-validate|(?:self|local|auth):.*|project:(?:init|convert))$/u;

function needsLogin({ call }: CiJobCall): boolean {
  const asksOnly = call.flags.some((flag) => /^(?:--version|--help|-[Vh])$/u.test(flag));
  return !asksOnly && !withoutLogin.test(call.name);
}

/** Whether anything gives the call a token, be it another's: that is for another rule to tell. */
function hasAnyToken({ call, part }: CiJobCall, { parts }: CiUse): boolean {
  if (tokensOn(part.step).length > 0 || call.command.set.some(isTokenVariable)) return true;
  return parts.some(
    ({ reading, text }) =>
      [...variablesSetBy(reading)].some(isTokenVariable) || sessions.test(text),
  );
}

/** Sessions that are changed, or kept in a vendor's folder in the home. */
const sessions = new RegExp(
  `session:switch|\\.${patternOfAny(allVendors.map(({ id }) => id))}/\\.session`,
  "u",
);
