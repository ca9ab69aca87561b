import { parseScript } from "./parse/parse.ts";
import { programName, withoutWrappers } from "./parse/simple-command.ts";
import { eachNode } from "./parse/tree.ts";

/**
 * The first thing in a script that may keep it going: a wait of a minute or more, or a loop without an end. Undefined
 * when there is none, or when `timeout` limits it.
 */
export function longRunning(
  script: string,
): { readonly start: number; readonly end: number; readonly says: string } | undefined {
  let found: { start: number; end: number; says: string } | undefined;
  eachNode(parseScript(script), (node) => {
    if (found !== undefined) return;
    if (node.type === "While") {
      const condition = script.slice(node.clause.pos, node.clause.end).trim().replace(/;$/u, "");
      const endless = node.kind === "while" ? /^(?:true|:)$/u : /^false$/u;
      const leaves = /\b(?:break|exit|return)\b/u.test(script.slice(node.body.pos, node.body.end));
      if (endless.test(condition) && !leaves)
        found = { start: node.pos, end: node.clause.end, says: "loops without an end" };
    }
    if (node.type === "Command") {
      const [program, time] = withoutWrappers(node).words;
      const limited = node.name?.value === "timeout";
      if (program !== undefined && programName(program) === "sleep" && !limited)
        if (isLong(time?.value ?? ""))
          found = { start: node.pos, end: node.end, says: `waits for ${time?.value}` };
    }
  });
  return found;
}

function isLong(time: string): boolean {
  const [, amount, unit = "s"] = /^(\d+)([smhd]?)$/u.exec(time) ?? [];
  return amount !== undefined && (["m", "h", "d"].includes(unit) || Number(amount) >= 60);
}
