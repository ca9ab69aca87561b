import type { Command, SyntaxNode } from "unbash";
import { containerPrefixes } from "../vendors/registry.ts";
import { parseScript } from "./parse/parse.ts";
import { eachNode } from "./parse/tree.ts";

/** A variable that a script reads; offsets are those of the script. */
export interface ReadVariable {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** The outermost statement that it is in. */
  readonly statement: { readonly start: number; readonly end: number };
}

/** Set only once the app runs (platform manual, "Use variables"). */
const atRuntimeOnly: readonly string[] = containerPrefixes.flatMap((prefix) =>
  ["BRANCH", "ENVIRONMENT", "ENVIRONMENT_TYPE"].map((name) => prefix + name),
);

/**
 * Where a script reads variables that aren't set at build. Variables that it sets itself are left out, those for which
 * it has another value when they are empty, and those of which it asks whether they are: it knows.
 */
export function runtimeVariables(script: string): readonly ReadVariable[] {
  if (!atRuntimeOnly.some((name) => script.includes(name))) return [];
  const tree = parseScript(script);
  const known = new Set<string>();
  eachNode(tree, (node) => {
    if (node.type === "Assignment") known.add(node.name);
    if (node.type === "For") known.add(node.name.value);
    if (node.type === "Command") for (const name of askedFor(node)) known.add(name);
  });
  return tree.commands.flatMap((statement) => {
    const found: ReadVariable[] = [];
    eachNode(statement, (node) => {
      const name = nameOf(node);
      if (name === undefined || known.has(name) || !atRuntimeOnly.includes(name)) return;
      const { pos: start, end } = node;
      found.push({ name, start, end, statement: { start: statement.pos, end: statement.end } });
    });
    return found;
  });
}

/** The variables of which a test asks whether they are empty: `[ -z "$X" ]`, `[ "$X" ]`. */
function askedFor({ name, args }: Command): readonly string[] {
  if (name?.value !== "[" && name?.value !== "test") return [];
  const words = args.map(({ text }) => text).filter((text) => text !== "]" && text !== "!");
  return words.flatMap((word, index) => {
    const before = words[index - 1];
    const asks = before === "-z" || before === "-n" || words.length === 1;
    const variable = /^"?\$\{?(\w+)\}?"?$/u.exec(word)?.[1];
    return asks && variable !== undefined ? [variable] : [];
  });
}

function nameOf(node: SyntaxNode): string | undefined {
  if (node.type === "SimpleExpansion") return node.text.replace(/^\$\{?|\}$/gu, "");
  if (node.type !== "ParameterExpansion" || node.operation?.type === "Default") return undefined;
  return node.parameter;
}
