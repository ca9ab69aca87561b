import type { Command, SyntaxNode, Word } from "unbash";
import { allVendors, patternOfAny } from "../vendors/registry.ts";
import { sshHost } from "../vendors/traces.ts";
import { type CliInvocation, cliCall, flagValue, hasFlag } from "./cli-call.ts";
import { innerScript } from "./evaluate/inner-script.ts";
import { neverEnds } from "./evaluate/program.ts";
import { nowhere } from "./evaluate/word.ts";
import { parseScript } from "./parse/parse.ts";
import { commandWords, programName, setsErrexit, withoutWrappers } from "./parse/simple-command.ts";
import { eachCommand, eachNode } from "./parse/tree.ts";

/** A place in a script; offsets are those of the script. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Loops that go round until no activity of the environment is under way. Where activities of one type are asked for,
 * only those that have crons among them count.
 */
export function activityWaits(script: string): readonly Place[] {
  const found: Place[] = [];
  eachNode(parseScript(script), (node) => {
    if (node.type !== "While" || !callsIn(node).some(listsUnderWay)) return;
    found.push({ start: node.pos, end: node.clause.end });
  });
  return found;
}

function callsIn(node: SyntaxNode): readonly CliInvocation[] {
  const calls: CliInvocation[] = [];
  eachCommand(node, (command) => {
    const call = cliCall(withoutWrappers(command).words);
    if (call !== undefined) calls.push(call);
  });
  return calls;
}

function listsUnderWay(call: CliInvocation): boolean {
  if (call.name !== "activity:list") return false;
  const state = flagValue(call, "--state", "s");
  const isUnderWay = hasFlag(call, "--incomplete", "i") || /progress|pending/u.test(state ?? "");
  const type = flagValue(call, "--type", "t") ?? "";
  const others = flagValue(call, "--exclude-type", "x") ?? "";
  return isUnderWay && (type === "" || /cron|[*%]/u.test(type)) && !/cron/u.test(others);
}

/**
 * The first thing in a script that may keep it going: a wait of a minute or more, or what has no end. Undefined
 * when there is none, or when `timeout` limits it.
 */
export function longRunning(script: string): (Place & { readonly says: string }) | undefined {
  let found: ReturnType<typeof longRunning>;
  eachNode(parseScript(script), (node) => {
    if (found !== undefined) return;
    if (node.type === "While") {
      const condition = script.slice(node.clause.pos, node.clause.end).trim().replace(/;$/u, "");
      const endless = node.kind === "while" ? /^(?:true|:)$/u : /^false$/u;
      const leaves = /\b(?:break|exit|return)\b/u.test(script.slice(node.body.pos, node.body.end));
      if (endless.test(condition) && !leaves)
        found = { start: node.pos, end: node.clause.end, says: "loops without an end" };
    }
    if (node.type === "Command") {
      const [program, time, ...more] = withoutWrappers(node).words;
      if (program === undefined || time === undefined || node.name?.value === "timeout") return;
      const place = { start: node.pos, end: node.end };
      if (neverEnds(program, [time, ...more], node))
        found = {
          ...place,
          says: `runs ${program.text} ${time.text}, which doesn't end by itself`,
        };
      else if (programName(program) === "sleep" && isLongWait(time.value))
        found = { ...place, says: `waits for ${time.value}` };
    }
  });
  return found;
}

function isLongWait(time: string): boolean {
  const [, amount, unit = "s"] = /^(\d+)([smhd]?)$/u.exec(time) ?? [];
  return amount !== undefined && (["m", "h", "d"].includes(unit) || Number(amount) >= 60);
}

/** The programs that log in to the platform by SSH. */
const overSsh = new Set(["ssh", "scp", "sftp", "rsync", "git"]);

/** A call that logs in by SSH. */
interface Login extends Place {
  readonly program: string;
}

/** What the commands before one come to, for those that log in. */
interface BeforeLogin {
  isCertified: boolean;
  /** The variables that hold an address of the platform. */
  readonly addresses: Set<string>;
}

/** Scripts within scripts deeper than this are looked at no further: each is read anew. */
const deepest = 8;

/**
 * Calls of `ssh`, `rsync`, `git` and the like that go to the platform before the CLI has loaded a certificate, also to an
 * address in a variable, and within `sh -c`, which is the place then. One that names a key of its own needs none.
 */
export function uncertifiedLogins(script: string): readonly Login[] {
  return loginsIn(script, { isCertified: false, addresses: new Set() }, 0);
}

function loginsIn(script: string, before: BeforeLogin, depth: number): readonly Login[] {
  const found: Login[] = [];
  before.isCertified ||= /\bGIT_SSH(?:_COMMAND)?=|\bssh-add\b|IdentityFile/u.test(script);
  eachCommand(parseScript(script), (command) => {
    for (const { name, text } of assignments(command, script))
      if (sshHost.test(text) || askedOfCli.test(text)) before.addresses.add(name);
    const { words } = withoutWrappers(command);
    if (cliCall(words)?.name === "ssh-cert:load") before.isCertified = true;
    const place = { start: command.pos, end: command.end };
    const inner = innerScript(words, nowhere);
    const text = inner?.verbatim ? script.slice(inner.start, inner.end) : inner?.text;
    if (text !== undefined && depth < deepest)
      found.push(
        ...loginsIn(text, before, depth + 1).map(({ program }) => ({ program, ...place })),
      );
    const program = words[0] === undefined ? "" : programName(words[0]);
    if (before.isCertified || !overSsh.has(program) || !goesToPlatform(words, before)) return;
    if (words.some(({ value }) => value === "-i" || /\bssh\s.*-i\s/u.test(value))) return;
    found.push({ program, ...place });
  });
  return found;
}

/** What a command sets of the shell's own variables: by itself, or by `export` and the like. */
function assignments(
  { name, prefix, args }: Command,
  script: string,
): readonly { readonly name: string; readonly text: string }[] {
  const isSetting = name === undefined || /^(?:export|readonly|local|declare)$/u.test(name.value);
  return (isSetting ? [...prefix, ...args] : []).flatMap(({ pos, end }) => {
    const [, variable, text] = /^(\w+)=(.*)$/su.exec(script.slice(pos, end)) ?? [];
    return variable === undefined || text === undefined ? [] : { name: variable, text };
  });
}

/** A CLI that is asked where SSH goes to. */
const askedOfCli = new RegExp(
  `\\$\\(\\s*\\S*${patternOfAny(allVendors.map(({ binary }) => binary))}\\s+(?:environment:)?ssh\\s+--pipe`,
  "u",
);

function goesToPlatform(words: readonly Word[], { addresses }: BeforeLogin): boolean {
  return words.some(
    ({ text, value }) =>
      sshHost.test(value) ||
      askedOfCli.test(text) ||
      [...text.matchAll(/\$\{?(\w+)/gu)].some(([, name = ""]) => addresses.has(name)),
  );
}

/**
 * Commits that fail, and the script with them, where nothing has changed: nothing asks before whether something has, and
 * nothing goes on after it. Each is the last command of the script, or one behind which a failure ends it.
 */
export function emptyCommits(script: string): readonly Place[] {
  const tree = parseScript(script);
  if (/\bgit\s(?:[^\n|&;]*\s)?(?:diff(?:-index|-files)?|status|ls-files)\b/u.test(script))
    return [];
  const minded = new Set<SyntaxNode>();
  eachNode(tree, (node) => {
    if (node.type === "AndOr")
      for (const [index, operator] of node.operators.entries()) {
        const left = node.commands[index];
        if (operator === "||" && left !== undefined) minded.add(left);
      }
    if (node.type === "If" || node.type === "While")
      eachCommand(node.clause, (command) => minded.add(command));
  });
  const ends = /^[ \t]*set[ \t]+-\w*e/mu.test(script);
  const last = lastCommand(tree.commands.at(-1));
  const found: Place[] = [];
  eachCommand(tree, (command) => {
    const words = commandWords(command).map(({ value }) => value);
    if (words[0] !== "git" || !words.includes("commit") || words.includes("--allow-empty")) return;
    const isChained = isInChain(tree, command);
    if (!minded.has(command) && (ends || isChained || command === last))
      found.push({ start: command.pos, end: command.end });
  });
  return found;
}

function isInChain(tree: SyntaxNode, command: Command): boolean {
  let found = false;
  eachNode(tree, (node) => {
    if (node.type === "AndOr" && node.commands.includes(command) && !node.operators.includes("||"))
      found = true;
  });
  return found;
}

function lastCommand(node: SyntaxNode | undefined): SyntaxNode | undefined {
  if (node?.type === "Statement") return lastCommand(node.command);
  return node?.type === "AndOr" || node?.type === "Pipeline"
    ? lastCommand(node.commands.at(-1))
    : node;
}

/**
 * The first command of a script whose failure nothing takes notice of; undefined when there is none, or when the script
 * ends at failures. What hardly fails doesn't count, and neither does the last command.
 */
export function uncheckedFailure(script: string): (Place & { readonly name: string }) | undefined {
  const tree = parseScript(script);
  let errexit = false;
  eachCommand(tree, (command) => {
    if (setsErrexit(command)) errexit = true;
  });
  if (errexit || (tree.errors?.length ?? 0) > 0) return undefined;
  const last = tree.commands.length - 1;
  for (const [index, { command, pos, end }] of tree.commands.entries()) {
    if (index === last) return undefined;
    const name = command.type === "Command" ? whatFails(command) : undefined;
    if (name !== undefined) return { name, start: pos, end };
  }
  return undefined;
}

/** What is called, with its subcommand: `npm ci`; undefined when its failure doesn't matter. */
function whatFails(command: Command): string | undefined {
  const [program, first, second] = withoutWrappers(command).words;
  if (program === undefined) return undefined;
  const name = programName(program);
  const asks = first !== undefined && second === undefined && asking.test(first.value);
  if (harmless.has(name) || asks) return undefined;
  return first !== undefined && /^[a-z][a-z:-]*$/u.test(first.text)
    ? `${name} ${first.text}`
    : name;
}

/** The only argument of a program that tells about itself: `node -v`, `nvm current`. */
const asking = /^(?:-v|-V|--?version|--help|current)$/u;

/** Programs that fail only where nothing works any more, or whose failure changes nothing. */
const harmless = new Set(
  `: [ alias cat date df du echo env exit export false file head hostname id local ls printenv printf ps pwd set
  sleep stat tail test tree true type umask uname unset which whoami`.split(/\s+/u),
);
