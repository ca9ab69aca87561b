import type { Word } from "unbash";
import { type CliInvocation, cliCall } from "../cli-call.ts";
import { quotedRange } from "../evaluate/shell-input.ts";
import { shift } from "../evaluate/sighting.ts";
import { parseScript } from "../parse/parse.ts";
import { commandWords } from "../parse/simple-command.ts";

/**
 * The command that `multi 'backup:create --yes'` or `multi backup:create -p a,b` runs on each project. Without quotes,
 * options are those of `multi` up to a `--`.
 *
 * @param words the words that the call was read from
 * @param source the script in which they have their places
 */
export function multiCall(
  call: CliInvocation,
  words: readonly Word[],
  source: string,
): CliInvocation | undefined {
  if (call.name !== "multi") return undefined;
  const own = call.arguments.findIndex(({ text }) => text === call.written);
  const rest = call.arguments.slice(own + 1);
  const first = rest.find(
    ({ text }, index) => !text.startsWith("-") && !withValue.has(rest[index - 1]?.text ?? ""),
  );
  const at = words.findIndex(({ pos }) => pos === first?.start);
  const word = words[at];
  if (word === undefined) return undefined;
  const { program } = call;
  const started: Word = { type: "Word", pos: 0, end: 0, text: program, value: program };
  const range = quotedRange(word);
  if (!range.verbatim) return undefined;
  if (range.start === word.pos) {
    const isEnded = rest.some(({ text }) => text === "--");
    const inner = isEnded ? words.slice(at) : [word];
    return cliCall([{ ...started, pos: word.pos, end: word.pos }, ...inner]);
  }
  const command = parseScript(source.slice(range.start, range.end)).commands[0]?.command;
  if (command?.type !== "Command") return undefined;
  const inner = cliCall([started, ...commandWords(command)]);
  return inner === undefined ? undefined : shift(inner, { base: range.start });
}

/** Options of `multi` whose value may be the next word (`help multi` of the CLI, 5.11). */
const withValue = new Set(["-p", "--projects", "--sort"]);
