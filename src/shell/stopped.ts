import { type Bashism, bashisms } from "./bashisms.ts";
import { readAsDash } from "./dash/syntax.ts";
import { parseScript } from "./parse.ts";
import type { Replacement } from "./wrap.ts";

/** Where dash stops in a script because of its syntax; the offsets are those of the script. */
export interface Stopped {
  /** What it finds there: "“fi” stands here, where then is missing". */
  readonly says: string;
  readonly start: number;
  readonly end: number;
  /** What the script has from bash at that place, when that is the cause. */
  readonly bashism?: Bashism;
  /** What has to be written where, when it is only a missing semicolon. */
  readonly repair?: Replacement;
}

/**
 * Where dash stops reading a script that it runs: neither the command that the error is in nor any after it is run.
 * Undefined when it gets to the end, when the script ends itself before that, or when it can't be told.
 */
export function stopped(script: string): Stopped | undefined {
  const reading = readAsDash(script);
  if (reading.kind !== "refused" || endsBefore(script.slice(0, reading.commandStart))) return;
  const { refusal, commandStart } = reading;
  const { says } = refusal;
  const bashism = bashisms(script).findLast(
    ({ what, start }) => start >= commandStart && start <= refusal.start && stopping.test(what),
  );
  const repair = withSemicolon(script, commandStart, refusal.start);
  // An end that comes too early is shown where that begins which it leaves open.
  const place =
    refusal.start < script.trimEnd().length
      ? refusal
      : { start: commandStart, end: endOfLine(script, commandStart) };
  return {
    says,
    start: place.start,
    end: place.end,
    ...(bashism === undefined ? {} : { bashism }),
    ...(repair === undefined ? {} : { repair }),
  };
}

/** What bash has and dash takes for an error in the syntax. */
const stopping =
  /^(?:an array|for \(\( \)\)|select|<<<|[<>]\( \)|[@?*+!]\( \)|\|&|;;?&|function|\[\[)/u;

function endsBefore(script: string): boolean {
  return parseScript(script).commands.some(({ command, background }) => {
    if (command.type !== "Command" || background === true) return false;
    const name = command.name?.value;
    return name === "exit" || (name === "exec" && command.args.length > 0);
  });
}

/** `if [ … ] then`: without a semicolon, then is one more argument of the test. */
function withSemicolon(script: string, from: number, to: number): Replacement | undefined {
  for (const { index, 0: text } of script.slice(from, to).matchAll(/\S(?=[ \t]+(?:then|do)\b)/gu)) {
    const at = from + index + text.length;
    if (readAsDash(`${script.slice(0, at)};${script.slice(at)}`).kind === "complete")
      return { start: at, end: at, text: ";" };
  }
  return undefined;
}

function endOfLine(script: string, from: number): number {
  const end = script.indexOf("\n", from);
  return end === -1 ? script.length : end;
}
