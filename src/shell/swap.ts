import type { Replacement } from "./wrap.ts";

/**
 * Puts other commands in the place of one, which fail if one of them does. They take a line each where the command
 * stands alone on its lines, else they become one command in braces.
 *
 * @param place the command to be replaced
 * @param commands one or more, without what is to happen when they fail
 * @param lines whether the result may take several lines
 */
export function swapCommand(
  script: string,
  { start, end }: { readonly start: number; readonly end: number },
  commands: readonly string[],
  lines: boolean,
): Replacement {
  const first = script.lastIndexOf("\n", start - 1) + 1;
  const feed = script.indexOf("\n", end);
  const last = feed === -1 ? script.length : feed;
  const margin = script.slice(first, start);
  const above = script.slice(0, first).trimEnd();
  const below = script.slice(last).trimStart();
  const alone =
    margin.trim() === "" &&
    script.slice(end, last).trim() === "" &&
    !/(?:\\|&&|\|)$/u.test(above) &&
    !/^(?:&&|\|)/u.test(below);
  if (lines && alone)
    return { start, end, text: commands.map((line) => `${line} || exit 1`).join(`\n${margin}`) };
  return { start, end, text: `{ ${commands.join(" && ")}; }` };
}

/** Takes a command out: its lines where it stands alone on them, else it becomes `:`. */
export function withoutCommand(
  script: string,
  { start, end }: { readonly start: number; readonly end: number },
): Replacement {
  const first = script.lastIndexOf("\n", start - 1) + 1;
  const feed = script.indexOf("\n", end);
  const alone =
    script.slice(first, start).trim() === "" &&
    feed !== -1 &&
    script.slice(end, feed).trim() === "" &&
    !/(?:\\|&&|\|)$/u.test(script.slice(0, first).trimEnd()) &&
    !/^(?:&&|\|)/u.test(script.slice(feed).trimStart());
  return alone ? { start: first, end: feed + 1, text: "" } : { start, end, text: ":" };
}
