import type { Word } from "unbash";
import { parseScript } from "../parse/parse.ts";
import { eachNode } from "../parse/tree.ts";

/**
 * Every text in a script that may be the name of a branch it asks for: what it compares, assigns or matches. A pattern
 * gives a name that fits it.
 */
export function branchesIn(source: string): readonly string[] {
  const found = new Set<string>();
  const add = (word: Word) => {
    const text = word.value.replaceAll("*", "x").replaceAll("?", "x");
    // Names of branches have no blanks; an operator, an option or an expansion is none.
    if (/^[^\s$`()[\]{}<>=!~-][^\s$`()[\]{}<>=!~]*$/u.test(text)) found.add(text);
    if (/\s/u.test(word.value)) for (const inner of branchesIn(word.value)) found.add(inner);
  };
  eachNode(parseScript(source), (node) => {
    if (node.type === "Assignment" && node.value.type === "Word") add(node.value);
    if (node.type === "CaseItem") node.pattern.forEach(add);
    if (node.type === "TestBinary") [node.left, node.right].forEach(add);
    if (node.type !== "Command" || node.name === undefined) return;
    const isTest = node.name.value === "test" || node.name.value.startsWith("[");
    for (const arg of node.args)
      if (arg.type === "Word" && (isTest || /\s/u.test(arg.value))) add(arg);
  });
  return [...found];
}
