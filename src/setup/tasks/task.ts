import type { AppFile } from "../../appfile/app-file.ts";
import type { EnvironmentType, Permission } from "../../platform/access.ts";
import type { Environment } from "../../platform/environments.ts";
import type { Binary } from "../../shell/installer.ts";
import type { Vendor } from "../../vendors/vendor.ts";

/** The tasks there are, as `--task` names them. */
export const taskIds = [
  "backup",
  "source-operation",
  "sync",
  "redeploy",
  "deploy",
  "backup-and-deploy",
  "checkout",
  "custom",
] as const;
/** One of them. */
export type TaskId = (typeof taskIds)[number];

/** Those that push the code, as only a job of a CI system does. */
const pushTaskIds: readonly TaskId[] = ["deploy", "backup-and-deploy"];

/** Those that a cron of the project or a job of a CI system does. */
export const cronTaskIds = taskIds.filter((id) => id !== "checkout" && !pushTaskIds.includes(id));

/** Those that a job of a CI system does. */
export const ciTaskIds = [...cronTaskIds, ...pushTaskIds];

/** What is said for one task, as TASK=VALUE, or for the one there is, as the value alone. */
export function ofTask(text: string): {
  readonly task: TaskId | undefined;
  readonly value: string;
} {
  const task = taskIds.find((id) => text.startsWith(`${id}=`));
  return { task, value: task === undefined ? text : text.slice(task.length + 1) };
}

/** What some tasks have to be told beside their schedule. */
export interface TaskDetails {
  /** Whether a backup is made without stopping the writes. */
  readonly live: boolean;
  /** The source operation to run. */
  readonly operation: string;
  /** The commands of one's own: POSIX shell, flags already added. */
  readonly commands: string;
}

/** A task that a cron of the project does. */
export interface CronWork {
  readonly kind: "cron";
  /** The schedule that is suggested, five fields, in UTC. */
  readonly schedule: string;
  /** The name of its cron, unless that is taken. */
  readonly cronName: string;
  /** The CLI commands that do it, by their full names; a cron that runs all of them does the task already. */
  commands(details: TaskDetails): readonly string[];
  /** The words behind the command that say what it works on, for a command that has such. */
  what?(details: TaskDetails): readonly string[];
  /** Other commands may stand between the CLI's: only a cron with these very lines does the task already. */
  readonly literally?: true;
  /** The lines of its cron, without a guard: POSIX, none that waits, none that asks. */
  script(binary: Binary, details: TaskDetails): readonly string[];
}

/**
 * A task that deploys the code: a job of a CI system pushes it to the platform whenever its branch changes on the Git host.
 * A cron runs where the code is already.
 */
export interface PushWork {
  readonly kind: "push";
  /** The CLI commands that do it, by their full names, in their order. */
  commands(): readonly string[];
  /** The lines of its job, in bash, without the project and the environment; the call that pushes is one of them. */
  script(binary: Binary): readonly string[];
}

/** A task that runs elsewhere, with the token as a secret of that place. */
interface CiWork {
  readonly kind: "ci";
  /** What the person puts into the CI system, one line an entry. No secret is in it. */
  handOver(place: { readonly vendor: Vendor; readonly project: string }): readonly string[];
}

/** Something that a machine user does for a project again and again. */
export interface Task {
  readonly id: TaskId;
  /** In a list: "Back up". */
  readonly title: string;
  /** What the manual says about doing it at all, one paragraph an entry. */
  readonly notes: readonly string[];
  readonly work: CronWork | PushWork | CiWork;
  /** Whether it needs SSH; with the CLI that is a certificate, loaded by the CLI itself, never a key. */
  readonly ssh: boolean;
  /** The least permissions of an account that does it on an environment of this type. */
  permissions(type: EnvironmentType, details: TaskDetails): readonly Permission[];
  /** Why it can't be done on an environment; undefined when it can. */
  unsuited?(environment: Environment): string | undefined;
  /** Whether the manual advises an environment of its own for it. */
  readonly dedicated?: true;
  /** What to ask before adding it, when it is seldom needed: the question, and why. */
  readonly doubt?: { readonly title: string; readonly why: string };
  /** Why an app can't do it; undefined when it can. */
  lacking?(app: AppFile): string | undefined;
}
