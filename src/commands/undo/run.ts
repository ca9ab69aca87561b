import { resolve } from "node:path";
import { cutOff } from "../../change/cut-off.ts";
import { planUndo, type UndoEntry, undoEntry } from "../../change/undo.ts";
import { Failure, failureLines } from "../../failure.ts";
import { type Connection, connect } from "../../platform/connection.ts";
import { proxyOf } from "../../platform/proxy.ts";
import { addressesOf, type Vendor } from "../../platform/vendors.ts";
import type { Face } from "../faces/choose.ts";
import { tellPreview } from "../faces/preview.ts";
import type { Io } from "../io.ts";
import { operatorToken } from "../operator-token.ts";
import { requestLog } from "../request-log.ts";

export interface UndoManner {
  readonly vendor: Vendor;
  readonly face: Face;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly verbose: boolean;
}

/**
 * Shows what the last run changed and takes it back, the last change first, after agreement.
 * Throws the Failure of what can't be taken back, after everything else was.
 */
export async function undoCommand(directory: string, manner: UndoManner, io: Io): Promise<void> {
  const connection = await connectionOf(manner, io);
  try {
    for (const sentence of await cutOff(resolve(directory), io.env)) io.out(sentence);
    const { entries, started } = await planUndo(resolve(directory), io.env, connection);
    if (started === undefined) {
      io.out("There is nothing to undo here.");
      return;
    }
    io.out(`The run of ${started.slice(0, 16).replace("T", " ")} UTC, the last change first:`);
    for (const entry of entries) tellEntry(entry, io);
    if (manner.dryRun) {
      io.out("Dry run: nothing was changed.");
      return;
    }
    if (entries.some(({ kind }) => kind === "ready") && !(await agreed(manner, io))) {
      io.out("Nothing was changed.");
      return;
    }
    for (const entry of entries) {
      if (entry.kind === "blocked") continue;
      io.out(`done: ${(await undoEntry(entry, connection)).line}`);
    }
    const blocked = entries.find((entry) => entry.kind === "blocked");
    if (blocked !== undefined) throw blocked.failure;
  } finally {
    await connection?.close();
  }
}

async function connectionOf(
  { vendor, verbose }: UndoManner,
  io: Io,
): Promise<Connection | undefined> {
  const { env, signal, err } = io;
  const found = await operatorToken(vendor, io);
  if (found === undefined) return undefined;
  return connect({
    addresses: addressesOf(vendor, env),
    token: found.token,
    signal,
    proxy: proxyOf(env),
    ...(verbose ? { onRequest: requestLog(err) } : {}),
  });
}

function tellEntry(entry: UndoEntry, io: Io): void {
  switch (entry.kind) {
    case "ready":
      tellPreview(entry.preview, io.out);
      break;
    case "settled":
      io.out(`${entry.title}: ${entry.reason}`);
      break;
    case "blocked":
      io.out(`${entry.title}: can't be taken back`);
      for (const line of failureLines(entry.failure.parts)) io.out(`    ${line}`);
      if (entry.preview !== undefined) tellPreview(entry.preview, io.out);
  }
}

async function agreed({ yes, face }: UndoManner, { signal }: Io): Promise<boolean> {
  if (yes) return true;
  if (face === "flags") {
    throw new Failure("usage", {
      what: "Not answered: take all this back?",
      why: "there is no terminal to ask in",
      next: "agree beforehand with --yes",
    });
  }
  const { terminalReader } = await import("../faces/terminal-reader.ts");
  const reader = terminalReader(signal);
  try {
    const answer = await reader.read("Take all this back? yes or no: ", true);
    return ["y", "yes"].includes(answer.trim().toLowerCase());
  } finally {
    reader.close();
  }
}
