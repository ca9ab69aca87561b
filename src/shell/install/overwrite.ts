import { parseScript } from "../parse/parse.ts";
import { eachCommand } from "../parse/tree.ts";

/** A command that writes a file anew; offsets are those of the script. */
export interface Overwrite {
  readonly start: number;
  readonly end: number;
  /** Where its `>` is. */
  readonly operator: number;
}

/**
 * Where a script writes a file of the app's folder anew with `>`, after an offset. Behind a `cd` it can't be told which
 * folder that is, so nothing is claimed there, nor of text that mentions the CLI.
 */
export function overwritesOf(script: string, file: string, after: number): readonly Overwrite[] {
  const found: Overwrite[] = [];
  let elsewhere = false;
  const names = new Set([file, `./${file}`, `$PLATFORM_APP_DIR/${file}`, `/app/${file}`]);
  eachCommand(parseScript(script), (command) => {
    if (command.name?.value === "cd") elsewhere = true;
    if (command.pos < after || elsewhere) return;
    for (const redirect of command.redirects) {
      if (redirect.type !== "Redirect" || redirect.operator !== ">") continue;
      if (redirect.target === undefined || !names.has(redirect.target.value)) continue;
      if (/platform/iu.test(script.slice(command.pos, command.end).replace(/PLATFORM_\w+/gu, "")))
        continue;
      const operator = script.indexOf(">", redirect.pos);
      found.push({ start: command.pos, end: command.end, operator });
    }
  });
  return found;
}
