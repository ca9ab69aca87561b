import type { Scalar } from "yaml";
import { rangeOf } from "./nodes.ts";

/** The parts of a literal or folded block. */
export interface Block {
  /** The header without comment: `|`, `>-`, `|2`. */
  readonly header: string;
  /** The offset of the first line of the body. */
  readonly bodyStart: number;
  /** The body with its indentation and line ends, trailing blank lines included. */
  readonly body: string;
  /** How many spaces of every line belong to the block's indentation; undefined when all lines are blank. */
  readonly indent: number | undefined;
}

/** Takes a block scalar apart; undefined for any other scalar. */
export function blockOf(node: Scalar): Block | undefined {
  const token = node.srcToken;
  if (token?.type !== "block-scalar") return undefined;
  const header = token.props.find(({ type }) => type === "block-scalar-header");
  if (header === undefined || !("source" in header)) return undefined;
  const [, end] = rangeOf(node);
  const body = token.source;
  const indicator = /\d/u.exec(header.source)?.[0];
  const indent =
    indicator === undefined
      ? /^( *)[^ \r\n]/mu.exec(body)?.[1]?.length
      : token.indent + Number(indicator);
  return { header: header.source, bodyStart: end - body.length, body, indent };
}
