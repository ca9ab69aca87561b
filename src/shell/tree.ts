import { type Command, forEachChild, type SyntaxNode } from "unbash";

/** Calls `visit` for every simple command below a node, also for those in `$(…)`, in source order. */
export function eachCommand(node: SyntaxNode, visit: (command: Command) => void): void {
  eachNode(node, (found) => {
    if (found.type === "Command") visit(found);
  });
}

/**
 * Calls `visit` for a node and all below it, parents first.
 * What stands between escaped backquotes is left out: its positions don't refer to the script.
 */
export function eachNode(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  if (node.type === "Script" && node.source !== undefined) return;
  visit(node);
  forEachChild(node, (child) => eachNode(child, visit));
}
