import { allVendors, anyOf } from "../vendors/registry.ts";
import { LeakWalk } from "./leak/walk.ts";
import { parseScript } from "./parse/parse.ts";
import { eachCommand } from "./parse/tree.ts";

export { namesToken } from "./leak/secrets.ts";

/** A place where a script writes the token out; offsets are those of the script. */
export interface TokenLeak {
  /** What the script does: "prints the token". */
  readonly says: string;
  readonly start: number;
  readonly end: number;
}

const debugging = new RegExp(`\\b${anyOf(allVendors.map(({ prefix }) => prefix))}DEBUG=1`, "u");

/**
 * Where a script prints the API token: by name, through other variables, files and pipes, with all variables, by tracing
 * a command that has it, or with the CLI's debug output. What can't be followed is taken to show nothing. Never throws.
 *
 * @param hasToken whether the token is among the variables, so that printing all of them prints it
 */
export function tokenLeaks(script: string, hasToken: boolean): readonly TokenLeak[] {
  const tree = parseScript(script);
  const found: TokenLeak[] = new LeakWalk(hasToken)
    .writes(tree)
    .map(({ says, start, end }) => ({ says, start, end }));
  eachCommand(tree, ({ pos: start, end }) => {
    if (debugging.test(script.slice(start, end)))
      found.push({ says: "has the CLI print its requests, the token's among them", start, end });
  });
  return withoutTwins(found).sort((a, b) => a.start - b.start);
}

/** A function that is called twice writes in one place. */
function withoutTwins(leaks: readonly TokenLeak[]): TokenLeak[] {
  const told = new Set<string>();
  return leaks.filter(({ says, start, end }) => {
    const key = `${start} ${end} ${says}`;
    return !told.has(key) && told.add(key);
  });
}
