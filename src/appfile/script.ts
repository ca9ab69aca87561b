import { isScalar, type Scalar } from "yaml";
import type { Script } from "./app-file.ts";
import { blockOf } from "./block.ts";
import { type Path, rangeOf } from "./nodes.ts";
import { type Units, unitsOf } from "./units.ts";

const styles: Readonly<Record<string, Script["style"]>> = {
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
  PLAIN: "plain",
  QUOTE_SINGLE: "quoted",
  QUOTE_DOUBLE: "quoted",
};

/** The script that a node is; undefined when it is no text, or has a tag such as `!include`. */
export function scriptOf(file: string, node: unknown, path: Path): Script | undefined {
  if (!isTextNode(node)) return undefined;
  const text = node.value;
  const [start, end] = rangeOf(node);
  let found: Units | undefined;
  const units = () => {
    found ??= unitsOf(file, node, text);
    return found;
  };
  const endOffset = (index: number) => (index === 0 ? undefined : units().ends[index - 1]);
  return {
    text,
    style: styles[node.type ?? ""] ?? "plain",
    start,
    end,
    path,
    node,
    toOffset: (index) => units().starts[index] ?? endOffset(index),
    endOffset,
  };
}

/** Whether a node is a text, with no tag that gives it another meaning. */
export function isTextNode(node: unknown): node is Scalar<string> {
  return (
    isScalar(node) &&
    typeof node.value === "string" &&
    (node.tag === undefined || node.tag === "tag:yaml.org,2002:str")
  );
}

/** How the body of a literal block is indented; undefined when the script isn't one. */
export function literalIndent({ node, style }: Script): number | undefined {
  return style === "literal" ? blockOf(node)?.indent : undefined;
}
