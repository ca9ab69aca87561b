import type { Command, SyntaxNode } from "unbash";
import { parseScript } from "./parse/parse.ts";
import { eachNode } from "./parse/tree.ts";

/**
 * Whether a script looks at the status of a command that it goes on after: the next thing it does reads `$?` or what the
 * pipe left, or a trap for errors was set before. What stands further down reads the status of another command.
 *
 * @param command a place in the script
 */
export function readsStatusOf(
  script: string,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  const commands: Command[] = [];
  let behind = end;
  eachNode(parseScript(script), (node: SyntaxNode) => {
    if (node.type === "Command") commands.push(node);
    // The innermost one counts, which comes last.
    if (node.type === "Statement" && node.pos <= start && end <= node.end) behind = node.end;
  });
  const isTrapped = commands.some(
    ({ name, args, pos }) =>
      pos < start && name?.value === "trap" && args.some(({ text }) => text === "ERR"),
  );
  const next = commands.find(({ pos }) => pos >= behind);
  const read = script.slice(behind, next?.end).replace(/(?:^|\s)#[^\n]*/gu, "");
  return isTrapped || /\$\{?(?:\?|PIPESTATUS)/u.test(read);
}
