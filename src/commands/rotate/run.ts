import { resolve } from "node:path";
import type { ExitReason } from "../../exit-code.ts";
import { Failure } from "../../failure.ts";
import { rotationProcedure } from "../../setup/rotation/procedure.ts";
import type { SetupRequest } from "../../setup/session.ts";
import type { FlagsOf } from "../command.ts";
import { answersGiven } from "../flags/answers.ts";
import { commandTable } from "../flags/table.ts";
import { type GuidedRunOptions, runGuided } from "../guided/run.ts";
import type { Io } from "../terminal/io.ts";

/** What the flags ask for. */
export function rotateRequest(directory: string, options: FlagsOf<"rotate">): SetupRequest {
  const { wait, dryRun, olderThan, repository } = options;
  return {
    directory: resolve(directory),
    only: ["token", "variable"],
    offline: false,
    effect: dryRun ? "show" : "apply",
    installer: "bash",
    cronNames: {},
    ...(wait ? {} : { noWait: true }),
    ...(olderThan === undefined ? {} : { olderThanDays: daysIn(olderThan) }),
    ...(repository === undefined ? {} : { repository }),
    given: answersGiven(commandTable.rotate.flags, options),
  };
}

/** How many days are meant: "90d". Throws a `Failure` ("usage") for anything else. */
export function daysIn(value: string): number {
  const [, days] = /^(\d{1,5})d$/u.exec(value) ?? [];
  if (days !== undefined) return Number(days);
  throw new Failure("usage", {
    what: "This is no age",
    where: "--older-than",
    next: "give a number of days: 90d",
  });
}

/**
 * Replaces the machine user's token, and ends as `runGuided` does; a dry run gives "findings" for a token that is older than
 * was asked for. Throws a Failure, after telling which token is in place.
 */
export async function rotateCommand(
  request: SetupRequest,
  manner: GuidedRunOptions,
  io: Io,
): Promise<ExitReason> {
  let isDue = false;
  const ended = await runGuided(
    () => {
      const procedure = rotationProcedure();
      return {
        ...procedure,
        ending: (session, context, end) => {
          isDue = session.answers.age?.value === "older";
          return procedure.ending(session, context, end);
        },
      };
    },
    request,
    manner,
    io,
  );
  return isDue && request.effect === "show" && ended === "done" ? "findings" : ended;
}
