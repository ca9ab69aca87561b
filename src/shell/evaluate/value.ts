import type { GuardTarget } from "../guard.ts";

/** What a word or a variable stands for in one environment. */
export type Value =
  | {
      readonly kind: "text";
      readonly text: string;
      /** Which fact about the environment it was made from; none for a word that is the same everywhere. */
      readonly from?: GuardTarget["kind"];
      /** Whether it disappears when it is empty, as an expansion without quotes does. */
      readonly vanishes: boolean;
      /** Whether it holds `*`, `?` or `[…]` outside quotes. */
      readonly glob: boolean;
      /** The variable it was made from that looks as if it told of the environment, and that no platform sets. */
      readonly mistaken?: string;
    }
  /**
   * Its text isn't known; `same` when it can't differ between environments, `machineName` when it is the machine name
   * of the environment, which is its branch with a suffix, `program` the program that it most likely names.
   */
  | {
      readonly kind: "unknown";
      readonly same: boolean;
      readonly machineName?: true;
      readonly program?: string;
      /** Given where the script sets it in some environments, and in which can't be told. */
      readonly varies?: true;
    };

/** A text of which nothing is known, and that may differ between environments. */
export const unknown: Value & { readonly kind: "unknown" } = { kind: "unknown", same: false };

/** A text that is the same everywhere. */
export function sameText(content: string): Value & { readonly kind: "text" } {
  return { kind: "text", text: content, vanishes: false, glob: false };
}

/** Whether a value is the same text in every environment. */
export function isSame(value: Value): boolean {
  return value.kind === "unknown" ? value.same : value.from === undefined;
}

/** A script can double a text in each line; beyond this many units, it isn't followed. */
const longest = 10_000;

/** One value after the other, in one word. */
export function concatenation(a: Value, b: Value): Value {
  if (a.kind === "text" && a.text === "" && b.kind === "unknown") return b;
  if (b.kind === "text" && b.text === "" && a.kind === "unknown") return a;
  if (a.kind === "unknown" || b.kind === "unknown" || a.text.length + b.text.length > longest) {
    const varies = [a, b].some((value) => value.kind === "unknown" && value.varies === true);
    return { kind: "unknown", same: isSame(a) && isSame(b), ...(varies ? { varies } : {}) };
  }
  const from = a.from ?? b.from;
  const mistaken = a.mistaken ?? b.mistaken;
  return {
    kind: "text",
    text: a.text + b.text,
    vanishes: false,
    glob: a.glob || b.glob,
    ...(from === undefined ? {} : { from }),
    ...(mistaken === undefined ? {} : { mistaken }),
  };
}
