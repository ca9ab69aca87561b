import type { Command, ParsedScript, Word } from "unbash";
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
 * The words of a command, and how likely they are what is run, with what its name is an alias for. The shell looks for aliases when it reads a line, so one
 * counts from the first command on that begins behind it on another line; bash knows them at a terminal only.
 */
export function withoutAliases(
  words: readonly Word[],
  path: Likelihood,
  tree: ParsedScript,
  scope: Scope,
): { readonly written: readonly Word[]; readonly path: Likelihood } {
  const [first, ...rest] = words;
  const alias = first && scope.aliases.get(first.text);
  if (first === undefined || alias === undefined || scope.shell === "bash")
    return { written: words, path };
  const whole = tree.commands.find(({ pos, end }) => pos <= first.pos && first.pos < end);
  const isLater =
    alias.source !== scope.source ||
    (whole !== undefined && scope.source.slice(alias.end, whole.pos).includes("\n"));
  if (!isLater) return { written: words, path };
  const { pos, end } = first;
  const written = [...alias.words.map((word) => ({ ...copyOf(word), pos, end })), ...rest];
  return { written, path: least(path, alias.path) };
}
