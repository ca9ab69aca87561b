import { fixedText } from "./evaluate/word.ts";
import { parseScript } from "./parse/parse.ts";
import { eachNode } from "./parse/tree.ts";

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

/** Whether a variable is one that holds an API token: `PLATFORMSH_CLI_TOKEN`, `env:UPSUN_CLI_TOKEN`, `MY_API_TOKEN`. */
export function isTokenName(name: string): boolean {
  return /(?:^|[_:])(?:CLI|API|PLATFORMSH|UPSUN)_TOKEN$/iu.test(name);
}

/** Whether a value may be a token, and is no reference, placeholder or example. */
export function isSecretLike(value: string): boolean {
  return (
    /^[\w+/=.-]{16,}$/u.test(value) &&
    /\d/u.test(value) &&
    !/^(?:x+|\*+|\.+)$|your|example|change|replace|secret|token|dummy|todo|placeholder/iu.test(
      value,
    )
  );
}
