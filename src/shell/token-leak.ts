import { allVendors, anyOf } from "../vendors/registry.ts";
import { parseScript } from "./parse/parse.ts";
import { programName, started } from "./parse/simple-command.ts";
import { eachCommand, eachNode } from "./parse/tree.ts";

/** A place where a script writes the token out; offsets are those of the script. */
export interface TokenLeak {
  /** What the script does: "prints the token". */
  readonly says: string;
  readonly start: number;
  readonly end: number;
}

const prefixes = anyOf(allVendors.map(({ prefix }) => prefix));
const tokenName = new RegExp(`^${prefixes}(?:API_)?TOKEN$`, "u");
const tokenRead = new RegExp(`\\$\\{?${prefixes}(?:API_)?TOKEN\\b(?!:?[+?])`, "u");
const debugging = new RegExp(`\\b${prefixes}DEBUG=1`, "u");

/**
 * Where a script prints the API token: by name, by tracing a command that has it, or with the CLI's debug output.
 *
 * @param hasToken whether the token is among the variables, so that printing all of them prints it
 */
export function tokenLeaks(script: string, hasToken: boolean): readonly TokenLeak[] {
  const tree = parseScript(script);
  const found: TokenLeak[] = [];
  const piped = new Set<unknown>();
  let traced = false;
  eachNode(tree, (node) => {
    if (node.type === "Pipeline" && node.commands.length > 1)
      for (const command of node.commands.slice(0, -1)) piped.add(command);
    if (node.type === "CommandExpansion")
      eachCommand(node.script ?? node, (command) => piped.add(command));
  });
  eachCommand(tree, (command) => {
    const { pos: start, end, name, args, redirects } = command;
    const [program, ...rest] = started(command).words;
    const says = program === undefined ? "" : programName(program);
    const text = script.slice(start, end);
    const hidden = piped.has(command) || redirects.some(({ type }) => type === "Redirect");
    if (name?.value === "set") {
      if (args.some((word) => /^-[a-zA-Z]*x/u.test(word.text))) traced = true;
      if (args.some((word) => /^\+[a-zA-Z]*x/u.test(word.text))) traced = false;
    }
    if (debugging.test(text))
      found.push({ says: "has the CLI print its requests, the token's among them", start, end });
    const named = namesToken(text);
    if ((says === "echo" || says === "printf") && named && !hidden)
      found.push({ says: "prints the token", start, end });
    else if (traced && named) found.push({ says: "traces a command with the token", start, end });
    const all =
      says === "env" || says === "printenv" || (says === "export" && rest[0]?.value === "-p");
    const alone = rest.length === 0 || says === "export";
    const one = says === "printenv" && rest.some(({ value }) => tokenName.test(value));
    if (!hidden && ((all && alone && hasToken) || one))
      found.push({
        says: one ? "prints the token" : "prints all variables, the token too",
        start,
        end,
      });
  });
  return found;
}

function namesToken(command: string): boolean {
  return tokenRead.test(command.replace(/'[^']*'/gu, ""));
}
