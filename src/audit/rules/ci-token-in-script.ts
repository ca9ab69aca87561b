import { type CiUse, isTokenVariable } from "../../automation/ci-jobs.ts";
import {
  type Expression,
  expressionsIn,
  secretNamed,
  variableOf,
} from "../../cifile/expressions.ts";
import { namesVendorToken } from "../../vendors/traces.ts";
import { ciUsesIn, partFix, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** The token is pasted into a script before the shell reads it. */
export const ciTokenInScript = projectRule({
  id: "ci-token-in-script",
  severity: "error",
  confidence: "high",
  needs: "files",
  security: "high",
  fixable: "unsafe",
  what: "A script of a CI job has the API token pasted in by an expression.",
  why: "GitHub puts the value in the place of the expression and writes the script to disk with it. There it stands in arguments that every process sees, in traces, and in whatever the script hands on. A variable of the step's env keeps it out of all these. (GitHub's page “Using secrets in workflows”.)",
  example: {
    before: `run: UPSUN_CLI_TOKEN="\${{ secrets.UPSUN_CLI_TOKEN }}" upsun backup:list`,
    after: `env:\n  UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}\nrun: upsun backup:list`,
  },
  ignore: "Never: the step's env does the same.",
  check: (facts) =>
    ciUsesIn(facts).flatMap((use) => {
      const secrets = secretsOf(use);
      return use.parts
        .filter(({ own }) => own)
        .flatMap((part) =>
          expressionsIn(part.script.text)
            .filter((expression) => isToken(expression, secrets, part.step.input))
            .map((expression) => {
              const { start, end, inner } = expression;
              const name = variableFor(expression, part.step.env);
              const title = "Read the token from the step's environment";
              return {
                message: `${stepOfJob(part.step, use.job)} has ${inner} pasted into its script`,
                location: placeInPart(part, { start, end }),
                fix:
                  name === undefined || !isQuoted(part.script.text, start)
                    ? byHand(title, {
                        what: "The step doesn't have the token in its env, or the value stands without double quotes",
                        next: "give the step an env with the secret, and write the variable in double quotes in its place",
                        paste: `env:\n  ${use.tokens[0]?.name ?? "UPSUN_CLI_TOKEN"}: \${{ ${inner} }}`,
                      })
                    : partFix(
                        part,
                        use.job,
                        {
                          title,
                          disposition: "unsafe",
                          because: "the shell puts the value in now",
                        },
                        { start, end, text: `$${name}` },
                      ),
              };
            }),
        );
    }),
});

/** The names of the secrets that this job takes its token from. */
function secretsOf({ tokens }: CiUse): ReadonlySet<string> {
  return new Set(tokens.flatMap(({ variable }) => secretNamed(variable.text) ?? []));
}

function isToken(
  { inner }: Expression,
  secrets: ReadonlySet<string>,
  inputOf: (name: string) => string | undefined,
): boolean {
  const variable = variableOf(inner);
  if (variable !== undefined) return isTokenVariable(variable);
  const [, secret] = /^secrets\s*(?:\.\s*|\[\s*')([\w-]+)(?:'\s*\])?$/iu.exec(inner) ?? [];
  if (secret !== undefined) return secrets.has(secret) || namesVendorToken(secret);
  const [, input] = /^inputs\.([\w-]+)$/u.exec(inner) ?? [];
  if (input === undefined) return false;
  const handedOver = secretNamed(inputOf(input) ?? "");
  return (
    namesVendorToken(input) ||
    (handedOver !== undefined && (secrets.has(handedOver) || namesVendorToken(handedOver)))
  );
}

/** The variable of the step that has the same value. */
function variableFor(
  { inner }: Expression,
  env: ReadonlyMap<string, { readonly text: string }>,
): string | undefined {
  const own = variableOf(inner);
  if (own !== undefined && env.has(own)) return own;
  return [...env].find(([, { text }]) => {
    const [only] = expressionsIn(text);
    return only !== undefined && only.inner === inner && only.end - only.start === text.length;
  })?.[0];
}

/** Whether a place stands between double quotes of its line. */
function isQuoted(script: string, at: number): boolean {
  const line = script.slice(script.lastIndexOf("\n", at) + 1, at);
  return !line.includes("'") && (line.match(/(?<!\\)"/gu) ?? []).length % 2 === 1;
}
