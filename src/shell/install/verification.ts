import type { SyntaxNode } from "unbash";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { cliCall } from "../cli-call.ts";
import { parseScript } from "../parse/parse.ts";
import { setsErrexit, withoutWrappers } from "../parse/simple-command.ts";
import { eachCommand, eachNode } from "../parse/tree.ts";

/**
 * Whether a script fails when there is no CLI after a place: it looks for the program, or it calls it where the call's
 * failure is noticed.
 *
 * @param after an offset in the script
 * @param startsWith whether the shell is started with errexit, as CI systems do
 */
export function isVerified(
  script: string,
  after: number,
  startsWith: { readonly errexit: boolean } = { errexit: false },
): boolean {
  const tree = parseScript(script);
  let { errexit } = startsWith;
  let verified = false;
  eachCommand(tree, (command) => {
    if (setsErrexit(command)) errexit = true;
    if (command.pos < after) return;
    if (looksFor(script.slice(command.pos, command.end))) verified = true;
    const calls = cliCall(withoutWrappers(command).words) !== undefined;
    if (calls && failureOf(tree, command, errexit) !== "lost") verified = true;
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

/**
 * What becomes of the failure of what stands at a place: something asks for it, as `||` and `if` do; it ends the script,
 * or becomes the status that the script ends with; or it is lost.
 *
 * @param at a command, or a pipe
 */
export function failureOf(
  tree: SyntaxNode,
  at: Stretch,
  errexit: boolean,
): "asked" | "ends" | "lost" {
  const around: SyntaxNode[] = [];
  eachNode(tree, (node) => {
    if (holds(node, at)) around.push(node);
  });
  // `set -e` leaves alone what has && behind it.
  let minds = errexit;
  for (const node of around.toReversed()) {
    if (
      (node.type === "If" || node.type === "Elif" || node.type === "While") &&
      holds(node.clause, at)
    )
      return "asked";
    if (!("commands" in node)) continue;
    const index = node.commands.findIndex((each) => holds(each, at));
    if (index === -1) continue;
    const isLast = index === node.commands.length - 1;
    if (node.type === "AndOr") {
      if (node.operators.includes("||", index)) return "asked";
      minds &&= isLast;
    } else if (node.type === "Pipeline") {
      if (node.prefixes.some(({ type }) => type === "Negation")) return "asked";
      if (!isLast) return "lost";
    } else if (!isLast) return minds ? "ends" : "lost";
  }
  return "ends";
}

interface Stretch {
  readonly pos: number;
  readonly end: number;
}

function holds(node: Stretch, at: Stretch): boolean {
  return node.pos <= at.pos && at.end <= node.end;
}
