import type { Command } from "unbash";
import { parseScript } from "./parse.ts";
import { eachCommand } from "./tree.ts";
import type { Replacement } from "./wrap.ts";

/**
 * Where a script asks for `pipefail`, and the script's text without it. dash 0.5.12 has no such option, and
 * stops there. What runs in a bash of its own is left alone.
 */
export function pipefails(script: string): readonly Replacement[] {
  const found: Replacement[] = [];
  eachCommand(parseScript(script), (command) => {
    if (command.name?.value !== "set") return;
    const option = command.args.findIndex((word) => word.text === "pipefail");
    if (option > 0) found.push(without(command, option, script));
  });
  return found;
}

function without(command: Command, option: number, script: string): Replacement {
  const letters = command.args[option - 1];
  const name = command.args[option];
  if (letters === undefined || name === undefined || command.args.length === 2) {
    const alone = command.args[0]?.text.replace("o", "") ?? "-";
    return alone === "-" ? wholeCommand(command, script) : cut(command, script, alone);
  }
  const kept = letters.text.replace("o", "");
  const start = kept === "-" ? blanksBefore(script, letters.pos) : letters.pos;
  return { start, end: name.end, text: kept === "-" ? "" : kept };
}

function cut(command: Command, script: string, option: string): Replacement {
  const { pos: start, end } = command;
  return { start, end, text: `${script.slice(start, start + 3)} ${option}` };
}

/** A command that stands alone on its line goes with its line. */
function wholeCommand({ pos, end }: Command, script: string): Replacement {
  const start = script.lastIndexOf("\n", pos - 1) + 1;
  const alone = script.slice(start, pos).trim() === "" && script[end] === "\n";
  return alone ? { start, end: end + 1, text: "" } : { start: pos, end, text: ":" };
}

function blanksBefore(script: string, at: number): number {
  return at - (/\s*$/u.exec(script.slice(0, at))?.[0].length ?? 0);
}
