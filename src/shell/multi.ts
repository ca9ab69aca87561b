import type { Word } from "unbash";
import { type CliCall, cliCall } from "./cli-call.ts";
import { quotedRange } from "./inner-script.ts";
import { parseScript } from "./parse.ts";
import { shift } from "./sighting.ts";
import { commandWords } from "./simple-command.ts";

/**
 * The command that `multi 'backup:create --yes'` runs on each project. Only what stands in quotes of its own is read,
 * because options outside of them are those of `multi`.
 *
 * @param words the words that the call was read from
 * @param source the script in which they have their places
 */
export function multiCall(
  call: CliCall,
  words: readonly Word[],
  source: string,
): CliCall | undefined {
  if (call.name !== "multi") return undefined;
  const [, argument] = call.arguments.filter(({ text }) => !text.startsWith("-"));
  const word = words.find(({ pos }) => pos === argument?.start);
  const range = word === undefined ? undefined : quotedRange(word);
  if (range?.verbatim !== true) return undefined;
  const command = parseScript(source.slice(range.start, range.end)).commands[0]?.command;
  if (command?.type !== "Command") return undefined;
  const { program } = call;
  const inner = cliCall([
    { type: "Word", pos: 0, end: 0, text: program, value: program },
    ...commandWords(command),
  ]);
  return inner === undefined ? undefined : shift(inner, range.start);
}
