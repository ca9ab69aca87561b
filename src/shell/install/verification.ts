import type { SyntaxNode } from "unbash";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { cliCall } from "../cli-call.ts";
import { parseScript } from "../parse/parse.ts";
import { setsErrexit, withoutWrappers } from "../parse/simple-command.ts";
import { eachCommand, eachNode } from "../parse/tree.ts";

/**
 * Whether a script fails when there is no CLI after a place: it looks for the program, or it calls it where the call's
 * failure ends the script.
 *
 * @param after an offset in the script
 */
export function isVerified(script: string, after: number): boolean {
  const tree = parseScript(script);
  const tested = testedNodes(tree);
  const last = tree.commands.at(-1);
  let errexit = false;
  let verified = false;
  eachCommand(tree, (command) => {
    if (setsErrexit(command)) errexit = true;
    if (command.pos < after) return;
    if (looksFor(script.slice(command.pos, command.end))) verified = true;
    const calls = cliCall(withoutWrappers(command).words) !== undefined;
    const ends = last !== undefined && last.pos <= command.pos && command.end <= last.end;
    if (calls && (errexit || tested.has(command) || ends)) verified = true;
  });
  return verified;
}

/** `command -v platform`, `which upsun`, `[ -x …/platform ]`. */
function looksFor(command: string): boolean {
  return looks.test(command);
}

const looks = new RegExp(
  `^(?:command\\s+-v|which|type|hash|test\\s+-[xef]|\\[\\s+(?:!\\s+)?-[xef])\\s.*\\b${patternOfAny(
    allVendors.map(({ binary }) => binary),
  )}\\b`,
  "u",
);

/** Commands whose failure is acted upon with `&&` or `||`. */
function testedNodes(tree: SyntaxNode): ReadonlySet<SyntaxNode> {
  const found = new Set<SyntaxNode>();
  eachNode(tree, (node) => {
    if (node.type === "AndOr")
      for (const command of node.commands) eachCommand(command, (each) => found.add(each));
  });
  return found;
}
