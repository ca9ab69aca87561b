import type { Answer } from "../../dialogue/session.ts";
import { Failure } from "../../failure.ts";
import { apiTokensConsole } from "../../platform/addresses.ts";
import type { User } from "../../platform/users.ts";
import type { Step } from "../step.ts";

/** Who is signed in: every request of the setup is made with this account's rights. */
export const signInStep: Step = {
  id: "sign-in",
  once: true,
  title: "Signed in",
  needed: ({ request }) => !request.offline,
  basis: () => "",
  open: async (_session, context) => {
    const found = context.operatorToken;
    if (found !== undefined) {
      const { operator } = await context.signIn(found.token).catch((error: unknown) => {
        throw refused(error, found.next);
      });
      return { kind: "settled", answer: signedIn(operator, found.because) };
    }
    const address = apiTokensConsole(context.addresses);
    return {
      kind: "question",
      question: {
        kind: "secret",
        title: "Your own API token",
        help: [
          "machinist acts with your rights while it sets up the machine user: it reads your projects, invites, and sets the variable.",
          `The token stays in memory until machinist ends, unless you have it kept. ${context.vendor.tokenEnv} is read first, as the official CLI does.`,
        ],
        facts: [
          "In the console: your name, My profile, API tokens, Create API token.",
          "To edit files only, without an account: machinist setup --offline",
        ],
        flag: context.vendor.tokenEnv,
        address,
        open: () => context.browse(address),
      },
    };
  },
  take: async (_session, reply, context) => {
    if (reply.kind !== "secret") throw new TypeError("sign-in takes a secret");
    try {
      const { operator } = await context.signIn(reply.value);
      context.pastedToken = reply.value;
      return {
        kind: "answered",
        answer: signedIn(operator, "you pasted the token"),
        applied: false,
      };
    } catch (error) {
      if (!(error instanceof Failure) || error.reason !== "signedOut") throw error;
      return { kind: "again", problem: { sentence: error.parts.what, reason: "signedOut" } };
    }
  },
};

function signedIn(operator: User, because: string): Answer {
  return { value: operator.id, shown: operator.email, because };
}

/** A token that was found and is refused: what to do depends on where it was found. */
function refused(error: unknown, next: string): unknown {
  if (!(error instanceof Failure) || error.reason !== "signedOut") return error;
  return new Failure("signedOut", { ...error.parts, next }, { cause: error });
}
