import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { unusedIn } from "../flag-uses.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { taskOf, tasks } from "../tasks/registry.ts";
import type { Task } from "../tasks/task.ts";

/** What the machine user is for: it decides the role, the commands and the schedules. */
export const task: Step = {
  id: "task",
  title: "Task",
  needed: ({ request: { only } }) =>
    only.some((part) => part === "machine-user" || part === "token" || part === "cron"),
  basis: () => "",
  open: async (session) => {
    const { offline } = session.request;
    const { scheduleShort } = await import("../../automation/schedule-words.ts");
    return {
      kind: "question",
      question: {
        kind: "several",
        title: "What is the machine user to do?",
        help: [
          "Each task has the least role that does it, the commands, and a schedule that suits it.",
          "The manual advises a machine user of its own for each kind of work: with several here, one token has the rights of all.",
          ...tasks.flatMap(({ title, notes }) => notes.map((note) => `${title}: ${note}`)),
        ],
        facts: [offline ? offlineOpening : opening, ...whatWasFound(session)],
        severalNote:
          "With several, one account has the rights of all; the manual advises an account for each.",
        flag: "--task",
        choices: tasks.map((choice) => {
          const { id, title, work } = choice;
          const disabled = offline ? unfitOffline(choice) : undefined;
          return {
            value: id,
            label: title,
            detail:
              work.kind === "ci"
                ? "a job of your CI system"
                : scheduleShort(work.schedule, undefined),
            notes: choice.notes,
            ...(disabled === undefined ? {} : { disabled }),
          };
        }),
        preset: { value: "backup", because: "the commonest task", certain: false },
      },
    };
  },
  take: async ({ request: { offline, flagsGiven = [] } }, reply) => {
    const named = replyText(reply)
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== "");
    const unknown = named.find((id) => taskOf(id) === undefined);
    if (unknown !== undefined || named.length === 0) {
      const known = tasks.map(({ id }) => id).join(", ");
      return again(`There is no such task; the tasks are ${known}`);
    }
    const chosen = tasks.filter(({ id }) => named.includes(id));
    const unfit = offline ? chosen.find((choice) => unfitOffline(choice)) : undefined;
    if (unfit !== undefined) return again(`${unfit.title}: ${unfitOffline(unfit)}`);
    const unused = unusedIn({ tasks: chosen.map(({ id }) => id) }, flagsGiven);
    if (unused !== undefined) return again(unused);
    const several =
      chosen.length > 1
        ? `; ${chosen.length} kinds of work for one machine user, where the manual advises one for each`
        : "";
    return answerOnly({
      value: chosen.map(({ id }) => id).join(","),
      shown: `${chosen.map(({ title }) => title).join(", ")}${several}`,
      because: "you chose",
    });
  },
};

function unfitOffline({ work }: Task): string | undefined {
  return work.kind === "ci"
    ? "it changes nothing in the file, so there is nothing to do offline"
    : undefined;
}

function again(sentence: string) {
  return { kind: "again", problem: { sentence, reason: "usage" } } as const;
}

/** The project and the vendor with how they are known, before anything is asked about them. */
function whatWasFound({ answers: { project, vendor } }: Session): readonly string[] {
  const found = [project, vendor].flatMap((answer) =>
    answer === undefined || answer.origin === "asked" ? [] : [`${answer.shown}, ${answer.because}`],
  );
  return found.length === 0 ? [] : [`Found: ${found.join(" · ")}.`];
}

const opening =
  "Give this project a machine user: an account of its own that runs one job, with a token that only that job can read. It takes about five minutes, and an e-mail address that the platform doesn't know yet. Nothing is done before you have seen the plan.";

const offlineOpening =
  "Offline, setup writes the job into the project's files; the machine user and its token take the API. Nothing is done before you have seen the plan.";
