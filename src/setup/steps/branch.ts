import type { SetupContext } from "../context.ts";
import { cronPreviews, specOf } from "../cron-change.ts";
import type { Preset } from "../question.ts";
import { taken, text } from "../reply.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";
import { cronsToAdd } from "../wish.ts";

/** The branch whose environment runs the cron. */
export const branch: Step = {
  id: "branch",
  title: "Branch",
  needed: (session) => cronsToAdd(session).length > 0 && session.answers.guard?.value === "branch",
  basis: ({ answers }) => `${answers.project?.value} ${answers.environment?.value}`,
  open: async (session, context) => {
    const [preset, app] = await Promise.all([presetOf(session, context), context.app(session)]);
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
        ...(preset === undefined ? {} : { preset }),
        check: problemOf,
        preview: (name) =>
          cronPreviews(session, context, app, cronsToAdd(session), (task) => ({
            spec: specOf(task, session),
            guard: { kind: "branch", branch: name.trim() },
          })),
      },
    };
  },
  take: async (_session, reply) => {
    const value = text(reply);
    const sentence = problemOf(value);
    if (sentence !== undefined) return { kind: "again", problem: { sentence, reason: "usage" } };
    return taken({ value, shown: value, because: "you chose" });
  },
};

async function presetOf(
  session: Session,
  { platform, checkout }: SetupContext,
): Promise<Preset | undefined> {
  if (session.request.offline) {
    const found = checkout.defaultBranch;
    return found && { value: found.name, because: found.because, certain: true };
  }
  const { defaultBranch } = await platform().project(projectOf(session));
  const value = environmentOf(session);
  const because =
    value === defaultBranch
      ? "the project's default branch"
      : "the branch of the environment you chose";
  return { value, because, certain: true };
}

/** The names that git refuses for a branch (git-check-ref-format). */
function problemOf(name: string): string | undefined {
  const refused =
    /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|^[-/.]|[/.]$|\.lock(\/|$)|\/\./u.test(name) || name === "@";
  if (name === "") return "A branch is needed";
  return refused ? "Git allows no branch of that name" : undefined;
}
