import {
  type GivenFlag,
  offlineLeavesOut,
  refuseUnused,
  type SetupExtent,
  unusedFlag,
} from "../../setup/flag-uses.ts";
import type { Part } from "../../setup/parts.ts";
import { ofTask, taskIds } from "../../setup/tasks/task.ts";
import type { FlagsOf } from "../command.ts";
import { type Flag, flagName } from "../flags/flag.ts";
import { commandTable } from "../flags/table.ts";

type SetupFlags = FlagsOf<"setup">;

/** The flags that were given and that not every setup uses. */
export function givenFlags(options: SetupFlags): readonly GivenFlag[] {
  return Object.entries<Flag>(commandTable.setup.flags).flatMap(([name, flag]) => {
    const { use } = flag;
    return use !== undefined && isGiven(options, name, flag)
      ? { flag: flagName(name, flag), use }
      : [];
  });
}

function isGiven(options: SetupFlags, name: string, { takes }: Flag): boolean {
  const value = Object.entries(options).find(([key]) => key === name)?.[1];
  if (Array.isArray(value)) return value.length > 0;
  // What is switched off by its flag is on without it.
  return takes.kind === "negation" ? value === false : value !== undefined && value !== false;
}

const tokenFlag = "--machine-token-stdin";

/**
 * Refuses a flag that says something about what isn't set up. Throws a `Failure` ("usage") with the reason.
 *
 * @param chosen the parts that are set up
 */
export function refuseUnusedFlags(options: SetupFlags, chosen: readonly Part[]): void {
  const named = options.task?.split(",").map((id) => id.trim());
  const { guard, branch, where } = options;
  if (guard === "type" && branch !== undefined)
    throw unusedFlag(
      "--branch",
      "--guard type asks for the type of the environment, and for no branch",
      "leave one of the two out",
    );
  const given = givenFlags(options);
  const extent: SetupExtent = {
    tasks: named,
    place: where === undefined ? undefined : where === "cron" ? "cron" : "ci",
    offline: options.offline ? offlineLeavesOut : undefined,
  };
  if (where === undefined && options.repository !== undefined)
    throw unusedFlag("--repository", "it is for a job of a CI system, which --where names");
  // Who names the parts does some of the work now, and the rest of it with the same flags.
  const [always, rest] = [
    given.filter(({ flag }) => flag === tokenFlag || options.only === undefined),
    given.filter(({ flag }) => flag !== tokenFlag && options.only !== undefined),
  ];
  refuseUnused(always, { ...extent, parts: chosen });
  refuseUnused(rest, extent);
  for (const [flag, values] of [
    ["--schedule", options.schedule],
    ["--cron-name", options.cronName],
  ] as const) {
    const id = taskIds.find(
      (each) =>
        values.some((value) => ofTask(value).task === each) && named?.includes(each) === false,
    );
    if (id !== undefined)
      throw unusedFlag(flag, `it is for the task ${id}, and --task names ${named?.join(", ")}`);
  }
}
