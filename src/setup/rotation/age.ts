import { Failure } from "../../failure.ts";
import { daysSinceChange, type Variable } from "../../platform/variables.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";

/** Whether the token is old enough to be replaced, where an age was named: the rest of the rotation is for old ones. */
export const age: Step = {
  id: "age",
  title: "Age",
  tells: true,
  needed: ({ request }) => request.olderThanDays !== undefined,
  basis: ({ answers }) => `${answers.project?.value} ${answers.environment?.value}`,
  open: async (session, context) => {
    const variable = await tokenVariableIn(session, context);
    const { name, updatedAt = "" } = variable;
    const days = daysSinceChange(variable, new Date());
    if (days === undefined)
      throw new Failure("api", {
        what: "How old the token is can't be told",
        where: `${name} on ${environmentOf(session)}`,
        why: "the API doesn't say when the variable was changed",
        next: "leave --older-than out to replace the token whatever its age",
      });
    const isOld = days >= (session.request.olderThanDays ?? 0);
    return {
      kind: "settled",
      answer: {
        value: isOld ? "older" : "younger",
        shown: `${name} was last changed ${days} days ago, on ${updatedAt.slice(0, 10)}`,
        because: "the API says so",
      },
    };
  },
  take: async () => {
    throw new RangeError("how old the token is isn't asked");
  },
};

/** Whether the token was found to be younger than what is to be replaced. */
export function isYoung({ answers }: Session): boolean {
  return answers.age?.value === "younger";
}

/** A step that there is only where the token isn't too young. */
export function whereOld(step: Step): Step {
  return { ...step, needed: (session) => !isYoung(session) && step.needed(session) };
}

/**
 * The variable of the environment that holds the token.
 * Throws a `Failure` ("usage") when the environment has none of its own.
 */
export async function tokenVariableIn(session: Session, context: SetupContext): Promise<Variable> {
  const environment = environmentOf(session);
  const name = context.vendor.tokenVariable;
  const there = await context.platform().variable(projectOf(session), environment, name);
  if (there !== undefined && !there.inherited) return there;
  throw new Failure("usage", {
    what: `${name} is not set on ${environment} itself: there is no token to replace`,
    next: "set it with machinist setup, or name another environment with --environment",
  });
}
