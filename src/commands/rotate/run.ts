import { resolve } from "node:path";
import type { ExitReason } from "../../exit-code.ts";
import { rotationProcedure } from "../../setup/rotation/procedure.ts";
import type { SetupRequest } from "../../setup/session.ts";
import type { FlagsOf } from "../command.ts";
import { answersGiven } from "../flags/answers.ts";
import { commandTable } from "../flags/table.ts";
import { guided, type Manner } from "../guided/run.ts";
import type { Io } from "../terminal/io.ts";

/** What the flags ask for. */
export function rotateRequest(directory: string, options: FlagsOf<"rotate">): SetupRequest {
  const { wait, dryRun } = options;
  return {
    directory: resolve(directory),
    only: ["token", "variable"],
    offline: false,
    effect: dryRun ? "show" : "apply",
    installer: "bash",
    cronNames: {},
    ...(wait ? {} : { noWait: true }),
    given: answersGiven(commandTable.rotate.flags, options),
  };
}

/** Replaces the machine user's token, and ends as `guided` does. Throws a Failure, after telling which token is in place. */
export function rotateCommand(request: SetupRequest, manner: Manner, io: Io): Promise<ExitReason> {
  return guided(rotationProcedure, request, manner, io);
}
