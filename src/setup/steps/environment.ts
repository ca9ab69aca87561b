import type { Preset } from "../../dialogue/question.ts";
import { answerOnly, replyText } from "../../dialogue/reply.ts";
import type { Environment } from "../../platform/environments.ts";
import { projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";
import { chosenTasks, cronTasks, namesPlace } from "../tasks/chosen.ts";
import type { Task } from "../tasks/task.ts";
import { offlineEnvironment, takeOfflineEnvironment } from "./offline-place.ts";

/** The environment that gets the variable, and on which the cron or the job of CI works. */
export const environment: Step = {
  id: "environment",
  title: "Environment",
  needed: namesPlace,
  basis: ({ answers }) => `${answers.project?.value} ${answers.task?.value}`,
  open: async (session, context) => {
    if (session.request.offline)
      return { kind: "question", question: offlineEnvironment(session, context) };
    const id = projectOf(session);
    const facts = context.platform();
    const [environments, { defaultBranch }] = await Promise.all([
      facts.environments(id),
      facts.project(id),
    ]);
    const tasks = chosenTasks(session);
    const dedicated = tasks.some((task) => task.dedicated);
    const suited = environments.filter((candidate) => unsuited(tasks, candidate) === undefined);
    const preset = dedicated ? undefined : presetOf(suited, defaultBranch);
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: "On which environment does the machine user work?",
        help: [
          "The token is set on this environment only and is not inherited, so that no preview built from somebody's branch can read it.",
        ],
        facts: tasks.flatMap(({ title, notes }) =>
          notes.map((note) => (tasks.length === 1 ? note : `${title}: ${note}`)),
        ),
        flag: "--environment",
        choices: (dedicated ? productionLast(environments) : environments).map((candidate) => {
          const { id, title, type, status } = candidate;
          const disabled = unsuited(tasks, candidate);
          return {
            value: id,
            label: title === id ? id : `${title} (${id})`,
            detail:
              status === "active"
                ? shownType(type)
                : `${shownType(type)}, ${status ?? "status not known"}`,
            ...(disabled === undefined ? {} : { disabled }),
          };
        }),
        ...(preset === undefined ? {} : { preset }),
      },
    };
  },
  take: async (session, reply, context) => {
    const value = replyText(reply);
    if (session.request.offline) return takeOfflineEnvironment(value);
    const project = projectOf(session);
    const environments = await context.platform().environments(project);
    const chosen = environments.find(({ id }) => id === value);
    if (chosen === undefined) {
      return {
        kind: "again",
        problem: {
          sentence: `The project has no environment ${value} that you can see`,
          reason: "api",
        },
      };
    }
    const why = unsuited(chosenTasks(session), chosen);
    if (why !== undefined) {
      return { kind: "again", problem: { sentence: `Not on ${value}: ${why}`, reason: "usage" } };
    }
    return {
      ...answerOnly({
        value,
        shown: shownEnvironment(session, chosen),
        because: "you chose",
      }),
      request: {
        ...session.request,
        deploysByHand: await context.platform().deploysByHand(project, value),
      },
    };
  },
};

/** With its type; where it isn't live, that its crons rest (manual, "Crons", "Paused crons"). */
function shownEnvironment(session: Session, { id, type }: Environment): string {
  if (type === "production") return type === id ? id : `${id} (${type})`;
  const rests =
    cronTasks(session).length > 0
      ? ["whose crons rest once nothing was deployed there for 14 days"]
      : [];
  const about = [...(type === id ? [] : [type]), ...rests].join(", ");
  return about === "" ? id : `${id} (${about})`;
}

/** What wants an environment of its own is offered production after all others. */
function productionLast(environments: readonly Environment[]): readonly Environment[] {
  const isProduction = ({ type }: Environment) => type === "production";
  return [
    ...environments.filter((each) => !isProduction(each)),
    ...environments.filter(isProduction),
  ];
}

function shownType(type: Environment["type"]): string {
  return type ?? "type not known";
}

/** Why an environment can't be chosen: one of the tasks can't be done on it, or no role can be given. */
function unsuited(tasks: readonly Task[], environment: Environment): string | undefined {
  if (environment.type === undefined)
    return "the API names no known type for it, and a role is given on a type";
  return tasks.map((task) => task.unsuited?.(environment)).find((why) => why !== undefined);
}

function presetOf(
  environments: readonly Environment[],
  defaultBranch: string | undefined,
): Preset | undefined {
  const production = environments.filter(({ type }) => type === "production");
  const [first, second] = production;
  if (first !== undefined && second === undefined) {
    return { value: first.id, because: "the production environment", certain: true };
  }
  const main = environments.find(({ id }) => id === defaultBranch);
  return main && { value: main.id, because: "the project's default branch", certain: true };
}
