const longestLine = 1024 * 1024;

/** The lines of a text that comes in parts, without their ends; a line above a million characters is cut. */
export async function* linesOf(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const part of parts) {
    const lines = (rest + part).split("\n");
    rest = (lines.pop() ?? "").slice(0, longestLine);
    yield* lines;
  }
  if (rest !== "") yield rest;
}
