import type { VariableUpdate } from "../../change/change.ts";
import { previewOf } from "../../change/preview.ts";
import { agrees, leftOut } from "../../dialogue/reply.ts";
import { basisOf } from "../../dialogue/session.ts";
import { ApiFailure } from "../../platform/api-failure.ts";
import type { Secret } from "../../secret.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, isStaged, projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";
import { afterwards } from "../steps/variable.ts";
import { tokenVariableIn } from "./age.ts";
import type { RotationProgress } from "./progress.ts";

/** The new token as the value of the variable; its flags stay as they are. */
export function replacementIn(progress: RotationProgress): Step {
  return {
    id: "variable",
    title: "Variable",
    plan: { settings: ["environment"] },
    needed: () => true,
    basis: ({ answers }) => basisOf(answers.project, answers.environment, answers.token),
    open: async (session, context) => {
      const { machineToken } = context;
      if (machineToken === undefined) {
        const { name } = await tokenVariableIn(session, context);
        const shown = `${name} would get the new token`;
        return {
          kind: "settled",
          answer: { value: "none", shown, because: "this is a dry run" },
        };
      }
      const change = await planReplacement(machineToken, session, context);
      return {
        kind: "question",
        question: {
          kind: "agreement",
          title: `Put the new token into ${change.name}?`,
          help: [
            "The old token stays valid until it is revoked, so that at every moment the environment has one that works.",
            "What runs has the new one once the environment is redeployed.",
          ],
          facts: [afterwards(session)],
          flag: "--yes",
          previews: [previewOf(change)],
          item: {
            title: "Put the new token in its place",
            says: `${change.name} on ${change.environment}; ${
              isStaged(session.request)
                ? "staged there, not live until it is deployed"
                : "it is redeployed"
            }`,
          },
          agree: "Replace the value",
          decline: "Leave the old token",
        },
      };
    },
    take: async (session, reply, context) => {
      if (!agrees(reply)) return { kind: "answered", answer: leftOut, applied: false };
      const { machineToken } = context;
      if (machineToken === undefined) throw new RangeError("no token was handed over");
      const change = await planReplacement(machineToken, session, context);
      const applies = session.request.effect === "apply";
      if (applies) progress.replacing = "begun";
      const shown = await context.apply(change).catch((error: unknown) => {
        if (context.changes.includes(change)) progress.replacing = "done";
        else if (error instanceof ApiFailure && error.effect === "none")
          progress.replacing = "not begun";
        throw error;
      });
      if (applies) progress.replacing = "done";
      const answer = { value: "replaced", shown, because: "you agreed" };
      return { kind: "answered", answer, applied: true };
    },
  };
}

/** Throws a Failure when the environment has no variable of its own to put the token into. */
async function planReplacement(
  value: Secret,
  session: Session,
  context: SetupContext,
): Promise<VariableUpdate> {
  const { name, flags } = await tokenVariableIn(session, context);
  return {
    kind: "variable-update",
    project: projectOf(session),
    environment: environmentOf(session),
    name,
    before: flags,
    after: flags,
    value,
  };
}
