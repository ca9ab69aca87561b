import { permissionWords } from "../../change/words.ts";
import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { projectOf } from "../session.ts";
import type { Step } from "../step.ts";
import { isMadeFrom, sameAddress } from "../steps/email.ts";

/** Whose token is replaced: the machine user is one of the accounts on the project. */
export const account: Step = {
  id: "email",
  title: "Machine user",
  needed: () => true,
  basis: ({ answers }) => answers.project?.value ?? "",
  open: async (session, context) => {
    const { access, operator } = context.platform();
    const others = (await access(projectOf(session))).flatMap(({ email, permissions, user }) =>
      email === undefined || user === operator.id ? [] : [{ email, permissions }],
    );
    const [only, second] = others;
    const [likely, another] = others.filter(({ email }) => isMadeFrom(email, operator.email));
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: "Which account is the machine user?",
        help: [
          "The token is taken only if it belongs to this account.",
          "An account that reaches the project through a team isn't listed; name it with --email.",
        ],
        facts: others.length === 0 ? ["Nobody else has access to the project by themselves."] : [],
        flag: "--email",
        choices: others.map(({ email, permissions }) => ({
          value: email,
          label: email,
          detail: permissionWords(permissions),
        })),
        ...(only !== undefined && second === undefined
          ? {
              preset: {
                value: only.email,
                because: "the only other account on the project",
                certain: true,
              },
            }
          : likely !== undefined && another === undefined
            ? {
                preset: {
                  value: likely.email,
                  because: "a guess: its address is made from yours",
                  certain: false,
                },
              }
            : {}),
      },
    };
  },
  take: async (_session, reply, context) => {
    const address = replyText(reply);
    if (sameAddress(address, context.platform().operator.email)) {
      const sentence = "That is your own address; the machine user has one of its own";
      return { kind: "again", problem: { sentence, reason: "usage" } };
    }
    return answerOnly({ value: address, shown: address, because: "you chose" });
  },
};
