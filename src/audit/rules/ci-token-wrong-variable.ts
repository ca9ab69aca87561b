import {
  type CiJobCall,
  isTokenVariable,
  tokensOn,
  tokenVariableOf,
  variablesSetBy,
} from "../../automation/ci-jobs.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** The token is in a variable that the CLI that is called doesn't read. */
export const ciTokenWrongVariable = projectRule({
  id: "ci-token-wrong-variable",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A CI job has the API token in a variable that the CLI it calls doesn't read.",
  why: "platform reads PLATFORMSH_CLI_TOKEN and upsun reads UPSUN_CLI_TOKEN, and neither knows the other's. The CLI then says that nobody is logged in. (Source of the official CLI; manual: “API tokens”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: `env:\n  PLATFORMSH_CLI_TOKEN: \${{ secrets.TOKEN }}\nrun: upsun backup:create --yes --wait`,
    after: `env:\n  UPSUN_CLI_TOKEN: \${{ secrets.TOKEN }}\nrun: upsun backup:create --yes --wait`,
  },
  ignore: "The machine that runs the job is signed in by itself.",
  check: (facts) =>
    ciUsesIn(facts).flatMap(({ job, calls, parts }) => {
      const set = parts.flatMap(({ reading }) =>
        [...variablesSetBy(reading)].filter(isTokenVariable),
      );
      return calls.flatMap((each) => {
        const wanted = tokenVariableOf(each.call.binary);
        const there = [...tokensOn(each.part.step), ...each.call.command.set, ...set].filter(
          isTokenVariable,
        );
        const [other] = there;
        if (wanted === undefined || other === undefined || there.includes(wanted)) return [];
        if (!isFirst(each, calls)) return [];
        return {
          message: `${stepOfJob(each.part.step, job)} calls ${each.call.program}, which reads ${wanted}; the token is in ${other}`,
          location: placeInPart(each.part, each.call),
          fix: byHand(`Name the variable ${wanted}`, {
            what: "Whether other steps use it by its old name, only you know",
            next: `write ${wanted} in place of ${other} where the step gets it`,
          }),
        };
      });
    }),
});

function isFirst({ part, call }: CiJobCall, calls: readonly CiJobCall[]): boolean {
  const [first] = calls.filter(
    (other) => other.part.step === part.step && other.call.binary === call.binary,
  );
  return first?.call === call;
}
