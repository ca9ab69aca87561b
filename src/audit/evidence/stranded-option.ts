import type { StrandedOptions } from "../../shell/stranded-options.ts";
import type { LookedAt } from "../findings/fix.ts";

/**
 * What is said of options on lines of their own, in words that go on after who runs them.
 *
 * @param isFolded whether the script stands below >
 */
export function saysOfStranded(
  { option, of, because }: Pick<StrandedOptions, "option" | "of" | "because">,
  isFolded: boolean,
): string {
  const why = because ?? (isFolded ? "below >, a deeper line keeps its line end" : undefined);
  const without = of === undefined ? "" : `, and ${of} without it`;
  return `runs ${option} as a command of its own${without}${why === undefined ? "" : `, because ${why}`}`;
}

/** How the fix is called that makes one command of the lines. */
export function joiningTitle({ option, of }: Pick<StrandedOptions, "option" | "of">): LookedAt {
  return {
    title: `Let the command go on in the line of ${option}`,
    disposition: "unsafe",
    because: `${of ?? "the command"} runs with ${option} then, which it never did`,
  };
}
