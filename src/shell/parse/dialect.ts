import type { ParsedScript, PipelineNode, SyntaxNode, Word } from "unbash";
import { eachNode } from "./tree.ts";

/**
 * The first thing in a script that dash takes for something else, or for an error; undefined for a script
 * in POSIX form. `[[ … ]]` is left to the reading of tests when it is one that dash can parse.
 */
export function notPosix(tree: ParsedScript, source: string): string | undefined {
  let found: string | undefined;
  eachNode(tree, (node) => {
    found ??= foreign(node, source);
  });
  return found;
}

/** What bash has and POSIX doesn't ("Shell Command Language"). */
export function foreign(node: SyntaxNode, source: string): string | undefined {
  switch (node.type) {
    case "ArrayValue":
      return "an array";
    case "ArithmeticCommand":
      return "(( ))";
    case "ArithmeticFor":
      return "for (( ))";
    case "Select":
      return "select";
    case "Coproc":
      return "coproc";
    case "HereString":
      return "<<<";
    case "ProcessSubstitution":
      return `${node.operator}( )`;
    case "AnsiCQuoted":
      return "$'…'";
    case "LocaleString":
      return '$"…"';
    case "ExtendedGlob":
      return `${node.operator}( )`;
    case "Redirect":
      return node.operator.startsWith("&") || isDuplicatingFile(node) ? node.operator : undefined;
    case "Pipeline":
      if (node.operators.includes("|&")) return "|&";
      return node.prefixes.length > 0 && node.commands.some(isSplit) ? "[[ && ]]" : undefined;
    case "AndOr":
      return node.commands.slice(1).some(isSplit) ? "[[ && ]]" : undefined;
    case "CaseItem":
      return node.terminator === ";;" ? undefined : node.terminator;
    case "Assignment":
      return node.append ? "+=" : node.index === undefined ? undefined : "an array";
    case "TestGroup":
      return "[[ ( ) ]]";
    case "TestBinary":
      return ["=", "==", "!=", "=~"].includes(node.operator) || node.operator.startsWith("-")
        ? undefined
        : `[[ ${node.operator} ]]`;
    case "Function":
      return source.startsWith("function", node.pos) ? "function" : undefined;
    case "FileDescriptorVariable":
      return `{${node.name}}`;
    default:
      return undefined;
  }
}

/** `${X^^}` and the like, which dash refuses, and at which it ends the script. */
export function isForeignExpansion(
  node: SyntaxNode,
): node is SyntaxNode & { readonly type: "ParameterExpansion" } {
  if (node.type !== "ParameterExpansion") return false;
  const { operation, prefix, index } = node;
  const known = operation === undefined || ["Default", "Remove"].includes(operation.type);
  return !known || prefix === "!" || index !== undefined;
}

/** The first expansion of words that dash refuses; in `$(…)` it ends that alone. */
export function foreignExpansion(words: readonly Word[]) {
  return words
    .filter(({ text }) => text.includes("${"))
    .flatMap(({ parts = [] }) => parts)
    .flatMap((part): readonly SyntaxNode[] => (part.type === "DoubleQuoted" ? part.parts : [part]))
    .find(isForeignExpansion);
}

/** dash takes `&&` inside `[[ … ]]` for the end of the command; that matters behind `!`, `&&` and `||`. */
function isSplit(node: PipelineNode): boolean {
  return node.type === "TestCommand" && node.expression.type === "TestLogical";
}

/** `>& file` sends both streams to a file in bash; in POSIX form a descriptor's number or `-` follows. */
function isDuplicatingFile(node: SyntaxNode & { readonly type: "Redirect" }): boolean {
  const { operator, target } = node;
  return operator === ">&" && target !== undefined && !/^(?:\d+|-|\$\w+)$/u.test(target.text);
}
