import type { ExitReason } from "../../exit-code.ts";
import type { SetupRequest } from "../../setup/session.ts";
import { setupProcedure } from "../../setup/steps/registry.ts";
import { guided, type Manner } from "../guided/run.ts";
import type { Io } from "../terminal/io.ts";

/** Runs the guided setup, and ends as `guided` does. */
export function setupCommand(request: SetupRequest, manner: Manner, io: Io): Promise<ExitReason> {
  return guided(() => setupProcedure, request, manner, io);
}
