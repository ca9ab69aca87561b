import type { Command, ParsedScript, Word } from "unbash";
import { parseScript } from "../parse/parse.ts";
import { commandWords, copyOf } from "../parse/simple-command.ts";
import type { Scope } from "./scope.ts";
import { fixedText } from "./word.ts";

/** Notes what `alias name='…'` and `unalias` do. */
export function noteAliases(
  { name, args }: Command,
  path: number,
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
    if (rest === "=" && path === 3 && command?.type === "Command")
      aliases.set(alias, { words: commandWords(command), source, end: argument.end });
  }
}

/**
 * The words of a command with what its name is an alias for. The shell looks for aliases when it reads a line, so one
 * counts from the first command on that begins behind it on another line; bash knows them at a terminal only.
 */
export function unaliased(
  words: readonly Word[],
  tree: ParsedScript,
  scope: Scope,
): readonly Word[] {
  const [first, ...rest] = words;
  const alias = first && scope.aliases.get(first.text);
  if (first === undefined || alias === undefined || scope.shell === "bash") return words;
  const whole = tree.commands.find(({ pos, end }) => pos <= first.pos && first.pos < end);
  const isLater =
    alias.source !== scope.source ||
    (whole !== undefined && scope.source.slice(alias.end, whole.pos).includes("\n"));
  if (!isLater) return words;
  const { pos, end } = first;
  return [...alias.words.map((word) => ({ ...copyOf(word), pos, end })), ...rest];
}
