import { resolve } from "node:path";
import type { Invocation } from "../command.ts";
import { faceOf } from "../faces/choose.ts";
import type { GuidedRunOptions } from "./run.ts";

/** What the command lines of all guided commands say about how they are run. */
interface GuidedFlags {
  /** Missing where the command has no changes to agree to. */
  readonly yes?: boolean;
  readonly json: boolean;
  /** A path from the folder that the program was started in. */
  readonly report?: string | undefined;
}

/** How a guided command is run, as its command line says. */
export function guidedRunOptions(
  invocation: Pick<Invocation, "vendor" | "accessible" | "io" | "verbose" | "repeatable">,
  { yes = false, json, report }: GuidedFlags,
): GuidedRunOptions {
  return {
    vendor: invocation.vendor,
    face: faceOf(invocation, yes || json),
    yes,
    reasons: false,
    json,
    verbose: invocation.verbose,
    ...(report === undefined ? {} : { record: resolve(report) }),
    flags: invocation.repeatable,
  };
}
