import { resolve } from "node:path";
import type { ExitReason } from "../../exit-code.ts";
import { Failure } from "../../failure.ts";
import { inTheFile, type Part, parts } from "../../setup/parts.ts";
import type { SetupRequest } from "../../setup/session.ts";
import { installAnyway } from "../../setup/steps/installer.ts";
import { setupProcedure } from "../../setup/steps/registry.ts";
import { ofTask, type TaskId, taskIds } from "../../setup/tasks/task.ts";
import { fullRelease } from "../../shell/release.ts";
import type { FlagsOf } from "../command.ts";
import { answersGiven } from "../flags/answers.ts";
import { commandTable } from "../flags/table.ts";
import { type GuidedRunOptions, runGuided } from "../guided/run.ts";
import { meantBy } from "../meant-by.ts";
import type { Io } from "../terminal/io.ts";
import { givenFlags, refuseUnusedFlags } from "./unused-flags.ts";

/** Runs the guided setup, and ends as `runGuided` does. */
export function setupCommand(
  request: SetupRequest,
  manner: GuidedRunOptions,
  io: Io,
): Promise<ExitReason> {
  return runGuided(() => setupProcedure, request, manner, io);
}

/** What the flags ask for. Throws a Failure for a value that can't be meant. */
export function setupRequest(directory: string, options: FlagsOf<"setup">): SetupRequest {
  const { appFile, installer = "bash", offline } = options;
  const cliVersion = fullRelease(options.cliVersion ?? "");
  if (options.cliVersion !== undefined && installer === "php") {
    throw new Failure("usage", {
      what: "Only the bash installer can be pinned to a version",
      where: "--cli-version",
      next: "leave out --installer php",
    });
  }
  const only = partsOf(options.only, offline);
  refuseUnusedFlags(options, only);
  const cronNames = byTask(options.cronName, options.task, "--cron-name");
  return {
    directory: resolve(directory),
    only,
    offline,
    effect: options.dryRun ? "show" : "apply",
    installer,
    ...(options.wait ? {} : { noWait: true }),
    ...(cliVersion === undefined ? {} : { cliVersion }),
    ...(options.repository === undefined ? {} : { repository: options.repository }),
    ...(appFile === undefined ? {} : { appFile: resolve(appFile) }),
    cronNames,
    flagsGiven: givenFlags(options),
    given: {
      ...answersGiven(commandTable.setup.flags, options, {
        schedule: byTask(options.schedule, options.task, "--schedule"),
      }),
      ...(options.installer === undefined ? {} : { installer: installAnyway }),
    },
  };
}

function partsOf(only: string | undefined, offline: boolean): readonly Part[] {
  if (only === undefined) return offline ? inTheFile : parts;
  const named = only.split(",").map((name) => name.trim());
  const unknown = named.find((name) => !parts.some((part) => part === name));
  if (unknown !== undefined) {
    throw new Failure("usage", {
      what: `There is no such part; the parts are ${parts.join(", ")}`,
      where: "--only",
      next: `${meantBy(unknown, parts)}name one or several, with commas between them`,
    });
  }
  const chosen = parts.filter((part) => named.includes(part));
  const needApi = chosen.filter((part) => !inTheFile.includes(part));
  if (offline && needApi.length > 0) {
    throw new Failure("usage", {
      what: `${needApi.join(", ")} can't be done offline`,
      where: "--offline",
      next: `leave out --offline, or name only ${inTheFile.join(",")}`,
    });
  }
  return chosen;
}

/**
 * What was given for single tasks: TASK=VALUE, or the value alone where there is one task.
 * Throws a Failure when it isn't clear which task is meant.
 */
function byTask(
  values: readonly string[],
  task: string | undefined,
  flagName: string,
): Readonly<Partial<Record<TaskId, string>>> {
  const named = task?.split(",").map((id) => id.trim()) ?? [];
  return Object.fromEntries(
    values.flatMap((value) => {
      const { task: id, value: said } = ofTask(value);
      if (id !== undefined) return [[id, said]];
      if (named.length > 1 || values.length > 1) {
        throw new Failure("usage", {
          what: "With several tasks, each value has to say which one it is for",
          where: flagName,
          next: `write ${flagName} '${named[0] ?? taskIds[0]}=${value}'`,
        });
      }
      return taskIds
        .filter((each) => task === undefined || named.includes(each))
        .map((each) => [each, value]);
    }),
  );
}
