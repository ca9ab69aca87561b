import type { Preset, TextQuestion } from "../../dialogue/question.ts";
import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { Failure } from "../../failure.ts";
import type { Checkout } from "../../git/checkout.ts";
import { isBranchName } from "../../git/names.ts";
import { cronPreviews, specOf } from "../checkout/cron-change.ts";
import { cronsToAdd } from "../checkout/cron-wish.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";

/** The branch whose environment runs the cron. */
export const branch: Step = {
  id: "branch",
  title: "Branch",
  needed: (session) => cronsToAdd(session).length > 0 && session.answers.guard?.value === "branch",
  basis: ({ answers }) => `${answers.project?.value} ${answers.environment?.value}`,
  open: async (session, context) => {
    const [preset, app] = await Promise.all([presetOf(session, context), context.app(session)]);
    const doubt = session.request.offline
      ? productionDoubt(context.checkout, {
          where: "--branch",
          next: "name it with --branch, or guard the cron by the environment's type with --guard type",
        })
      : {};
    return {
      kind: "question",
      question: {
        kind: "text",
        title: "On which branch does the cron run?",
        help: [
          "An environment is named after its branch, and PLATFORM_BRANCH holds that name when the cron runs.",
          "After a rename of the branch the cron runs nowhere; machinist audit finds that.",
        ],
        facts: [],
        flag: "--branch",
        ...doubt,
        ...(preset === undefined ? {} : { preset }),
        check: (name) => problemOf(name, session),
        preview: (name) =>
          cronPreviews(session, context, app, cronsToAdd(session), (task) => ({
            spec: specOf(task, session),
            guard: { kind: "branch", branch: name.trim() },
          })),
      },
    };
  },
  take: async (session, reply) => {
    const value = replyText(reply);
    const sentence = problemOf(value, session);
    if (sentence !== undefined) return { kind: "again", problem: { sentence, reason: "usage" } };
    return answerOnly({ value, shown: value, because: "you chose" });
  },
};

async function presetOf(
  session: Session,
  { platform, checkout }: SetupContext,
): Promise<Preset | undefined> {
  if (session.request.offline) return productionOffer(checkout);
  const { defaultBranch } = await platform().project(projectOf(session));
  const value = environmentOf(session);
  const because =
    value === defaultBranch
      ? "the project's default branch"
      : "the branch of the environment you chose";
  return { value, because, certain: true };
}

/** The branch that is production as far as the checkout tells, as an answer to offer where the platform isn't asked. */
export function productionOffer({ production }: Checkout): Preset | undefined {
  if (production.kind === "taken")
    return { value: production.name, because: production.because, certain: true };
  const [likely] = production.kind === "doubtful" ? production.names : [];
  return likely === undefined ? undefined : { value: likely, because: "a guess", certain: false };
}

/**
 * What there is to say where only the platform knows which branch is production.
 *
 * @param o.where the flag that names it
 * @param o.next what a person without a terminal does
 */
export function productionDoubt(
  { production }: Checkout,
  { where, next }: { readonly where: string; readonly next: string },
): Pick<TextQuestion, "suggestions" | "otherwise"> & { readonly facts?: readonly string[] } {
  if (production.kind === "taken") return {};
  const [names, why] =
    production.kind === "doubtful"
      ? [production.names, production.because]
      : [[], "the checkout has no branch that must be it"];
  return {
    facts: [`Only the platform knows which branch is production: ${why}.`],
    suggestions: names.map((value) => ({ value, label: "" })),
    otherwise: new Failure("usage", {
      what: "Which branch is production is not known",
      where,
      why,
      next,
    }),
  };
}

/** Why a branch can't have this name, as a sentence without its end; undefined where it can. */
export function problemOfBranch(name: string): string | undefined {
  if (name === "") return "A branch is needed";
  return isBranchName(name) ? undefined : "Git allows no branch of that name";
}

/**
 * Why the cron can't be kept to a branch: Git refuses the name, or the guard would never hold on the
 * environment that gets the cron and its token, which is named after its branch.
 */
function problemOf(name: string, session: Session): string | undefined {
  const wrong = problemOfBranch(name);
  if (wrong !== undefined) return wrong;
  const environment = session.request.offline ? name : environmentOf(session);
  if (name === environment) return undefined;
  return `On ${environment} the branch is ${environment}: kept to ${name}, the cron would never run there`;
}
