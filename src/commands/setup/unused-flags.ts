import { Failure } from "../../failure.ts";
import type { Part } from "../../setup/session.ts";
import { type TaskId, taskIds } from "../../setup/tasks/task.ts";
import type { FlagsOf } from "../command.ts";

type SetupFlags = FlagsOf<"setup">;

/** What a flag is for; where none of it is set up, the flag would be dropped. */
interface Use {
  readonly flag: string;
  readonly isGiven: (options: SetupFlags) => boolean;
  /** The tasks that it says something about; any unless given. */
  readonly tasks?: readonly TaskId[];
  /** The parts of the setup that use it; any unless given. */
  readonly parts?: readonly Part[];
}

const tokenFlag = "--machine-token-stdin";
const cronTasks = taskIds.filter((id) => id !== "checkout");

const uses: readonly Use[] = [
  {
    flag: "--operation",
    isGiven: ({ operation }) => operation !== undefined,
    tasks: ["source-operation"],
    parts: ["cron"],
  },
  { flag: "--command", isGiven: ({ command }) => command !== undefined, tasks: ["custom"] },
  { flag: "--live", isGiven: ({ live }) => live, tasks: ["backup"], parts: ["cron"] },
  {
    flag: "--schedule",
    isGiven: ({ schedule }) => schedule.length > 0,
    tasks: cronTasks,
    parts: ["cron"],
  },
  {
    flag: "--cron-name",
    isGiven: ({ cronName }) => cronName.length > 0,
    tasks: cronTasks,
    parts: ["cron"],
  },
  {
    flag: "--guard",
    isGiven: ({ guard }) => guard !== undefined,
    tasks: cronTasks,
    parts: ["cron"],
  },
  {
    flag: "--branch",
    isGiven: ({ branch }) => branch !== undefined,
    tasks: cronTasks,
    parts: ["cron"],
  },
  {
    flag: "--installer",
    isGiven: ({ installer }) => installer !== undefined,
    tasks: cronTasks,
    parts: ["installer"],
  },
  {
    flag: "--cli-version",
    isGiven: ({ cliVersion }) => cliVersion !== undefined,
    tasks: cronTasks,
    parts: ["installer"],
  },
  { flag: "--if-set", isGiven: ({ ifSet }) => ifSet !== undefined, parts: ["variable"] },
  { flag: "--delete-strays", isGiven: ({ deleteStrays }) => deleteStrays, parts: ["variable"] },
  { flag: "--change-role", isGiven: ({ changeRole }) => changeRole, parts: ["machine-user"] },
  {
    flag: tokenFlag,
    isGiven: ({ machineTokenStdin }) => machineTokenStdin,
    parts: ["machine-user", "token", "variable"],
  },
];

/**
 * Refuses a flag that says something about what isn't set up. Throws a `Failure` ("usage") with the reason.
 *
 * @param chosen the parts that are set up
 */
export function refuseUnusedFlags(options: SetupFlags, chosen: readonly Part[]): void {
  const named = options.task?.split(",").map((id) => id.trim());
  for (const { flag, isGiven, tasks = taskIds, parts = chosen } of uses) {
    if (!isGiven(options)) continue;
    if (named !== undefined && !tasks.some((id) => named.includes(id)))
      throw unused(
        flag,
        `it is for the task ${tasks.join(", ")}, and --task names ${named.join(", ")}`,
      );
    // Who names the parts does some of the work now, and the rest of it with the same flags.
    const isLeftOut = options.only === undefined || flag === tokenFlag;
    if (isLeftOut && !parts.some((part) => chosen.includes(part)))
      throw unused(
        flag,
        `it is for the part ${parts.join(", ")}, and only ${chosen.join(", ")} is set up`,
      );
  }
  for (const [flag, values] of [
    ["--schedule", options.schedule],
    ["--cron-name", options.cronName],
  ] as const) {
    const id = taskIds.find(
      (each) =>
        values.some((value) => value.startsWith(`${each}=`)) && named?.includes(each) === false,
    );
    if (id !== undefined)
      throw unused(flag, `it is for the task ${id}, and --task names ${named?.join(", ")}`);
  }
}

function unused(flag: string, why: string): Failure {
  return new Failure("usage", {
    what: `${flag} would not be used`,
    why,
    where: flag,
    next: "leave it out, or choose what it is for",
  });
}
