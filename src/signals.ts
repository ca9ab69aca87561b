import type { Worker } from "node:worker_threads";
import { Failure } from "./failure.ts";

/** The signals that ask a program to end. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * What the two threads tell each other about a signal: the program's own has heard of it, it has taken care that the run
 * ends, or the other one stops it.
 */
export const signalState = { none: 0, heard: 1, seenTo: 2, stopped: 3 } as const;

/** What this process's threads tell each other; there is one program in a process. */
let shared: Int32Array | undefined;

/** Longer than the other thread looks after a signal (`signal-watcher.ts`). */
const lookedMs = 1_000;

/**
 * Does some work in which Ctrl-C is for another program that has the terminal meanwhile: the terminal sends it to this
 * one too, which doesn't hear it, in neither thread. Throws as `work` does.
 */
export async function leavingCtrlC<T>(work: () => Promise<T>): Promise<T> {
  const { none, seenTo } = signalState;
  const state = shared;
  const others = process.listeners("SIGINT");
  const deaf = () => undefined;
  process.on("SIGINT", deaf);
  for (const other of others) process.off("SIGINT", other);
  if (state !== undefined) Atomics.compareExchange(state, 0, none, seenTo);
  try {
    return await work();
  } finally {
    for (const other of others) process.on("SIGINT", other);
    process.off("SIGINT", deaf);
    // A Ctrl-C of the last moment is still looked after.
    if (state !== undefined)
      setTimeout(() => Atomics.compareExchange(state, 0, seenTo, none), lookedMs).unref();
  }
}

/** Milliseconds that a run has to end by itself once the program has heard a signal. */
const graceMs = 400;

/** What becomes of the program when a signal asks it to end. */
export interface Signals {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Ends the run for another reason than a signal. */
  abort(reason: unknown): void;
  /** Has signals heard from now on also by a thread of its own, which ends work that waits for nothing. */
  watch(): void;
  /**
   * Does some work and waits for it until a signal cuts it off: because the watching thread stopped it, so that nothing that waits for it
   * ever goes on, or because it went on as if there were no signal. The outermost that waits is spared the second.
   *
   * @returns what `work` gives
   * @throws Failure "interrupted" where it is cut off; of several that wait, the last that began is told
   */
  untilInterrupted<T>(work: () => Promise<T>): Promise<T>;
  /** Whether work was cut off, or is about to be, and whoever waits for it is still to be told. */
  isTelling(): boolean;
}

/**
 * Hears the signals that ask the program to end. A handler of a signal has to wait until the program waits for something;
 * `watch` sees to it that this is soon.
 *
 * @param again what a second signal does
 */
export function hearSignals(again: () => void): Signals {
  const { none, heard, seenTo, stopped } = signalState;
  const controller = new AbortController();
  const state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  shared = state;
  const waiting: ((failure: Failure) => void)[] = [];
  let watcher: Worker | undefined;
  let isListening = Promise.resolve();
  /** The watching thread told of a signal before its handler was called. */
  let isToldAhead = false;

  for (const signal of signals) {
    process.on(signal, () => {
      if (isToldAhead) {
        isToldAhead = false;
        return;
      }
      if (controller.signal.aborted) again();
      Atomics.compareExchange(state, 0, none, heard);
      setTimeout(() => {
        if (Atomics.compareExchange(state, 0, heard, seenTo) === heard && waiting.length > 1)
          cutOff();
      }, graceMs).unref();
      controller.abort();
    });
  }

  const cutOff = () => {
    if (!controller.signal.aborted) {
      isToldAhead = true;
      controller.abort();
    }
    watcher?.unref();
    Atomics.store(state, 0, seenTo);
    // Who draws on the terminal hears the signal as well, and clears it before what became of the work is told there.
    setImmediate(() =>
      setImmediate(() => waiting.at(-1)?.(new Failure("interrupted", { what: "Interrupted" }))),
    );
  };

  const listening = async () => {
    watcher?.ref();
    await isListening;
    watcher?.unref();
  };

  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    watch: () => {
      // Few runs need a second thread, and what Node has for one takes milliseconds to load.
      const threads = process.getBuiltinModule("node:worker_threads");
      watcher = new threads.Worker(new URL("./signal-watcher.cjs", import.meta.url), {
        workerData: state,
        env: {},
        // It needs what Node calls deprecated, and a warning would stand among the command's own lines.
        execArgv: ["--no-deprecation"],
      });
      const started = watcher;
      isListening = new Promise((resolve) => {
        started.on("message", (message) => (message === "stopped" ? cutOff() : resolve()));
        // Without it a signal is heard as soon as the program waits for something.
        started.on("error", () => resolve());
        started.on("exit", () => resolve());
      });
      // After the listeners: each of them has the program wait for the thread.
      started.unref();
    },
    untilInterrupted: async (work) => {
      let end: (failure: Failure) => void = () => undefined;
      const cut = new Promise<never>((_, reject) => {
        end = (failure) => {
          reject(failure);
        };
      });
      waiting.push(end);
      try {
        if (waiting.length > 1) await listening();
        return await Promise.race([work(), cut]);
      } finally {
        waiting.splice(waiting.indexOf(end), 1);
      }
    },
    isTelling: () => {
      const isStopped = Atomics.load(state, 0) === stopped;
      if (isStopped) watcher?.ref();
      return isStopped;
    },
  };
}
