import { createHash } from "node:crypto";
import type { FleetProject } from "../../../audit/fleet.ts";
import { Failure } from "../../../failure.ts";
import { isProjectId } from "../../../git/names.ts";
import type { Connection } from "../../../platform/connection.ts";
import { accessibleProjects } from "../../../platform/projects.ts";
import { largestChanged, readRegularText } from "../../../regular-file.ts";
import { standardInput } from "../../terminal/standard-input.ts";

/** Which projects are audited. */
export type Selection =
  | { readonly kind: "all" }
  | { readonly kind: "organization"; readonly name: string }
  /** A path, or `-` for standard input: an id a line; blank lines and those that start with `#` don't count. */
  | { readonly kind: "file"; readonly path: string };

/** One of several runs that share the projects among them; both numbers count from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Which projects the flags name; undefined where they name none. Throws a `Failure` ("usage") where they name them in two
 * ways.
 */
export function selectionIn({
  all,
  org,
  projectsFrom,
}: {
  readonly all: boolean;
  readonly org: string | undefined;
  readonly projectsFrom: string | undefined;
}): Selection | undefined {
  const selections: readonly Selection[] = [
    ...(all ? [{ kind: "all" } as const] : []),
    ...(org !== undefined ? [{ kind: "organization", name: org } as const] : []),
    ...(projectsFrom !== undefined ? [{ kind: "file", path: projectsFrom } as const] : []),
  ];
  const [selection, another] = selections;
  if (another === undefined) return selection;
  throw new Failure("usage", {
    what: "The projects can be chosen in one way only",
    next: "give --all, --org or --projects-from",
  });
}

/** The shard as `--shard` gives it, "2/5". Throws a `Failure` ("usage") for anything else. */
export function readShard(value: string): Shard {
  const [, index = 0, count = 0] = /^(\d{1,5})\/(\d{1,5})$/u.exec(value) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index >= 1 && shard.index <= shard.count) return shard;
  throw new Failure("usage", {
    what: "This isn't a shard",
    where: "--shard",
    next: "give its number and how many there are, as in 2/5",
  });
}

/** Whether a project belongs to a shard. It depends on the id alone, so that it stays there when others come and go. */
export function isIn({ index, count }: Shard, { id }: FleetProject): boolean {
  return createHash("sha256").update(id).digest().readUInt32BE() % count === index - 1;
}

/** The projects of a selection. Throws a `Failure`: "usage" for a list that can't be meant, or one of the API. */
export async function selectProjects(
  connection: Connection,
  selection: Selection,
  account: string,
  signal: AbortSignal,
): Promise<readonly FleetProject[]> {
  if (selection.kind === "file") return idsFrom(selection.path, signal);
  const all = await accessibleProjects(connection, account);
  if (selection.kind === "all") return all;
  const { name } = selection;
  const own = all.filter(
    ({ organization }) => organization?.name === name || organization?.id === name,
  );
  if (own.length > 0) return own;
  const names = new Set(all.flatMap(({ organization }) => organization?.name ?? []));
  throw new Failure("usage", {
    what: `There is no organization ${name} with projects that this account sees`,
    where: "--org",
    next: `choose among ${[...names].slice(0, 20).join(", ") || "none: ask for access"}`,
  });
}

async function idsFrom(path: string, signal: AbortSignal): Promise<readonly FleetProject[]> {
  const list = path === "-" ? await pipedList(signal) : await listIn(path);
  const lines = list.split(/\r?\n/u);
  const ids = new Set<string>();
  for (const [index, line] of lines.entries()) {
    const id = line.trim();
    if (id === "" || id.startsWith("#")) continue;
    if (!isProjectId(id))
      throw new Failure("usage", {
        what: "This isn't the id of a project",
        where: `${path}:${index + 1}`,
        next: "write one id a line",
      });
    ids.add(id);
  }
  return [...ids].map((id) => ({ id }));
}

async function pipedList(signal: AbortSignal): Promise<string> {
  return standardInput(process.stdin, {
    flag: "--projects-from -",
    most: largestChanged,
    atTerminal: {
      what: "The list of projects is to come from standard input, and nothing does",
      next: "pipe it in, or name a file",
    },
    signal,
  });
}

async function listIn(path: string): Promise<string> {
  try {
    return await readRegularText(path, largestChanged);
  } catch (cause) {
    const why = cause instanceof Error ? { why: cause.message } : {};
    throw new Failure("usage", { what: "The list can't be read", where: path, ...why }, { cause });
  }
}
