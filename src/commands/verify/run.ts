import { resolve } from "node:path";
import type { ExitReason } from "../../exit-code.ts";
import type { SetupRequest } from "../../setup/session.ts";
import { verification } from "../../verify/verification.ts";
import type { FlagsOf } from "../command.ts";
import { answersGiven } from "../flags/answers.ts";
import { commandTable } from "../flags/table.ts";
import { type GuidedRunOptions, runGuided } from "../guided/run.ts";
import type { Io } from "../terminal/io.ts";

/** What the flags ask for. */
export function verifyRequest(directory: string, options: FlagsOf<"verify">): SetupRequest {
  const { appFile, repository } = options;
  return {
    directory: resolve(directory),
    only: ["token", "installer", "cron"],
    offline: false,
    effect: "apply",
    installer: "bash",
    cronNames: {},
    ...(appFile === undefined ? {} : { appFile: resolve(appFile) }),
    ...(repository === undefined ? {} : { repository }),
    given: answersGiven(commandTable.verify.flags, options),
  };
}

/**
 * Looks whether what was set up is deployed and works, and gives "findings" when something is wrong. What is open or
 * skipped doesn't count. Throws a Failure when it can't look.
 */
export async function verifyCommand(
  request: SetupRequest,
  { wait, ...manner }: GuidedRunOptions & { readonly wait: boolean },
  io: Io,
): Promise<ExitReason> {
  const { plan, found } = verification({ wait });
  const ended = await runGuided(() => plan, request, manner, io);
  return found().some(({ state }) => state === "wrong") ? "findings" : ended;
}
