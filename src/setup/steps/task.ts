import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { type Fact, known } from "../../fact.ts";
import { ApiFailure } from "../../platform/api-failure.ts";
import type { SourceIntegration } from "../../platform/integrations.ts";
import { sourceInWords } from "../../platform/integrations.ts";
import type { SetupContext } from "../context.ts";
import { unusedIn } from "../flag-uses.ts";
import { projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";
import { isPushTask } from "../tasks/chosen.ts";
import { taskOf, tasks } from "../tasks/registry.ts";
import type { Task } from "../tasks/task.ts";

/** What the machine user is for: it decides the role, the commands and the schedules. */
export const task: Step = {
  id: "task",
  title: "Task",
  needed: ({ request: { only } }) =>
    only.some((part) => part === "machine-user" || part === "token" || part === "cron"),
  basis: () => "",
  open: async (session, context) => {
    const { offline, given } = session.request;
    // Who names the tasks by a flag is told of the answer where one of them pushes, and not asked for otherwise.
    const pushes = given.task === undefined ? await pushesHere(session, context) : undefined;
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
          const disabled = offline
            ? unfitOffline(choice)
            : isPushTask(choice)
              ? pushes?.refused
              : undefined;
          const details = {
            ci: () => "a job of CI",
            push: () => `a job of CI, at each push${pushes?.doubt ?? ""}`,
            cron: (schedule: string) => scheduleShort(schedule, undefined),
          };
          return {
            value: id,
            label: title,
            detail: work.kind === "cron" ? details.cron(work.schedule) : details[work.kind](),
            notes: choice.notes,
            ...(disabled === undefined ? {} : { disabled }),
          };
        }),
        preset: { value: "backup", because: "the commonest task", certain: false },
      },
    };
  },
  take: async (session, reply, context) => {
    const { offline, flagsGiven = [] } = session.request;
    const wrong = problemOfTasks(replyText(reply));
    if (wrong !== undefined) return again(wrong);
    const named = namedIn(replyText(reply));
    const chosen = tasks.filter(({ id }) => named.includes(id));
    const unfit = offline ? chosen.find((choice) => unfitOffline(choice)) : undefined;
    if (unfit !== undefined) return again(`${unfit.title}: ${unfitOffline(unfit)}`);
    const unused = unusedIn({ tasks: chosen.map(({ id }) => id) }, flagsGiven);
    if (unused !== undefined) return again(unused);
    const [push, otherPush] = chosen.filter(isPushTask);
    if (push !== undefined && otherPush !== undefined)
      return again(`${push.id} and ${otherPush.id} both push the code: choose one of them`);
    const { refused, doubt } = push === undefined ? {} : await pushesHere(session, context);
    if (push !== undefined && refused !== undefined) return again(`${push.title}: ${refused}`);
    const several =
      chosen.length > 1
        ? `; ${chosen.length} kinds of work for one machine user, where the manual advises one for each`
        : "";
    return answerOnly({
      value: chosen.map(({ id }) => id).join(","),
      shown: `${chosen.map(({ title }) => title).join(", ")}${several}${doubt ?? ""}`,
      because: "you chose",
    });
  },
};

/** Why a text names no tasks, with commas between them, as a sentence without its end; undefined where it does. */
export function problemOfTasks(text: string): string | undefined {
  const named = namedIn(text);
  const unknown = named.find((id) => taskOf(id) === undefined);
  if (unknown === undefined && named.length > 0) return undefined;
  const what = unknown === undefined ? "No task is named" : `There is no task ${unknown}`;
  return `${what}; the tasks are ${tasks.map(({ id }) => id).join(", ")}`;
}

function namedIn(text: string): readonly string[] {
  return text
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
}

function unfitOffline({ work }: Task): string | undefined {
  switch (work.kind) {
    case "ci":
      return "it changes nothing in the file, so there is nothing to do offline";
    case "push":
      return "whether a Git host deploys the project already, only the platform can tell";
    case "cron":
      return undefined;
  }
}

/** Why the code can't be pushed by a job, or what isn't known about that, as the end of a sentence. */
async function pushesHere(
  session: Session,
  context: SetupContext,
): Promise<{ readonly refused?: string; readonly doubt?: string }> {
  // Without a project that is known, the step before this one has ended the setup.
  if (session.request.offline) return {};
  const source = await sourceIntegrationOf(session, context);
  switch (source.kind) {
    case "absent":
      return {};
    case "known":
      return {
        refused: `${sourceInWords(source.value)} deploys the project by its integration already, and the platform takes no other push; back it up before you merge`,
      };
    case "unread":
      return {
        doubt: `; whether a Git host deploys the project already isn't known: ${source.why}`,
      };
  }
}

function again(sentence: string) {
  return { kind: "again", problem: { sentence, reason: "usage" } } as const;
}

/** The project, or else the vendor, with how it is known, before anything is asked about it. */
function whatWasFound({ answers: { project, vendor } }: Session): readonly string[] {
  // Whose project it is follows from the project, and the header says it.
  const found = project ?? vendor;
  return found === undefined || found.origin === "asked"
    ? []
    : [`Found: ${found.shown}, ${found.because}.`];
}

const opening =
  "A machine user is an account of its own that runs one job, with a token that only that job can read. It takes five minutes, and an e-mail address that is new to the platform. Nothing is done before you have seen the plan.";

const offlineOpening =
  "Offline, setup writes the job into the project's files; the machine user and its token take the API. Nothing is done before you have seen the plan.";

/**
 * The source integration of the project, by which a Git host deploys it already: the platform takes no other push then
 * (manual, "Source integrations"). Unread where the account may not see it.
 */
async function sourceIntegrationOf(
  session: Session,
  context: SetupContext,
): Promise<Fact<SourceIntegration>> {
  try {
    const [first] = await context.platform().sourceIntegrations(projectOf(session));
    return first === undefined ? { kind: "absent" } : known(first);
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.reason === "signedOut") throw error;
    return { kind: "unread", why: error.parts.why ?? error.parts.what };
  }
}
