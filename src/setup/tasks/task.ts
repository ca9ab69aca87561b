import type { EnvironmentType, Permission } from "../../platform/access.ts";
import type { Binary } from "../../shell/installer.ts";

/** Something that a machine user does for a project again and again. */
export interface Task {
  /** As `--task` names it. */
  readonly id: string;
  /** In a list: "Back up the environment". */
  readonly title: string;
  /** What the manual says about doing it at all, one paragraph an entry. */
  readonly notes: readonly string[];
  /** The schedule that is suggested, five fields, in UTC. */
  readonly schedule: string;
  /** The name of its cron, unless that is taken. */
  readonly cronName: string;
  /** The CLI commands that do it, by their full names; a cron that runs all of them does the task already. */
  readonly commands: readonly string[];
  /** The lines of its cron, without a guard: POSIX, none that waits, none that asks. */
  script(binary: Binary): readonly string[];
  /** The least permissions of an account that runs it on an environment of this type. */
  permissions(type: EnvironmentType): readonly Permission[];
}
