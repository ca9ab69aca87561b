import type { Command, ParsedScript, Statement, Word } from "unbash";
import { parseScript } from "../parse/parse.ts";
import { commandWords, copyOf } from "../parse/simple-command.ts";
import { type Likelihood, least } from "./outcome.ts";
import type { Scope } from "./scope.ts";
import { fixedText } from "./word.ts";

/** Notes what `alias name='…'` and `unalias` do. */
export function noteAliases(
  { name, args }: Command,
  path: Likelihood,
  { aliases, source }: Scope,
): void {
  if (path === 0 || (name?.text !== "alias" && name?.text !== "unalias")) return;
  for (const argument of args) {
    const [, alias, rest] = /^(\w[\w-]*)(=?)/u.exec(argument.text) ?? [];
    if (alias === undefined) continue;
    aliases.delete(alias);
    const value =
      argument.type === "Assignment" && argument.value.type === "Word"
        ? fixedText(argument.value)
        : undefined;
    const command = parseScript(value ?? "").commands[0]?.command;
    if (rest === "=" && command?.type === "Command")
      aliases.set(alias, { words: commandWords(command), source, end: argument.end, path });
  }
}

/**
 * The words of a command, and how likely they are what is run, with what its name is an alias for. The shell looks for
 * aliases when it reads a line, so one counts from the first command on that begins behind it on another line; bash knows
 * them at a terminal only.
 */
export function withoutAliases(
  words: readonly Word[],
  path: Likelihood,
  tree: ParsedScript,
  scope: Scope,
): { readonly written: readonly Word[]; readonly path: Likelihood } {
  let found = { written: words, path };
  const [name] = words;
  if (name === undefined || !scope.aliases.has(name.text) || scope.shell === "bash") return found;
  const whole = tree.commands.find(({ pos, end }) => pos <= name.pos && name.pos < end);
  // An alias may begin with another one, and with itself it is taken as it is.
  const taken = new Set<string>();
  for (;;) {
    const [first] = found.written;
    if (first === undefined || taken.has(first.value)) return found;
    taken.add(first.value);
    const next = withoutAlias(found.written, found.path, whole, scope);
    if (next === undefined) return found;
    found = next;
  }
}

/**
 * The same for one alias; undefined where the first word is none.
 *
 * @param whole the statement of the script that the command is a part of
 */
function withoutAlias(
  [first, ...rest]: readonly Word[],
  path: Likelihood,
  whole: Statement | undefined,
  scope: Scope,
): ReturnType<typeof withoutAliases> | undefined {
  const alias = first && scope.aliases.get(first.text);
  if (first === undefined || alias === undefined) return undefined;
  const isLater =
    alias.source !== scope.source ||
    (whole !== undefined && scope.source.slice(alias.end, whole.pos).includes("\n"));
  if (!isLater) return undefined;
  const { pos, end } = first;
  const written = [...alias.words.map((word) => ({ ...copyOf(word), pos, end })), ...rest];
  return { written, path: least(path, alias.path) };
}
