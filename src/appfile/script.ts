import { isScalar, type Scalar } from "yaml";
import { blockOf } from "../yaml/block.ts";
import { type Path, rangeOf } from "../yaml/nodes.ts";
import type { Source } from "../yaml/source.ts";
import type { TextFile } from "../yaml/text-file.ts";
import { type Units, unitsOf } from "../yaml/value-places.ts";
import type { Script } from "./app-file.ts";
import { type Includes, includeKey, inclusionOf } from "./include.ts";

const styles: Readonly<Record<string, Script["style"]>> = {
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
  PLAIN: "plain",
  QUOTE_SINGLE: "quoted",
  QUOTE_DOUBLE: "quoted",
};

/**
 * The script that a node is, or the file that it includes as a string; undefined when it is no text.
 *
 * @param path where the node is in its source
 */
export function scriptOf(
  source: Source,
  node: unknown,
  path: Path,
  includes: Includes,
  locked?: string,
): Script | undefined {
  const inclusion = inclusionOf(node);
  if (inclusion !== undefined) {
    const included = includes.get(includeKey(inclusion));
    return included?.kind === "script" ? fileScript(included.in, included.locked) : undefined;
  }
  if (!isTextNode(node)) return undefined;
  const text = node.value;
  const [start, end] = rangeOf(node);
  let found: Units | undefined;
  const units = () => {
    found ??= unitsOf(source.text, node, text);
    return found;
  };
  const endOffset = (index: number) => (index === 0 ? undefined : units().ends[index - 1]);
  return {
    text,
    style: styles[node.type ?? ""] ?? "plain",
    in: source,
    ...(locked === undefined ? {} : { locked }),
    start,
    end,
    yaml: { source, path, node },
    toOffset: (index) => units().starts[index] ?? endOffset(index),
    endOffset,
  };
}

/** A script that is a file of its own: each unit stands for itself, line ends included. */
export function fileScript(file: TextFile, locked?: string): Script {
  const { text } = file;
  return {
    text,
    style: "included",
    in: file,
    ...(locked === undefined ? {} : { locked }),
    start: 0,
    end: text.length,
    toOffset: (index) => (index <= text.length ? index : undefined),
    endOffset: (index) => (index <= text.length ? index : undefined),
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
export function literalIndent({ yaml, style }: Script): number | undefined {
  return style === "literal" && yaml !== undefined ? blockOf(yaml.node)?.indent : undefined;
}
