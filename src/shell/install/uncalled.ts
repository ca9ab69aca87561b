import type { Command, Function as FunctionNode, SyntaxNode } from "unbash";
import { parseScript } from "../parse/parse.ts";
import { eachNode } from "../parse/tree.ts";

/**
 * The functions of a script that nothing calls by their names, itself or through others. None where a name may come from
 * elsewhere, as with `"$@"` and `eval`.
 *
 * @param others scripts that run in the same shell, or call this one
 */
export function uncalledFunctions(
  script: string,
  others: readonly string[],
): readonly FunctionNode[] {
  const functions: FunctionNode[] = [];
  const commands: Command[] = [];
  eachNode(parseScript(script), (node) => {
    if (node.type === "Command") commands.push(node);
    if (node.type === "Function") functions.push(node);
  });
  if (functions.length === 0) return [];
  const isIn = (one: SyntaxNode, { pos, end }: SyntaxNode) => pos <= one.pos && one.end <= end;
  const reached = new Set<string>();
  const left = new Set(functions);
  let open: readonly Command[] = commands.filter(
    (one) => !functions.some((each) => isIn(one, each)),
  );
  for (const other of others) for (const name of other.match(/[\w-]+/gu) ?? []) reached.add(name);
  for (;;) {
    if (open.some(callsByValue)) return [];
    for (const { name, args } of open)
      for (const { text } of name === undefined ? [] : [name, ...args])
        for (const word of text.match(/[\w-]+/gu) ?? []) reached.add(word);
    const called = [...left].filter(({ name }) => reached.has(name.text));
    if (called.length === 0) return [...left];
    for (const each of called) left.delete(each);
    open = commands.filter(
      (one) => called.some((each) => isIn(one, each)) && ![...left].some((each) => isIn(one, each)),
    );
  }
}

/** Whether which function a command calls is told by a value. */
function callsByValue({ name }: Command): boolean {
  return name !== undefined && (/[$`]/u.test(name.text) || /^(?:eval|\.|source)$/u.test(name.text));
}
