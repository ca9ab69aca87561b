import { parseScript } from "./parse.ts";
import { isSecretLike, isTokenName } from "./token-name.ts";
import { eachNode } from "./tree.ts";
import { fixedText } from "./word.ts";

/** Where a script gives a token's variable a value that is written there; offsets are those of the script. */
export function literalTokens(
  script: string,
): readonly { readonly name: string; readonly start: number; readonly end: number }[] {
  const found: { name: string; start: number; end: number }[] = [];
  eachNode(parseScript(script), (node) => {
    if (node.type !== "Assignment" || node.value.type !== "Word" || !isTokenName(node.name)) return;
    if (isSecretLike(fixedText(node.value) ?? ""))
      found.push({ name: node.name, start: node.pos, end: node.pos + node.name.length });
  });
  return found;
}
