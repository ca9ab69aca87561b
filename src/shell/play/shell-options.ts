import { ShellEnd } from "./ending.ts";
import type { Context, ExpandedCommand, Machine } from "./machine.ts";
import type { PlayedShell } from "./shell-state.ts";
import { isSeveral } from "./unknown-text.ts";
import { Unplayable } from "./unplayable.ts";

/** `set`: options, and what follows them as the parameters. */
export function playSet(started: ExpandedCommand, { shell }: Context, { model }: Machine): number {
  const isMeant = model.isMeant?.(started.at) === true;
  const args = [...started.args];
  for (;;) {
    const arg = args.shift();
    if (arg === undefined) return 0;
    if (!/^[-+]./u.test(arg) || arg === "--") {
      const parameters = arg === "--" ? args : [arg, ...args];
      if (parameters.some(isSeveral)) throw new Unplayable("set gets words of unknown number");
      shell.parameters = parameters;
      return 0;
    }
    const on = arg.startsWith("-");
    for (const letter of arg.slice(1))
      setOption(
        letter === "o" ? (args.shift() ?? "") : (letters.get(letter) ?? letter),
        on,
        shell,
        isMeant,
      );
  }
}

const letters: ReadonlyMap<string, string> = new Map([
  ["e", "errexit"],
  ["u", "nounset"],
  ["x", "xtrace"],
  ["v", "verbose"],
]);

function setOption(name: string, on: boolean, shell: PlayedShell, isMeant: boolean): void {
  if (name === "errexit") shell.errexit = on;
  else if (name === "nounset") shell.nounset = on;
  else if (name === "pipefail") {
    // dash 0.5.12 has no such option: an error in a special builtin, which ends the shell.
    if (shell.shell === "dash" && !isMeant) throw new ShellEnd(2);
    shell.pipefail = on;
  } else if (name !== "xtrace" && name !== "verbose")
    throw new Unplayable(`the option ${name} isn't followed`);
}
