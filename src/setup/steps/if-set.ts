import { flagState, flagWords } from "../../change/words.ts";
import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { sameFlags, type VariableFlags } from "../../platform/variables.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { runsOnPlatform } from "../tasks/chosen.ts";
import { ownTokenVariable, wantedFlags } from "../token/token-variable.ts";

/** What becomes of a variable that is set already: its value can't be read, so nothing is taken for granted. */
export const ifSet: Step = {
  id: "if-set",
  title: "Variable there",
  needed: (session) => {
    const { offline, only } = session.request;
    return !offline && only.includes("variable") && runsOnPlatform(session);
  },
  basis: ({ answers }) => `${answers.project?.value} ${answers.environment?.value}`,
  open: async (session, context) => {
    const name = context.vendor.tokenVariable;
    const there = await ownTokenVariable(session, context);
    if (there === undefined) {
      const shown = `${name} is not set yet`;
      return { kind: "settled", answer: { value: "new", shown, because: "as the API says" } };
    }
    if (handsOver(session)) {
      return {
        kind: "settled",
        answer: {
          value: "replace",
          shown: "its value is replaced",
          because: "a token was handed over",
        },
      };
    }
    const wanted = await wantedFlags(session, context, there.flags);
    const right = sameFlags(there.flags, wanted);
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: `${name} is set already. What is to become of it?`,
        help: [
          "Its value can't be read back when it is sensitive, so nobody can say here whose token it is.",
          "Once the value is replaced, the old one is gone from the platform; the token itself works until its account revokes it.",
        ],
        facts: [sinceWhen(there), ...flagLines(there.flags, wanted)],
        flag: "--if-set",
        choices: [
          {
            value: "correct",
            label: "Keep the value and correct the flags",
            ...(right ? { disabled: "they are as they should be" } : {}),
          },
          {
            value: "replace",
            label: "Replace the value by the machine user's token",
            detail: "the old value is gone then",
          },
          { value: "leave", label: "Leave it as it is" },
        ],
        preset: right
          ? { value: "leave", because: "its flags are as they should be", certain: true }
          : { value: "correct", because: "its flags are not as they should be", certain: true },
      },
    };
  },
  take: async (_session, reply) => {
    const value = replyText(reply);
    const shown = shownBy.get(value);
    if (shown === undefined) {
      return {
        kind: "again",
        problem: { sentence: "The answer is correct, replace or leave", reason: "usage" },
      };
    }
    return answerOnly({ value, shown, because: "you chose" });
  },
};

const shownBy = new Map([
  ["correct", "the value stays, its flags are corrected"],
  ["replace", "its value is replaced"],
  ["leave", "it is left as it is"],
]);

/** A token that was handed over beforehand is meant for the variable, unless the flag says otherwise. */
function handsOver({ request: { machineToken, given } }: Session): boolean {
  return machineToken !== undefined && given["if-set"] === undefined;
}

function sinceWhen(dates: { readonly createdAt?: string; readonly updatedAt?: string }): string {
  const day = (date: string) => date.slice(0, 10);
  const { createdAt, updatedAt } = dates;
  const since = createdAt === undefined ? "It is set" : `It has been set since ${day(createdAt)}`;
  return updatedAt === undefined || updatedAt === createdAt
    ? `${since}.`
    : `${since}, and was last changed on ${day(updatedAt)}.`;
}

/** Each flag as it is, and where it is wrong as it should be. */
function flagLines(there: VariableFlags, wanted: VariableFlags): readonly string[] {
  return flagWords.map((words) => {
    const { name } = words;
    const [now, then] = [flagState(words, there), flagState(words, wanted)];
    return now === then ? `${name}: ${now}` : `${name}: ${now}; it should be: ${then}`;
  });
}
