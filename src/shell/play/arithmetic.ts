import type { ArithmeticExpansionPart, ArithmeticExpression } from "unbash";
import { unknownText } from "./unknown-text.ts";
import { Unplayable } from "./unplayable.ts";

/**
 * What `$(( … ))` comes to. Throws `Unplayable` for what sets a variable, and for what dash doesn't know.
 *
 * @param variable the value of a variable, empty when it isn't set
 */
export function calculationOf(
  { expression, text }: ArithmeticExpansionPart,
  variable: (name: string) => string,
): string {
  if (expression === undefined) return "0";
  const result = number(expression, variable);
  return result === undefined ? unknownText(text) : String(result);
}

/** Undefined for what isn't known. */
function number(
  node: ArithmeticExpression,
  variable: (name: string) => string,
): number | undefined {
  const of = (inner: ArithmeticExpression) => number(inner, variable);
  switch (node.type) {
    case "ArithmeticGroup":
      return of(node.expression);
    case "ArithmeticWord":
      return operand(node.value, variable);
    case "ArithmeticUnary":
      return unary(node.operator, of(node.operand));
    case "ArithmeticTernary": {
      const test = of(node.test);
      return test === undefined ? undefined : of(test === 0 ? node.alternate : node.consequent);
    }
    case "ArithmeticBinary":
      return binary(node.operator, of(node.left), of(node.right));
    default:
      throw new Unplayable(`the calculation with ${node.text} isn't followed`);
  }
}

function operand(written: string, variable: (name: string) => string): number | undefined {
  const name = /^\$?\{?([A-Za-z_]\w*|\d+|#)\}?$/u.exec(written)?.[1];
  if (/^(?:0|[1-9]\d*)$/u.test(written)) return Number(written);
  if (name === undefined) throw new Unplayable(`the calculation with ${written} isn't followed`);
  const value = variable(name).trim();
  if (value === "") return 0;
  return /^-?(?:0|[1-9]\d*)$/u.test(value) ? Number(value) : undefined;
}

function unary(operator: string, value: number | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (operator === "-") return -value;
  if (operator === "+") return value;
  if (operator === "!") return value === 0 ? 1 : 0;
  throw new Unplayable(`the calculation with ${operator} isn't followed`);
}

function binary(
  operator: string,
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  const calculate = operators.get(operator);
  if (calculate === undefined)
    throw new Unplayable(`the calculation with ${operator} isn't followed`);
  if (left === undefined || right === undefined) return undefined;
  if (right === 0 && (operator === "/" || operator === "%"))
    throw new Unplayable("it divides by zero");
  const result = Number(calculate(left, right));
  return Number.isSafeInteger(result) ? result : undefined;
}

const operators: ReadonlyMap<string, (left: number, right: number) => number | boolean> = new Map<
  string,
  (left: number, right: number) => number | boolean
>([
  ["+", (left, right) => left + right],
  ["-", (left, right) => left - right],
  ["*", (left, right) => left * right],
  ["/", (left, right) => Math.trunc(left / right)],
  ["%", (left, right) => left % right],
  ["<", (left, right) => left < right],
  ["<=", (left, right) => left <= right],
  [">", (left, right) => left > right],
  [">=", (left, right) => left >= right],
  ["==", (left, right) => left === right],
  ["!=", (left, right) => left !== right],
]);
