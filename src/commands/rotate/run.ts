import { resolve } from "node:path";
import * as v from "valibot";
import type { ExitReason } from "../../exit-code.ts";
import { rotationProcedure } from "../../setup/rotation/procedure.ts";
import type { SetupRequest } from "../../setup/session.ts";
import { guided, type Manner } from "../guided/run.ts";
import type { Io } from "../terminal/io.ts";

const flag = v.optional(v.string());
const toggle = v.optional(v.boolean(), false);

const rotateFlags = v.object({
  project: flag,
  environment: flag,
  email: flag,
  machineTokenStdin: toggle,
  acceptExtraRights: toggle,
  revoke: flag,
  wait: v.optional(v.boolean(), true),
  report: flag,
  dryRun: toggle,
  yes: toggle,
  json: toggle,
});

type RotateFlags = v.InferOutput<typeof rotateFlags>;

/** The flags as the argument parser hands them over, typed. */
export function readRotateFlags(flags: Readonly<Record<string, unknown>>): RotateFlags {
  return v.parse(rotateFlags, flags);
}

/** What the flags ask for. */
export function rotateRequest(directory: string, options: RotateFlags): SetupRequest {
  const { project, environment, email, acceptExtraRights, revoke, wait, dryRun } = options;
  const given = {
    project,
    environment,
    email,
    "token-check": acceptExtraRights ? "accept" : undefined,
    "old-token": revoke,
  };
  return {
    directory: resolve(directory),
    only: ["token", "variable"],
    offline: false,
    effect: dryRun ? "show" : "apply",
    installer: "bash",
    cronNames: {},
    ...(wait ? {} : { noWait: true }),
    given: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

/** Replaces the machine user's token, and ends as `guided` does. Throws a Failure, after telling which token is in place. */
export function rotateCommand(request: SetupRequest, manner: Manner, io: Io): Promise<ExitReason> {
  return guided(rotationProcedure, request, manner, io);
}
