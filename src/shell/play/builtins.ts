import { Loop, Return, ShellEnd } from "./ending.ts";
import type { Context, ExpandedCommand, Machine } from "./machine.ts";
import { playedPathInApp, resolvedPath } from "./paths.ts";
import { playProgram } from "./program.ts";
import { calledScript } from "./script-call.ts";
import { playSet } from "./shell-options.ts";
import { testStatus } from "./test.ts";
import { isKnown, isSeveral, unknownText } from "./unknown-text.ts";
import { Unplayable } from "./unplayable.ts";

/** Whether the status of a builtin is its own, and not that of a command which ran before or within it. */
export function hasOwnStatus(name: string): boolean {
  return ownStatus.has(name);
}

const ownStatus = new Set(": true false [ test export unset local shift set trap read".split(" "));

/** What a command that the shell itself knows does; its status. */
type Builtin = (started: ExpandedCommand, context: Context, machine: Machine) => number;

/** Whether a name is one of the special builtins, which no function takes the place of (POSIX). */
export function isSpecial(name: string): boolean {
  return special.has(name);
}

const special = new Set(
  ": . break continue eval exec exit export readonly return set shift times trap unset".split(" "),
);

/** One that only writes or tells, and doesn't fail. */
const tells: Builtin = (started, context, machine) => playProgram(started, context, machine, 0);

/** One whose outcome isn't known. */
const asks: Builtin = (started, context, machine) => playProgram(started, context, machine);

/** One that changes how all that follows is read, or that only bash has. */
const unread: Builtin = ({ name }) => {
  throw new Unplayable(`${name} isn't followed`);
};

/** The commands that the shell has itself, as far as they are played. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [":", () => 0],
  ["true", () => 0],
  ["false", () => 1],
  ["echo", tells],
  ["printf", tells],
  ["pwd", tells],
  ["umask", tells],
  ["times", tells],
  ["ulimit", tells],
  ["hash", asks],
  ["jobs", asks],
  ["kill", asks],
  ["type", asks],
  ["wait", asks],
  ["[", bracket],
  ["test", tested],
  ["cd", changeFolder],
  [
    "exit",
    ({ args }, { shell }) => {
      throw new ShellEnd(statusIn(args, shell.status));
    },
  ],
  [
    "return",
    ({ args }, { shell }) => {
      throw new Return(statusIn(args, shell.status));
    },
  ],
  ["break", leaveLoop],
  ["continue", leaveLoop],
  ["set", playSet],
  ["shift", shift],
  ["export", exportVariables],
  ["unset", unset],
  ["local", local],
  ["read", read],
  ["trap", trap],
  ["eval", evaluate],
  [".", source],
  [
    "source",
    (started, context, machine) =>
      context.shell.shell === "bash" || machine.model.isMeant?.(started.at) === true
        ? source(started, context, machine)
        : 127,
  ],
  ["exec", exec],
  ["command", command],
  ...[
    "alias",
    "unalias",
    "readonly",
    "getopts",
    "fc",
    "fg",
    "bg",
    "declare",
    "typeset",
    "let",
    "shopt",
    "pushd",
    "popd",
    "mapfile",
    "readarray",
    "disown",
    "enable",
    "builtin",
  ].map((name) => [name, unread] as const),
]);

function bracket(started: ExpandedCommand, context: Context, machine: Machine): number {
  const { args } = started;
  return args.at(-1) === "]"
    ? tested({ ...started, args: args.slice(0, -1) }, context, machine)
    : 2;
}

function tested({ args }: ExpandedCommand, { shell }: Context, machine: Machine): number {
  machine.looked(args.join(" "));
  return testStatus(args, machine.play, shell);
}

function changeFolder({ args }: ExpandedCommand, { shell }: Context, { play }: Machine): number {
  const [target = shell.variable("HOME") ?? "", second] = args.filter(
    (arg) => !/^-[LP]$/u.test(arg),
  );
  if (target === "" || second !== undefined || isSeveral(target))
    throw new Unplayable("it can't be seen where cd goes");
  const former = shell.formerFolder ?? unknownText("$OLDPWD");
  const folder = target === "-" ? former : resolvedPath(shell.folder, target);
  const isThere = play.succeeds(`cd ${folder}`);
  play.decides();
  if (!isThere) return 2;
  shell.formerFolder = shell.folder;
  shell.folder = folder;
  return 0;
}

/** The status that `exit` and `return` are given. */
function statusIn([written]: readonly string[], latest: number): number {
  if (written === undefined) return latest;
  if (!/^\d{1,3}$/u.test(written)) throw new Unplayable(`the status ${written} isn't known`);
  return Number(written) % 256;
}

function leaveLoop({ name, args: [written = "1"] }: ExpandedCommand, { loops }: Context): number {
  if (!/^[1-9]$/u.test(written)) throw new Unplayable(`${name} ${written} isn't followed`);
  if (loops === 0) return 0;
  throw new Loop(name === "break" ? "break" : "continue", Math.min(Number(written), loops));
}

function shift({ args: [written = "1"] }: ExpandedCommand, { shell }: Context): number {
  const count = Number(written);
  if (!/^\d+$/u.test(written)) throw new Unplayable(`shift ${written} isn't followed`);
  if (count > shell.parameters.length) throw new ShellEnd(2);
  shell.parameters = shell.parameters.slice(count);
  return 0;
}

function exportVariables({ args }: ExpandedCommand, { shell }: Context): number {
  for (const arg of args) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=(.*))?$/su.exec(arg) ?? [];
    if (name === undefined) throw new Unplayable(`export ${arg} isn't followed`);
    if (value !== undefined) shell.set(name, value);
    shell.export(name);
  }
  return 0;
}

function unset({ args }: ExpandedCommand, { shell }: Context): number {
  const [first] = args;
  const isFunction = first === "-f";
  const names = first === "-f" || first === "-v" ? args.slice(1) : args;
  for (const name of names) {
    if (!/^[A-Za-z_]\w*$/u.test(name)) throw new Unplayable(`unset ${name} isn't followed`);
    if (isFunction) shell.functions.delete(name);
    else shell.unset(name);
  }
  return 0;
}

/** Its variables get their former values back when the function ends. */
function local({ args }: ExpandedCommand, { shell }: Context): number {
  const { locals } = shell;
  if (locals === undefined) throw new Unplayable("local stands outside of a function");
  for (const arg of args) {
    const [, name, value] = /^([A-Za-z_]\w*)(?:=(.*))?$/su.exec(arg) ?? [];
    if (name === undefined) throw new Unplayable(`local ${arg} isn't followed`);
    if (!locals.has(name)) locals.set(name, shell.outer(name));
    if (value !== undefined) shell.set(name, value);
  }
  return 0;
}

/** What is read isn't known, but differs from line to line. */
function read({ args }: ExpandedCommand, { shell }: Context, { play }: Machine): number {
  const names = args.filter((arg) => !arg.startsWith("-"));
  if (names.length === 0) throw new Unplayable("it reads without a variable's name");
  const line = play.count("lines that are read");
  for (const name of names) shell.set(name, unknownText(`${name} of line ${line}`));
  return play.holds("there is a line to read") ? 0 : 1;
}

/** What runs at a signal isn't played: none is sent. */
function trap({ args }: ExpandedCommand, { shell, text }: Context): number {
  const [action, ...signals] = args;
  if (action === undefined) return 0;
  for (const signal of signals) {
    if (!/^(?:0|EXIT|HUP|INT|QUIT|TERM|PIPE|USR[12]|\d+)$/u.test(signal) || !isKnown(action))
      throw new Unplayable(`trap for ${signal} isn't followed`);
    if (signal !== "EXIT" && signal !== "0") continue;
    shell.exitTrap = action === "-" || action === "" ? undefined : { script: action, text };
  }
  if (signals.length === 0) throw new Unplayable(`trap ${action} isn't followed`);
  return 0;
}

/** A text that is run has no places of its own. */
function evaluate(
  { args, plumbing, at }: ExpandedCommand,
  context: Context,
  machine: Machine,
): number {
  const text = args.join(" ");
  if (!isKnown(text)) throw new Unplayable("it can't be seen what eval runs");
  return machine.here(
    { source: text, file: context.text.file, within: at },
    { ...context, plumbing },
  );
}

/** A script that isn't known may set any variable and option, and go anywhere; where it can't be read, the shell ends. */
function source(started: ExpandedCommand, context: Context, machine: Machine): number {
  const { shell } = context;
  const [file = "", ...parameters] = started.args;
  const path = file.includes("/") ? playedPathInApp(file, shell.folder) : undefined;
  const text = path === undefined ? undefined : machine.script.files.get(path);
  if (path === undefined || text === undefined) {
    const status = playProgram({ ...started, name: "." }, context, machine);
    machine.play.decides();
    if (status !== 0) throw new ShellEnd(2);
    shell.lose(file);
    shell.errexit = !machine.play.holds(`set -e isn't in effect after ${file}`);
    return 0;
  }
  if (parameters.length > 0) throw new Unplayable("a script that is sourced gets parameters");
  try {
    const { plumbing } = started;
    return machine.here({ source: text, file: path }, { ...context, plumbing });
  } catch (end) {
    if (end instanceof Return) return end.status;
    throw end;
  }
}

function exec(started: ExpandedCommand, context: Context, machine: Machine): number {
  const [name, ...args] = started.args;
  const { shell } = context;
  if (name === undefined) {
    shell.plumbing += started.plumbing.slice(context.plumbing.length);
    return 0;
  }
  if (name.startsWith("-")) throw new Unplayable(`exec ${name} isn't followed`);
  const program = { ...started, name, args };
  const status = calledScript(program, context, machine) ?? playProgram(program, context, machine);
  shell.exitTrap = undefined;
  throw new ShellEnd(status);
}

/** `command -v` asks whether there is a program; `command NAME` runs it, and no function of that name. */
function command(started: ExpandedCommand, context: Context, machine: Machine): number {
  const [name, ...args] = started.args;
  if (name === undefined || name.startsWith("-")) return playProgram(started, context, machine);
  const program = { ...started, name, args };
  const builtin = builtins.get(name);
  if (builtin !== undefined) return builtin(program, context, machine);
  return calledScript(program, context, machine) ?? playProgram(program, context, machine);
}
