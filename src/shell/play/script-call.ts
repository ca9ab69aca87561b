import { shellOf } from "../evaluate/called-scripts.ts";
import type { Shell } from "../evaluate/sighting.ts";
import type { Context, ExpandedCommand, Machine } from "./machine.ts";
import { playedPathInApp } from "./paths.ts";
import { isKnown, isSeveral } from "./unknown-text.ts";
import { Unplayable } from "./unplayable.ts";

const shells: ReadonlyMap<string, Shell> = new Map([
  ["sh", "dash"],
  ["dash", "dash"],
  ["bash", "bash"],
] as const);

/**
 * Runs a script in a shell of its own: one of the repository by its path, `sh build.sh`, or `sh -c '…'`. Undefined for
 * anything else.
 */
export function calledScript(
  started: ExpandedCommand,
  context: Context,
  machine: Machine,
): number | undefined {
  const { name, args, plumbing, at, settings } = started;
  const shell = shells.get(name.slice(name.lastIndexOf("/") + 1));
  const call = shell === undefined ? itself(name, args, context, machine) : byShell(shell, started);
  if (call === undefined) return undefined;
  const path =
    call.path === undefined ? undefined : playedPathInApp(call.path, context.shell.folder);
  const source = path === undefined ? call.source : machine.script.files.get(path);
  if (source === undefined || !isKnown(source)) return undefined;
  if (call.parameters.some(isSeveral))
    throw new Unplayable("a script gets words of unknown number");
  const state = context.shell.child(call.shell);
  for (const [variable, value] of settings) state.set(variable, value);
  state.parameters = call.parameters;
  state.errexit = call.errexit;
  const text = path === undefined ? { source, file: "", within: at } : { source, file: path };
  return machine.inShell(text, state, plumbing);
}

interface ScriptCall {
  readonly shell: Shell;
  readonly errexit: boolean;
  readonly parameters: readonly string[];
  readonly path?: string;
  readonly source?: string;
}

/** `./build.sh`, by what its first line says. */
function itself(
  name: string,
  parameters: readonly string[],
  context: Context,
  { script: { files } }: Machine,
): ScriptCall | undefined {
  const path = name.includes("/") ? playedPathInApp(name, context.shell.folder) : undefined;
  const source = path === undefined ? undefined : files.get(path);
  const by = source === undefined ? undefined : shellOf(source);
  return by && { ...by, path: name, parameters };
}

/** `sh build.sh` and `sh -c '…'`, with no options but `-e`. */
function byShell(shell: Shell, { args }: ExpandedCommand): ScriptCall | undefined {
  const options = args.findIndex((arg) => !/^-[ce]+$/u.test(arg));
  const given = options === -1 ? args : args.slice(0, options);
  const [first, ...rest] = args.slice(given.length);
  if (first === undefined || first.startsWith("-")) return undefined;
  const errexit = given.some((option) => option.includes("e"));
  if (given.some((option) => option.includes("c")))
    return { shell, errexit, source: first, parameters: rest.slice(1) };
  return { shell, errexit, path: first, parameters: rest };
}
