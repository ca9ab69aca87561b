import type { VariableDeletion } from "../../change/change.ts";
import { previewOf } from "../../change/preview.ts";
import { variableWords } from "../../change/words.ts";
import { agreedParts, agrees } from "../../dialogue/reply.ts";
import { basisOf } from "../../dialogue/session.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { runsOnPlatform } from "../tasks/chosen.ts";
import { strayVariables } from "../token/stray-variables.ts";
import { ownTokenVariable } from "../token/token-variable.ts";

/** The flag that agrees to deleting them. */
const deleteStrays = "--delete-strays";

/** Token variables at the wrong level or under the wrong name are deleted, once the right one is there. */
export const strays: Step = {
  id: "strays",
  title: "Stray variables",
  plan: { settings: [] },
  needed: (session) => {
    const { offline, only } = session.request;
    return !offline && only.includes("variable") && runsOnPlatform(session);
  },
  basis: ({ answers }) => basisOf(answers.project, answers.environment, answers.variable),
  open: async (session, context) => {
    const { found, isWhole } = await deletions(session, context);
    if (found.length === 0)
      return {
        kind: "settled",
        answer: isWhole
          ? { value: "none", shown: "none", because: "nothing to do" }
          : {
              value: "unread",
              shown:
                "not known, but for the environment: this account may not see the variables of the project",
              because: "ask an admin of the project whether it has one for the token",
              stands: "not known",
            },
      };
    const name = context.vendor.tokenVariable;
    const places = found.map(variableWords).join(", ");
    if ((await ownTokenVariable(session, context)) === undefined && applies(session)) {
      const because = `${name} is not set on the environment, so they may be in use`;
      return {
        kind: "settled",
        answer: { value: "left", shown: `left: ${places}`, because, stands: "by hand" },
      };
    }
    return {
      kind: "question",
      question: {
        kind: "agreement",
        title: `Delete what ${name} on the environment stands for now?`,
        help: [
          "A variable of the project is given to every environment, previews too, and everyone who can build one can read the token.",
          `Without env: in its name a variable is no environment variable in the app, so the CLI can't see it.`,
          "Make sure that nothing else uses them: a cron on another environment may.",
        ],
        facts: [
          ...found.map(({ environment }) =>
            environment === undefined
              ? "At the level of the project every environment has it."
              : "Under this name the CLI can't see it.",
          ),
          "The token in it works until its account revokes it.",
          ...(isWhole ? [] : ["This account may not see the variables of the project."]),
        ],
        flag: deleteStrays,
        previews: found.map(previewOf),
        item: { title: "Delete stray variables", says: places },
        parts: found.map((deletion) => ({
          value: variableWords(deletion),
          title: `Delete ${variableWords(deletion)}`,
          says: "its value is gone then",
        })),
        agree: found.length === 1 ? "Delete it" : "Delete them",
        decline: "Leave it",
        optional: true,
      },
    };
  },
  take: async (session, reply, context) => {
    const { found: all } = await deletions(session, context);
    if (!agrees(reply)) {
      const shown = `left: ${all.map(variableWords).join(", ")}`;
      const answer = { value: "left", shown, because: "you declined" };
      return { kind: "answered", answer, applied: false };
    }
    const parts = agreedParts(reply);
    const found = all.filter((each) => parts?.includes(variableWords(each)) ?? true);
    const lines: string[] = [];
    for (const deletion of found) lines.push(await context.apply(deletion));
    return {
      kind: "answered",
      answer: { value: "deleted", shown: lines.join("; "), because: "you agreed" },
      applied: true,
    };
  },
};

function applies({ request }: Session): boolean {
  return request.effect === "apply";
}

async function deletions(
  session: Session,
  context: SetupContext,
): Promise<{ readonly found: readonly VariableDeletion[]; readonly isWhole: boolean }> {
  const { found, isWhole } = await strayVariables(session, context);
  return {
    isWhole,
    found: found.map(({ place, variable: { name, flags } }) => ({
      kind: "variable-deletion",
      ...place,
      name,
      flags,
    })),
  };
}
