import { resolve } from "node:path";
import * as v from "valibot";
import type { ExitReason } from "../../exit-code.ts";
import type { SetupRequest } from "../../setup/session.ts";
import { verification } from "../../verify/verification.ts";
import { guided, type Manner } from "../guided/run.ts";
import type { Io } from "../terminal/io.ts";

const flag = v.optional(v.string());
const toggle = v.optional(v.boolean(), false);

const verifyFlags = v.object({
  project: flag,
  environment: flag,
  app: flag,
  appFile: flag,
  machineTokenStdin: toggle,
  keychain: toggle,
  wait: toggle,
  report: flag,
  json: toggle,
});

type VerifyFlags = v.InferOutput<typeof verifyFlags>;

/** The flags as the argument parser hands them over, typed. */
export function readVerifyFlags(flags: Readonly<Record<string, unknown>>): VerifyFlags {
  return v.parse(verifyFlags, flags);
}

/** What the flags ask for. */
export function verifyRequest(directory: string, options: VerifyFlags): SetupRequest {
  const { project, environment, app, appFile, keychain } = options;
  const given = { project, environment, app, keychain: keychain ? "keep" : undefined };
  return {
    directory: resolve(directory),
    only: ["token", "installer", "cron"],
    offline: false,
    effect: "apply",
    installer: "bash",
    cronNames: {},
    ...(appFile === undefined ? {} : { appFile: resolve(appFile) }),
    given: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

/**
 * Looks whether what was set up is deployed and works, and gives "findings" when something is wrong. What is open or
 * skipped doesn't count. Throws a Failure when it can't look.
 */
export async function verifyCommand(
  request: SetupRequest,
  { wait, ...manner }: Manner & { readonly wait: boolean },
  io: Io,
): Promise<ExitReason> {
  const { plan, found } = verification({ wait });
  const ended = await guided(() => plan, request, manner, io);
  return found().some(({ state }) => state === "wrong") ? "findings" : ended;
}
