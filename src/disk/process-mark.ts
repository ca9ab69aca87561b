import { readFile } from "node:fs/promises";
import * as v from "valibot";

/** A process, told apart from a later one with the same number by the time it started. */
export interface ProcessMark {
  readonly pid: number;
  /** Clock ticks between the boot and its start, as text; missing where the system doesn't say. */
  readonly started?: string;
}

const markSchema = v.object({ pid: v.number(), started: v.exactOptional(v.string()) });

/** The mark that a text holds as JSON; undefined when it is none. */
export function markIn(text: string): ProcessMark | undefined {
  try {
    const read = v.safeParse(markSchema, JSON.parse(text));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

/** The mark of the process that asks. */
export async function thisProcess(): Promise<ProcessMark> {
  return markOf(process.pid);
}

/** Whether the marked process still runs. One that ended and that its parent hasn't asked about yet does not. */
export async function isRunning(mark: ProcessMark): Promise<boolean> {
  if (!isAlive(mark.pid)) return false;
  const { state, started } = await statusOf(mark.pid);
  if (state === "Z" || state === "X") return false;
  return started === undefined || mark.started === undefined || started === mark.started;
}

/** Whether a process with this number runs now, be it ours or somebody else's (kill(2), signal 0). */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function markOf(pid: number): Promise<ProcessMark> {
  const { started } = await statusOf(pid);
  return started === undefined ? { pid } : { pid, started };
}

/**
 * The 3rd and the 22nd field of `/proc/<pid>/stat`: the state (Z and X are of the dead) and when it started; the 2nd, a
 * name in brackets, may hold blanks (proc(5)). Nothing where there is no such file.
 */
async function statusOf(
  pid: number,
): Promise<{ readonly state?: string | undefined; readonly started?: string | undefined }> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  if (stat === undefined) return {};
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { state: fields[0], started: fields[19] };
}
