import type { Play } from "./decisions.ts";
import { equalTexts } from "./test.ts";

/**
 * The status of a test as a person reads it: comparisons in `[`, `[[` or `test`, with any of `=`, `==`, `!=` and
 * `-eq`, joined by one of `&&` and `||`, whatever blanks, quotes and brackets are missing between them. Undefined for
 * anything else.
 *
 * @param source the test as written
 * @param variable the value of a variable
 */
export function meantStatus(
  source: string,
  variable: (name: string) => string,
  play: Play,
): number | undefined {
  const inner = /^(?:\[\[?|test\b)\s*(.*?)\s*\]{0,2}$/su.exec(source.trim())?.[1];
  if (inner === undefined) return undefined;
  const isEither = inner.includes("||");
  if (isEither && inner.includes("&&")) return undefined;
  const parts = inner.split(isEither ? "||" : "&&").map((part) => comparison.exec(part.trim()));
  let holds = !isEither;
  for (const part of parts) {
    const [, negated, left, operator = "", right] = part ?? [];
    if (left === undefined || right === undefined) return undefined;
    const isSame = equalTexts(operand(left, variable), operand(right, variable), play);
    const wantsSame = !/^(?:!=|-ne)$/u.test(operator) === (negated === undefined);
    if ((isSame === wantsSame) === isEither) holds = isEither;
  }
  return holds ? 0 : 1;
}

const comparison =
  /^(!\s+)?("[^"]*"|'[^']*'|[^\s=!]+)\s*(={1,3}|!=|\s-eq\s|\s-ne\s)\s*("[^"]*"|'[^']*'|[^\s\]]+)$/u;

/** A variable's name stands for its value also where its `$` or the right quotes are missing. */
function operand(written: string, variable: (name: string) => string): string {
  const text = written.replace(/^(["'])(.*)\1$/u, "$2");
  const name = /^\$\{?([A-Za-z_]\w*)(?::?-)?\}?$/u.exec(text)?.[1] ?? guardName.exec(text)?.[0];
  return name === undefined ? text : variable(name);
}

const guardName = /^PLATFORM_(?:BRANCH|ENVIRONMENT_TYPE)$/u;
