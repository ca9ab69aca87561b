import type { Command, SyntaxNode, Word } from "unbash";
import { allVendors, patternOfAny } from "../vendors/registry.ts";
import { sshHost } from "../vendors/traces.ts";
import { type CliInvocation, cliCall, flagValue, hasFlag } from "./cli-call.ts";
import { parseScript } from "./parse/parse.ts";
import { commandWords, programName, withoutWrappers } from "./parse/simple-command.ts";
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

/** The programs that log in to the platform by SSH. */
const overSsh = new Set(["ssh", "scp", "sftp", "rsync", "git"]);

/**
 * Calls of `ssh`, `rsync`, `git` and the like that go to the platform before the CLI has loaded a certificate. One that
 * names a key of its own needs none.
 */
export function uncertifiedLogins(
  script: string,
): readonly (Place & { readonly program: string })[] {
  const found: (Place & { readonly program: string })[] = [];
  let isLoaded = /\bGIT_SSH(?:_COMMAND)?=|\bssh-add\b|IdentityFile/u.test(script);
  eachCommand(parseScript(script), (command) => {
    const { words } = withoutWrappers(command);
    if (cliCall(words)?.name === "ssh-cert:load") isLoaded = true;
    const program = words[0] === undefined ? "" : programName(words[0]);
    if (isLoaded || !overSsh.has(program) || !goesToPlatform(words)) return;
    if (words.some(({ value }) => value === "-i" || /\bssh\s.*-i\s/u.test(value))) return;
    found.push({ program, start: command.pos, end: command.end });
  });
  return found;
}

/** A CLI that is asked where SSH goes to. */
const askedOfCli = new RegExp(
  `\\$\\(\\s*\\S*${patternOfAny(allVendors.map(({ binary }) => binary))}\\s+(?:environment:)?ssh\\s+--pipe`,
  "u",
);

function goesToPlatform(words: readonly Word[]): boolean {
  return words.some(({ text, value }) => sshHost.test(value) || askedOfCli.test(text));
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
  const ends = /^\s*set\s+-\w*e/mu.test(script);
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
