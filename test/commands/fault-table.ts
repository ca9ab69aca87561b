import { type ExitReason, exitCodes } from "../../src/exit-code.ts";
import { Failure, failureLines } from "../../src/failure.ts";
import { printsTables } from "../amounts.ts";
import type { DiskCall, DiskFault } from "../change/faulty-disk.ts";

/** What a run of a command said, and how it ended. */
export interface Said {
  readonly text: string;
  readonly failure: unknown;
  /** How it ended without a failure, where it says so. */
  readonly ended?: ExitReason;
}

/** One fault of the disk at one of the calls that a command makes. */
export interface Cell {
  readonly code: DiskFault["code"];
  readonly shown: string;
  faultOf(call: DiskCall): DiskFault | undefined;
}

/** What may go wrong with a call that writes. */
const faults: readonly DiskFault[] = [
  { code: "ENOSPC", when: "before" },
  { code: "EIO", when: "before" },
  { code: "EIO", when: "after" },
  { code: "ESTALE", when: "after" },
  { code: "EROFS", when: "before" },
  { code: "EINTR", when: "before" },
];

/** Every cell of the table of a command that makes these calls: a call fails, or it and all that follow. */
export function cellsOf(calls: readonly DiskCall[]): readonly Cell[] {
  return calls.flatMap(({ name, path, number, writes }) => {
    const where = `${name} ${path?.split("/").at(-1) ?? ""} (${number})`;
    const once = (fault: DiskFault): Cell => ({
      code: fault.code,
      shown: `${fault.code} ${fault.when} ${where}`,
      faultOf: (call) => (call.number === number ? fault : undefined),
    });
    const onwards = (code: DiskFault["code"]): Cell => ({
      code,
      shown: `${code} from ${where} on`,
      faultOf: (call) =>
        call.number >= number && call.writes ? ({ code, when: "before" } as const) : undefined,
    });
    if (!writes) return [once({ code: "EIO", when: "before" })];
    return [...faults.map(once), onwards("ENOSPC")];
  });
}

/** All that a command said, its failure too. */
export function allWords({ text, failure }: Said): string {
  const whole = failure instanceof Failure ? failureLines(failure.parts).join("\n") : "";
  return `${text}\n${whole}`;
}

/** The code by which the program would have ended. */
function exitOf({ failure, ended = "done" }: Said): number {
  const reason = failure instanceof Failure ? failure.reason : "unexpected";
  return exitCodes[failure === undefined ? ended : reason].code;
}

/** How often a command met a fault that left this behind, said this and ended like this. */
const table = new Map<string, number>();

/** Enters a cell into the table that is printed at the end. @param left what is on disk and on the platform */
export function enter(operation: string, { code }: Cell, left: string, said: Said): void {
  const words =
    /nothing was changed|not known whether done|failed, and not done|left out|^done: /gimu;
  const kinds = [...new Set(said.text.match(words) ?? [])].map((word) => word.trim()).sort();
  const what = said.failure instanceof Failure ? [said.failure.parts.what] : [];
  const row = [operation, code, left, [...kinds, ...what].join(", ") || "done", exitOf(said)];
  const key = row.join(" | ");
  table.set(key, (table.get(key) ?? 0) + 1);
}

/** Prints the table in the deep tests: which command met which fault, what is there, what was said, the exit code. */
export function printTable(): void {
  if (!printsTables) return;
  const lines = [...table].map(([row, times]) => `${row} | ${times} times`).sort();
  process.stdout.write(`${lines.join("\n")}\n`);
  table.clear();
}
