import type { ExitReason } from "../../exit-code.ts";
import type { SetupRequest } from "../../setup/session.ts";
import { setupProcedure } from "../../setup/steps/registry.ts";
import { type GuidedRunOptions, runGuided } from "../guided/run.ts";
import type { Io } from "../terminal/io.ts";

/** Runs the guided setup, and ends as `runGuided` does. */
export function setupCommand(
  request: SetupRequest,
  manner: GuidedRunOptions,
  io: Io,
): Promise<ExitReason> {
  return runGuided(() => setupProcedure, request, manner, io);
}
