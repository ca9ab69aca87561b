import type { SetupRequest } from "../../setup/session.ts";
import { setupPlan } from "../../setup/steps/registry.ts";
import { guided, type Manner } from "../guided/run.ts";
import type { Io } from "../io.ts";

/** Runs the guided setup. Throws a Failure, after telling what was done so far. */
export function setupCommand(request: SetupRequest, manner: Manner, io: Io): Promise<void> {
  return guided(() => setupPlan, request, manner, io);
}
