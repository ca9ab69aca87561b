import { resolve } from "node:path";
import { Failure } from "../../../failure.ts";
import type { FlagsOf } from "../../command.ts";
import { flagName } from "../../flags/flag.ts";
import { isGiven } from "../../flags/read-flags.ts";
import { commandTable } from "../../flags/table.ts";
import { readShard, type Selection, type Shard, selectionIn } from "./selection.ts";

/** An audit of many projects. */
export interface FleetRequest {
  readonly selection: Selection;
  readonly shard?: Shard;
  /** Absolute path of the file to go on from, and to keep what is done in. */
  readonly resume?: string;
  /** Fixes are agreed to beforehand. */
  readonly yes: boolean;
}

const table = commandTable.audit.flags;

const oneOnly = [
  "project",
  "environment",
  "app",
  "appFile",
  "machineTokenStdin",
  "offline",
  "baseline",
  "writeBaseline",
] as const;

/** What the flags ask of many projects; undefined for a checkout. Throws a `Failure` ("usage") for flags that don't go together. */
export function readFleetRequest(flags: FlagsOf<"audit">): FleetRequest | undefined {
  const { all, org, projectsFrom, shard, resume, yes, fix } = flags;
  const selection = selectionIn({ all, org, projectsFrom });
  if (selection === undefined) {
    const lone = ["shard", "resume", "yes"].find((name) => isGiven(table, flags, name));
    if (lone === undefined) return undefined;
    throw new Failure("usage", {
      what: "This is for the audit of many projects",
      where: `--${lone}`,
      next: "add --all, --org or --projects-from",
    });
  }
  const foreign = oneOnly.find((name) => isGiven(table, flags, name));
  if (foreign !== undefined)
    throw new Failure("usage", {
      what: "This is for the audit of one checkout",
      where: flagName(foreign, table[foreign]),
      next: "leave it out",
    });
  if (fix && resume !== undefined)
    throw new Failure("usage", {
      what: "Projects are fixed as they are read, and those of the file are not read again",
      where: "--resume",
      next: "leave it out, or leave out --fix",
    });
  return {
    selection,
    yes,
    ...(shard !== undefined ? { shard: readShard(shard) } : {}),
    ...(resume !== undefined ? { resume: resolve(resume) } : {}),
  };
}
