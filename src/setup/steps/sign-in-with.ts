import { basename } from "node:path";
import type { Question } from "../../dialogue/question.ts";
import { replyText } from "../../dialogue/reply.ts";
import { Failure } from "../../failure.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { cliAccessTokens } from "../official-cli.ts";
import type { Step } from "../step.ts";

/** Whether to act with the account that is signed in with the official CLI, where that is installed; never unasked. */
export const signInWith: Step = {
  id: "sign-in-with",
  once: true,
  title: "Sign in",
  needed: ({ request }) => !request.offline && request.officialCli !== undefined,
  basis: () => "",
  open: async ({ request: { officialCli = "" } }, { vendor, operatorToken }) => {
    // Another vendor may have been chosen since the program was looked for.
    if (operatorToken !== undefined || basename(officialCli) !== vendor.binary)
      return { kind: "settled", answer: { ...byToken, because: "as for any vendor" } };
    return { kind: "question", question: questionFor(vendor, officialCli) };
  },
  take: async ({ request: { officialCli } }, reply, context) => {
    const value = replyText(reply);
    const { vendor, env } = context;
    if (value === "token")
      return {
        kind: "answered",
        answer: { ...byToken, because: "you chose" },
        applied: false,
      };
    if (value !== "cli" || officialCli === undefined)
      return {
        kind: "again",
        problem: { sentence: "The answer is cli or token", reason: "usage" },
      };
    const source = cliAccessTokens(officialCli, vendor, env);
    try {
      await source.accessToken();
    } catch (error) {
      if (!(error instanceof Failure) || error.reason !== "signedOut") throw error;
      const { what, why } = error.parts;
      const sentence = [what, why].filter(Boolean).join(": ");
      return { kind: "again", problem: { sentence, reason: "signedOut" } };
    }
    context.found({
      token: source,
      because: `with the account of ${vendor.binary}`,
      next: `sign in again with ${vendor.binary} login, or put an API token into ${vendor.tokenEnv}`,
    });
    return {
      kind: "answered",
      answer: { value, shown: `with the account of ${vendor.binary}`, because: "you chose" },
      applied: false,
    };
  },
};

const byToken = { value: "token", shown: "with an API token" } as const;

function questionFor(vendor: Vendor, officialCli: string): Question {
  return {
    kind: "choice",
    title: "With which account?",
    help: [
      `${vendor.binary} is installed here. Who is signed in there needn't make an API token: machinist can ask it for an access token (${vendor.binary} auth:token), which stays in memory.`,
      "Such a token lasts 15 minutes; a new one is fetched while the CLI is signed in. It can't be kept in the keychain, and what asks for a fresh sign-in, such as making API tokens, is refused with it.",
    ],
    facts: [`The program is ${officialCli}.`],
    flag: vendor.tokenEnv,
    alwaysAsked: true,
    choices: [
      { value: "cli", label: `The one of ${vendor.binary}`, detail: "an access token from it" },
      { value: "token", label: "Another one", detail: "you paste an API token" },
    ],
    preset: {
      value: "token",
      because: "no program is asked for a token unless you say so",
      certain: true,
    },
  };
}
