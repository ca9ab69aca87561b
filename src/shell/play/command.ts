import type { Assignment, Command } from "unbash";
import { builtins, hasOwnStatus, isSpecial } from "./builtins.ts";
import { Return } from "./ending.ts";
import { fields, unsplitText } from "./expansion.ts";
import type { Context, ExpandedCommand, Machine } from "./machine.ts";
import { writesFile } from "./plumbing.ts";
import { playProgram } from "./program.ts";
import { calledScript } from "./script-call.ts";
import type { DefinedFunction, OuterVariable } from "./shell-state.ts";
import { isKnown } from "./unknown-text.ts";
import { Unplayable } from "./unplayable.ts";

/** Runs a simple command: a function, a builtin, a script of the repository, or a program. */
export function playCommand(node: Command, context: Context, machine: Machine): number {
  const { shell } = context;
  const from = machine.expander(context);
  shell.printing = 0;
  const [name, ...args] = [
    ...(node.name === undefined ? [] : fields(node.name, from)),
    ...node.args.flatMap((arg) =>
      arg.type === "Word" ? fields(arg, from) : [`${arg.name}=${assigned(arg, context, machine)}`],
    ),
  ];
  const own = machine.plumbing(node.redirects, context);
  const settings = node.prefix.flatMap((each): [string, string][] =>
    each.type === "Assignment" ? [[each.name, assigned(each, context, machine)]] : [],
  );
  const plumbing = context.plumbing + own;
  const at = machine.placeOf(node, context);
  if (writesFile(own) && (name === undefined || onlyWrites.has(name)))
    machine.noted({
      words: [...(name === undefined ? [] : [name]), own.trim()],
      folder: shell.folder,
      plumbing,
      settings: shell.settings(),
      exported: shell.exported(),
      at,
    });
  if (name === undefined) {
    for (const [variable, value] of settings) shell.set(variable, value);
    return machine.errexit(shell.printing, context);
  }
  const started = { name, args, settings, plumbing, at };
  return machine.errexit(run(started, context, machine), context);
}

/** Those that do nothing, so that they stand in front of a redirection for what that does. */
const onlyWrites = new Set([":", "true", "false"]);

function assigned(assignment: Assignment, context: Context, machine: Machine): string {
  const { value, append, index } = assignment;
  if (value.type !== "Word" || append === true || index !== undefined)
    throw new Unplayable("dash doesn't know arrays and +=");
  return unsplitText(value, machine.expander(context));
}

function run(started: ExpandedCommand, context: Context, machine: Machine): number {
  const { name, settings } = started;
  if (!isKnown(name)) return playProgram(started, context, machine);
  const defined = isSpecial(name) ? undefined : context.shell.functions.get(name);
  const builtin = defined === undefined ? builtins.get(name) : undefined;
  if (settings.length > 0 && (defined !== undefined || isSpecial(name)))
    throw new Unplayable(`it sets ${settings[0]?.[0]} for ${name} alone`);
  if (defined !== undefined) return runFunction(defined, started, context, machine);
  if (builtin !== undefined) {
    const status = builtin(started, context, machine);
    if (hasOwnStatus(name)) machine.play.latest = undefined;
    return status;
  }
  return calledScript(started, context, machine) ?? playProgram(started, context, machine);
}

function runFunction(
  { node, text }: DefinedFunction,
  { args, plumbing }: ExpandedCommand,
  context: Context,
  machine: Machine,
): number {
  const { shell } = context;
  if (node.body.type === "CompoundList") throw new Unplayable("a function isn't complete");
  const { parameters, locals } = shell;
  shell.parameters = args;
  const own = new Map<string, OuterVariable>();
  shell.locals = own;
  try {
    return machine.command(node.body, { ...context, text, plumbing, loops: 0 });
  } catch (end) {
    if (end instanceof Return) return end.status;
    throw end;
  } finally {
    for (const [variable, outer] of own) shell.restore(variable, outer);
    shell.parameters = parameters;
    shell.locals = locals;
  }
}
