import { Script } from "node:vm";
import { Failure } from "./failure.ts";

const key = Symbol.for("machinist.work");
const watched = new Script("globalThis[Symbol.for('machinist.work')]()");
let isWatched = false;

/**
 * Does a long piece of work that Ctrl-C ends at once. A handler of a signal has to wait until the program waits for
 * something, so that it comes too late for work that does not; V8 itself can stop that on SIGINT (node:vm,
 * `breakOnSigint`). SIGTERM and SIGHUP end the process as if it had no handlers, unless a screen has the terminal: what
 * was done is in the journal by then.
 *
 * @param work waits for nothing, and changes nothing that would be left half done
 * @throws Failure "interrupted" after the handlers of SIGINT were called, and what `work` throws
 */
export function interruptibly<T>(work: () => T): T {
  // Without handlers the system ends the process.
  if (isWatched || process.listenerCount("SIGINT") === 0) return work();
  let done: { readonly value: T } | undefined;
  Reflect.set(globalThis, key, () => {
    done = { value: work() };
  });
  const restore = process.stdin.isRaw ? () => undefined : withoutHandlers(["SIGTERM", "SIGHUP"]);
  isWatched = true;
  try {
    watched.runInThisContext({ breakOnSigint: true });
  } catch (error) {
    if (!isInterruption(error)) throw error;
  } finally {
    isWatched = false;
    restore();
    Reflect.deleteProperty(globalThis, key);
  }
  if (done !== undefined) return done.value;
  process.emit("SIGINT");
  throw new Failure("interrupted", { what: "Interrupted" });
}

function isInterruption(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED"
  );
}

/** Takes the handlers of signals away. @returns puts them back */
function withoutHandlers(signals: readonly NodeJS.Signals[]): () => void {
  const taken = signals.map((signal) => ({ signal, handlers: process.rawListeners(signal) }));
  for (const signal of signals) process.removeAllListeners(signal);
  return () => {
    for (const { signal, handlers } of taken)
      for (const handler of handlers) Reflect.apply(process.on, process, [signal, handler]);
  };
}
