import type { Assignment, Command, Elif, Redirection, SyntaxNode, Word } from "unbash";
import { allVendors, containerPrefixes, patternOfAny } from "../vendors/registry.ts";
import { pathInApp } from "./evaluate/app-path.ts";
import { parseScript } from "./parse/parse.ts";
import { eachCommand } from "./parse/tree.ts";

/** Something in a `.environment` that every shell suffers from; offsets are those of the file. */
export interface ShellFlaw {
  /** What the file does: "sets PATH without …". */
  readonly says: string;
  readonly start: number;
  readonly end: number;
  /** Whether no shell gets beyond it. */
  readonly endsAll?: true;
  /** The value of PATH, as it is written, where that is what is lost. */
  readonly path?: string;
  /** What puts it right, where that can be told; offsets are those of the file. */
  readonly repair?: { readonly start: number; readonly end: number; readonly text: string };
}

/**
 * Where a `.environment` loses the path, or prints. What it does only for a terminal, or inside `$(…)`, a function or a
 * pipe, is left out.
 */
export function shellFlaws(text: string): readonly ShellFlaw[] {
  const tree = parseScript(text);
  if ((tree.errors?.length ?? 0) > 0) return [];
  const found: ShellFlaw[] = [];
  const dash = startingPlace();
  const bash = startingPlace();
  let mayBeLeft = false;
  for (const { command } of tree.commands) {
    visit(command, text, (each) => {
      note(each, text, found, each === command && !mayBeLeft);
      return "unknown";
    });
    mayBeLeft ||= returns(command);
    visit(command, text, (each) => moved(dash, each, "dash"));
    visit(command, text, (each) => moved(bash, each, "bash"));
  }
  const away = [dash, bash].find(({ folder }) => folder !== "")?.by;
  if (away === undefined) return found;
  const says =
    dash.folder === ""
      ? "leaves every bash in another folder; dash, which runs hooks and crons, has no pushd"
      : "leaves every hook and cron in another folder";
  const flaw = { says, start: away.pos, end: away.end };
  return [...found, flaw].sort((one, other) => one.start - other.start);
}

/** Where a shell is; a folder is a path from the app's own, or undefined where it can't be told or is out of the app. */
interface Place {
  folder: string | undefined;
  /** What `cd -` goes back to. */
  before: string | undefined;
  /** What `popd` goes back to, the last one last. */
  readonly pushed: (string | undefined)[];
  /** The command that went to the folder. */
  by?: Command;
}

/** Whether a command succeeds, as far as it can be told. */
type Success = "yes" | "no" | "unknown";

function startingPlace(): Place {
  return { folder: "", before: "", pushed: [] };
}

/** Takes a change of folder into a place; one that names a folder is taken to find it. */
function moved(place: Place, command: Command, shell: "dash" | "bash"): Success {
  const words = [...(command.name === undefined ? [] : [command.name]), ...command.args].map(
    (word) => (word.type === "Word" ? word : undefined),
  );
  while (["command", "builtin"].includes(words[0]?.value ?? "")) words.shift();
  const [name, ...args] = words;
  const move = name?.value;
  if (move !== "cd" && move !== "pushd" && move !== "popd") return "unknown";
  if (move !== "cd" && shell === "dash") return "no";
  const { folder, before, pushed } = place;
  const [target] = args.filter((word) => !/^-(?:[LPe@]+|-)$/u.test(word?.value ?? ""));
  if (move === "popd" && target === undefined && pushed.length === 0) return "no";
  if (move === "pushd" && target === undefined && pushed.length === 0) return "no";
  place.before = folder;
  place.by = command;
  if (move === "cd") place.folder = folderOf(target, { folder, before }, args.length === 0);
  else if (target === undefined) {
    place.folder = pushed.pop();
    if (move === "pushd") pushed.push(folder);
  } else if (/^[+-]./u.test(target.value) || move === "popd") place.folder = undefined;
  else {
    place.folder = folderOf(target, { folder, before }, false);
    pushed.push(folder);
  }
  return "yes";
}

/** Where a word leads, from a folder; no word leads home, which is the app's folder. */
function folderOf(
  target: Word | undefined,
  { folder, before }: Pick<Place, "folder" | "before">,
  isHome: boolean,
): string | undefined {
  if (target === undefined) return isHome ? "" : undefined;
  return back.test(target.text) ? before : pathInApp(target, folder);
}

const back = /^["']?(?:-|\$\{?OLDPWD\}?)["']?$/u;

/** Whether the shell may read no further than a command, and goes on with its hook or cron. */
function returns(node: SyntaxNode): boolean {
  let found = false;
  if (node.type !== "Function")
    eachCommand(node, ({ name }) => {
      found ||= name?.value === "return";
    });
  return found;
}

/** Hands on the commands that every shell runs, but for those that the success of the one before rules out. */
function visit(node: SyntaxNode, text: string, take: (command: Command) => Success): Success {
  if (node.type === "AndOr" || node.type === "CompoundList") {
    if (isForTerminal(text.slice(node.pos, node.end))) return "unknown";
    let success: Success = "unknown";
    for (const [at, each] of node.commands.entries()) {
      const operator = node.type === "AndOr" && at > 0 ? node.operators[at - 1] : undefined;
      const isLeftOut = operator !== undefined && success === (operator === "&&" ? "no" : "yes");
      if (!isLeftOut) success = visit(each, text, take);
    }
    return success;
  }
  if (node.type === "Statement") return visit(node.command, text, take);
  if (node.type === "Command") return take(node);
  if (isRefusedTrial(node)) return "no";
  if (node.type === "If" && !isForTerminal(text.slice(node.pos, node.end)))
    for (const part of [node.clause, node.then, ...node.elif.flatMap(bothParts), node.else])
      if (part !== undefined) visit(part, text, take);
  return "unknown";
}

/** Whether what dash ends at is tried in a shell of its own: `(set -o pipefail) 2>/dev/null && set -o pipefail`. */
function isRefusedTrial(node: SyntaxNode): boolean {
  const shell = node.type === "Redirected" ? node.command : node;
  return (
    shell.type === "Subshell" &&
    shell.body.commands.some(({ command }) => command.type === "Command" && endsDash(command))
  );
}

function bothParts({ clause, then }: Elif): readonly SyntaxNode[] {
  return [clause, then];
}

function isForTerminal(text: string): boolean {
  return /-t\s+[012]|\$PS1|\$\{PS1|\$-|SSH_/u.test(text);
}

/** @param isAlways whether it runs in every shell, whatever is so before */
function note(command: Command, text: string, found: ShellFlaw[], isAlways: boolean): void {
  const { name, prefix, args, redirects } = command;
  const assigned = name === undefined ? prefix : name.value === "export" ? args : [];
  for (const each of assigned) {
    const { pos: start, end } = each;
    const written = text.slice(start, end);
    if (/^PATH=/u.test(written) && !keepsPath.test(written.slice(5).replaceAll(/'[^']*'/gu, "")))
      found.push({
        says: "sets PATH without the folders that were in it",
        start,
        end,
        path: written.slice("PATH=".length).replace(/^(["'])(.*)\1$/u, "$2"),
        ...withOldPath(written, start, end),
      });
  }
  const says = lastingEffect(command);
  const isEnd = name?.value === "exit" || endsDash(command);
  if (says !== undefined)
    found.push({
      says,
      start: command.pos,
      end: command.end,
      ...(isAlways && isEnd ? { endsAll: true } : {}),
    });
  const isPrinting = printing.has(name?.value ?? "") || asksForVersion(command);
  if (isPrinting && redirects.length === 0)
    found.push({
      says: "prints something in every shell",
      start: command.pos,
      end: command.end,
      // What goes to the error output is in nobody's way: rsync and the CLI read the other one.
      repair: { start: command.end, end: command.end, text: " >&2" },
    });
}

/** The old path in a value, outside of single quotes. */
const keepsPath = /(?<!\\)\$(?:PATH\b|\{PATH\b)|`|\$\(/u;

/** Programs that print whatever they are given. */
const printing = new Set(
  "cat date df echo id ls printenv printf pwd type uname which whoami".split(" "),
);

/** `node --version`, `php -v`, `command -v node`. */
function asksForVersion({ name, args }: Command): boolean {
  const [first, second] = args.map(({ text }) => text);
  if (name?.value === "command") return /^-[vV]$/u.test(first ?? "") && second !== undefined;
  return name !== undefined && second === undefined && /^(?:--?version|-[vV])$/u.test(first ?? "");
}

/** What else a command does to every hook and cron, which read the file in the shell that they run in. */
function lastingEffect(command: Command): string | undefined {
  const { name, prefix, args } = command;
  if (name?.value === "exit") return "ends every shell that reads it";
  if (endsDash(command)) return `ends every hook and cron at ${name?.value}, as dash takes it`;
  if (name?.value === "exec" && args.length > 0) return "puts a program in place of every shell";
  if (name?.value === "exec" && command.redirects.some(takesOutput))
    return "sends the output of every hook and cron elsewhere";
  const option = lastingOptions.find(({ letter, long }) => turnsOn(command, letter, long));
  if (option !== undefined) return option.says;
  const assignments = (name === undefined ? prefix : name.value === "export" ? args : []).filter(
    (each) => each.type === "Assignment",
  );
  const emptied = assignments.filter(
    ({ value }) => value.type === "Word" && /^(?:""|'')?$/u.test(value.text),
  );
  const set = assignments.filter(isChange).map((each) => each.name);
  const unset =
    name?.value === "unset" ? args.map(({ text }) => text) : emptied.map((each) => each.name);
  if (set.includes("HOME") || unset.includes("HOME"))
    return "changes HOME, below which the CLI is installed and looked for";
  if (unset.includes("PATH")) return "takes PATH away";
  const token = unset.find((each) => allVendors.some(({ tokenEnv }) => tokenEnv === each));
  if (token !== undefined) return `takes ${token} away, without which the CLI isn't signed in`;
  const changed = [...set, ...unset].find((each) => asked.test(each));
  return changed && `changes ${changed}, which hooks, crons and the CLI ask for`;
}

/** Builtins of dash after whose errors a script goes no further, and the options that they take (dash(1), "Builtins"). */
const special: Readonly<Record<string, RegExp>> = {
  export: /^-p$/u,
  readonly: /^-p$/u,
  unset: /^-[fv]$/u,
};

/** `export A = b`, `export A-B=c`, `set -o pipefail`, `local` outside of a function: dash ends there with an error. */
function endsDash({ name, args }: Command): boolean {
  const builtin = name?.value ?? "";
  if (builtin === "local") return true;
  if (builtin === "set")
    return args.some(
      ({ text }, at) => text === "pipefail" && /^[-+][a-zA-Z]*o$/u.test(args[at - 1]?.text ?? ""),
    );
  const options = special[builtin];
  return (
    options !== undefined &&
    args.some(({ text }) => {
      if (text.startsWith("-")) return text !== "--" && !options.test(text);
      const [written = ""] = text.split("=", 1);
      return !/[$`"'\\*]/u.test(written) && !/^[A-Za-z_]\w*$/u.test(written);
    })
  );
}

/** Whether a variable may get another value by it: its own as a default, and the folder that HOME is anyway, are none. */
function isChange({ name, value }: Assignment): boolean {
  if (value.type !== "Word") return true;
  const text = value.text.replace(/^"(.*)"$/su, "$1");
  const isOwn = text.startsWith(`\${${name}:-`) || text === `$${name}` || text === `\${${name}}`;
  const isHome = name === "HOME" && /^(?:\/app|\$\{?PLATFORM_APP_DIR\}?)\/?$/u.test(text);
  return !isOwn && !isHome;
}

function takesOutput(redirect: Redirection): boolean {
  if (redirect.type !== "Redirect" || redirect.operator.startsWith("<")) return false;
  const { descriptor } = redirect;
  if (descriptor === undefined) return true;
  return descriptor.type === "FileDescriptor" && [1, 2].includes(descriptor.value);
}

/** Options of the shell that stay on for the hook or the cron behind it (dash(1), "set"). */
const lastingOptions = [
  { letter: "e", long: "errexit", says: "has every hook and cron end at its first failure" },
  {
    letter: "u",
    long: "nounset",
    says: "has every hook and cron end at a variable that isn't set",
  },
  { letter: "f", long: "noglob", says: "has no hook and no cron replace * by the files there are" },
  {
    letter: "x",
    long: "xtrace",
    says: "has every hook and cron print its commands, with the values of variables in them",
  },
];

function turnsOn({ name, args }: Command, letter: string, long: string): boolean {
  if (name?.value !== "set") return false;
  const words = args.map(({ text }) => text);
  const ends = words.indexOf("--");
  return words
    .slice(0, ends === -1 ? words.length : ends)
    .some(
      (text, at) =>
        (/^-[a-zA-Z]+$/u.test(text) && text.includes(letter)) ||
        (text === long && /^-[a-zA-Z]*o$/u.test(words[at - 1] ?? "")),
    );
}

const asked = new RegExp(
  `^${patternOfAny(containerPrefixes)}(?:BRANCH|ENVIRONMENT|ENVIRONMENT_TYPE|PROJECT)$`,
  "u",
);

/** The assignment with the folders that were in PATH; always quoted, because dash splits the words of `export`. */
function withOldPath(written: string, start: number, end: number): Pick<ShellFlaw, "repair"> {
  const [, value] =
    /^PATH="([^"`\\]*)"$/u.exec(written) ?? /^PATH=([\w/.:${}+-]*)$/u.exec(written) ?? [];
  return value ? { repair: { start, end, text: `PATH="${value}:$PATH"` } } : {};
}
