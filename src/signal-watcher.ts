import { Session } from "node:inspector";
import { constants } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { signalState } from "./signals.ts";

/**
 * The thread that hears signals while the program's own is busy: it stops there what runs, and tells it so. Node hears
 * signals in the program's own thread alone; what that is made of, a handle of libuv, works in any thread. The session is
 * one within the process: no port is opened.
 */

const { none, heard, stopped } = signalState;
/** Milliseconds after a signal, and as what the program's own thread must not be found then. */
const looks = [
  { afterMs: 300, stuckIn: none },
  { afterMs: 700, stuckIn: heard },
] as const;

const { SIGINT, SIGTERM, SIGHUP } = constants.signals;
const state: unknown = workerData;

function lookAfterwards(): void {
  for (const { afterMs, stuckIn } of looks)
    setTimeout(() => {
      if (!(state instanceof Int32Array)) return;
      if (Atomics.compareExchange(state, 0, stuckIn, stopped) === stuckIn) stop();
    }, afterMs);
}

function stop(): void {
  const session = new Session();
  session.connectToMainThread();
  session.post("Runtime.terminateExecution", () => {
    session.disconnect();
    parentPort?.postMessage("stopped");
  });
}

/** A function that the module of Node has, whatever it is called with. */
function functionOf(owner: object, name: string): (...args: unknown[]) => unknown {
  const found: unknown = Reflect.get(owner, name);
  if (typeof found !== "function") throw new TypeError(`Node has no ${name}`);
  return (...args) => Reflect.apply(found, owner, args);
}

const binding = functionOf(process, "binding")("signal_wrap");
if (typeof binding === "object" && binding !== null && "Signal" in binding) {
  const { Signal } = binding;
  if (typeof Signal !== "function") throw new TypeError("Node has no handle of signals");
  for (const signal of [SIGINT, SIGTERM, SIGHUP]) {
    const handle: object = Reflect.construct(Signal, []);
    Reflect.set(handle, "onsignal", lookAfterwards);
    functionOf(handle, "start")(signal);
  }
}
// One may have come before.
if (state instanceof Int32Array && Atomics.load(state, 0) === heard) lookAfterwards();
parentPort?.postMessage("listening");
