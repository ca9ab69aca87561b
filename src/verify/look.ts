import { answerOnly, replyText, secret } from "../dialogue/reply.ts";
import { Failure } from "../failure.ts";
import { apiTokensConsole } from "../platform/addresses.ts";
import { projectOf } from "../setup/session.ts";
import type { Step } from "../setup/step.ts";
import { handedOver } from "../setup/steps/token.ts";

/** Whether the machine user's own token is there to look with: it alone shows what its account may do. */
export const withToken: Step = {
  id: "with-token",
  title: "Machine user's view",
  needed: () => true,
  basis: ({ answers }) => answers.project?.value ?? "",
  open: async (session, context) => {
    if (session.request.machineToken !== undefined) {
      context.machineToken = session.request.machineToken;
      return {
        kind: "settled",
        answer: { value: "yes", shown: "with its token", because: "you handed it over" },
      };
    }
    const holder = { machineUserOf: projectOf(session) };
    const kept = await context.kept.read(holder).catch((error: unknown) => {
      if (!(error instanceof Failure) || error.reason === "interrupted") throw error;
      return undefined;
    });
    if (kept !== undefined) {
      context.machineToken = kept;
      return {
        kind: "settled",
        answer: { value: "kept", shown: "with its token", because: "from the system keychain" },
      };
    }
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: "Look with the machine user's own token, too?",
        help: [
          "Only its own token shows what the machine user may do: which projects it sees, its role, its SSH keys. The token that is set can't be read back; it has to be handed over again.",
        ],
        facts: [],
        flag: "--machine-token-stdin",
        alwaysAsked: true,
        choices: [
          { value: "no", label: "No", detail: "its rights are left out of the checklist" },
          { value: "yes", label: "Yes", detail: "asks for the token" },
        ],
        preset: { value: "no", because: "it was not handed over", certain: true },
      },
    };
  },
  take: async (_session, reply) => {
    const value = replyText(reply);
    if (value !== "yes" && value !== "no") {
      return { kind: "again", problem: { sentence: "The answer is yes or no", reason: "usage" } };
    }
    const because = "you chose";
    return answerOnly(
      value === "yes"
        ? { value, shown: "with its token", because }
        : { value, shown: "not looked at", because, stands: "not known" },
    );
  },
};

/** The machine user's token, to look with; whoever's it is, the checklist says. */
export const lookToken: Step = {
  id: "token",
  title: "Token",
  needed: ({ answers }) => answers["with-token"]?.value === "yes",
  basis: ({ answers }) => `${answers.project?.value} ${answers["with-token"]?.value}`,
  open: async (session, context) => ({
    kind: "question",
    question: {
      kind: "secret",
      ...handedOver(session),
      title: "The machine user's API token",
      help: ["It is kept in memory, and leaves this computer only for the platform."],
      facts: [],
      flag: "--machine-token-stdin",
      address: apiTokensConsole(context.addresses),
    },
  }),
  take: async (_session, reply, context) => {
    context.machineToken = secret(reply);
    return answerOnly({ value: "given", shown: "handed over", because: "you chose" });
  },
};
