import { unitedPermissions } from "../../automation/role.ts";
import type { EnvironmentType, Permission } from "../../platform/access.ts";
import { ciSystemOf } from "../ci/target.ts";
import type { Session } from "../session.ts";
import { tasks } from "./registry.ts";
import type { CronWork, PushWork, Task, TaskDetails } from "./task.ts";

/** A task that a cron does. */
export type CronTask = Task & { readonly work: CronWork };

/** The tasks of the session, in the order of the list; one that was doubted and then declined is not among them. */
export function chosenTasks({ answers }: Session): readonly Task[] {
  const ids = answers.task?.value.split(",") ?? [];
  return tasks.filter(
    ({ id, doubt }) =>
      ids.includes(id) && !(doubt !== undefined && answers[`doubt:${id}`]?.value === "no"),
  );
}

/** A task that a job of a CI system does. */
export type CiTask = Task & { readonly work: CronWork | PushWork };

/** A task that deploys the code. */
type PushTask = Task & { readonly work: PushWork };

/** All the tasks that a cron does. */
export const allCronTasks: readonly CronTask[] = tasks.filter(isCronTask);

/** All the tasks that a job of a CI system does. */
export const allCiTasks: readonly CiTask[] = tasks.filter(isCiTask);

/** The chosen tasks that a cron of the project does. */
export function cronTasks(session: Session): readonly CronTask[] {
  return ciSystemOf(session) === undefined ? chosenTasks(session).filter(isCronTask) : [];
}

/** Those that a job of a CI system does. */
export function ciTasks(session: Session): readonly CiTask[] {
  return ciSystemOf(session) === undefined ? [] : chosenTasks(session).filter(isCiTask);
}

/** Those that deploy the code, which no cron does. */
export function pushTasks(session: Session): readonly PushTask[] {
  return chosenTasks(session).filter(isPushTask);
}

function isCiTask(task: Task): task is CiTask {
  return task.work.kind !== "ci";
}

/** Whether a task deploys the code. */
export function isPushTask(task: Task): task is PushTask {
  return task.work.kind === "push";
}

/** Whether a cron of the project does a task. */
export function isCronTask(task: Task): task is CronTask {
  return task.work.kind === "cron";
}

/**
 * Whether the setup makes a cron, and so needs the installer and the variable on the environment. Without the question
 * of the task, as with `--only variable`, it does.
 */
export function runsOnPlatform(session: Session): boolean {
  if (ciSystemOf(session) !== undefined) return false;
  return session.answers.task === undefined || cronTasks(session).length > 0;
}

/**
 * Whether the setup has to know its project and environment: the API is asked about them, or a job of a CI system names
 * them in its lines. A cron needs neither.
 */
export function namesPlace(session: Session): boolean {
  const { offline, only } = session.request;
  return !offline || (only.includes("cron") && ciTasks(session).length > 0);
}

/** The answers that `detailsOf` reads, for what rests on them. */
export function detailAnswers({ operation, commands, ...answers }: Session["answers"]) {
  return [operation, commands, answers["backup-kind"]];
}

/** What was answered to the questions of single tasks. */
export function detailsOf({ answers }: Session): TaskDetails {
  return {
    live: answers["backup-kind"]?.value === "live",
    operation: answers.operation?.value ?? "",
    commands: answers.commands?.value ?? "",
  };
}

/** The least permissions that do all the tasks: of two roles on one type the higher. */
export function neededBy(session: Session, type: EnvironmentType): readonly Permission[] {
  const details = detailsOf(session);
  return unitedPermissions(chosenTasks(session).flatMap((task) => task.permissions(type, details)));
}
