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
  for (const each of nodesFrom(node)) visit(each);
}

const listed = new WeakMap<SyntaxNode, readonly SyntaxNode[]>();

/** A node and all below it; it is gone through by one rule after the other. */
function nodesFrom(top: SyntaxNode): readonly SyntaxNode[] {
  const before = listed.get(top);
  if (before !== undefined) return before;
  const nodes: SyntaxNode[] = [];
  const take = (node: SyntaxNode): void => {
    if (node.type === "Script" && node.source !== undefined) return;
    nodes.push(node);
    forEachChild(node, take);
  };
  take(top);
  listed.set(top, nodes);
  return nodes;
}
