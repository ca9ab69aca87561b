import xterm from "@xterm/headless";
import fc from "fast-check";
import { expect, test } from "vitest";
import { inkOutput } from "../../src/tui/ink-streams.ts";
import { ofRuns } from "../amounts.ts";

const columns = 12;

function screenOf(emulator: InstanceType<typeof xterm.Terminal>): readonly string[] {
  const { active } = emulator.buffer;
  return Array.from(
    { length: active.length },
    (_, row) => active.getLine(row)?.translateToString(true) ?? "",
  );
}

const emulate = () =>
  new xterm.Terminal({ cols: columns, rows: 10, allowProposedApi: true, scrollback: 100 });

/** What Ink writes to draw a frame over the one before. */
const drawn = (rows: readonly string[], before: number) =>
  `${before === 0 ? "" : `${"\u001B[2K\u001B[1A".repeat(before)}\u001B[2K\u001B[G`}${rows.join("\n")}\n`;

const row = fc.string({ unit: fc.constantFrom("a", "b", "日", " "), maxLength: 6 });

test("rows that stay are not written again, and the screen is as if they were", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          rows: fc.array(row, { minLength: 1, maxLength: 8 }),
          above: fc.option(row, { nil: undefined }),
        }),
        { maxLength: 6 },
      ),
      async (frames) => {
        const [whole, parts] = [emulate(), emulate()];
        const write = (to: typeof whole, text: string) => to.write(text.replaceAll("\n", "\r\n"));
        const output = inkOutput({
          columns,
          rows: 10,
          write: (text) => write(parts, text),
          on: () => undefined,
          off: () => undefined,
        });
        let before = 0;
        for (const { rows, above } of frames) {
          const texts =
            above === undefined
              ? [drawn(rows, before)]
              : [
                  ...(before === 0 ? [] : [drawn([], before).slice(0, -1)]),
                  `${above}\n`,
                  drawn(rows, 0),
                ];
          for (const text of texts) {
            write(whole, text);
            output.write(text);
          }
          before = rows.length;
        }
        await Promise.all(
          [whole, parts].map((each) => new Promise<void>((done) => each.write("", done))),
        );
        expect(screenOf(parts)).toEqual(screenOf(whole));
      },
    ),
    ofRuns,
  );
});

test("a pointer that moves costs its two rows", () => {
  const written: string[] = [];
  const output = inkOutput({
    columns,
    rows: 10,
    write: (text) => written.push(text),
    on: () => undefined,
    off: () => undefined,
  });
  const rows = ["> one", "  two", "  three", "  four"];
  output.write(drawn(rows, 0));
  output.write(drawn(["  one", "> two", "  three", "  four"], 4));
  expect(written.at(-1)).toBe("\u001B[4A\r\u001B[2K  one\n\u001B[2K> two\n\n\n");
});

test.each([
  { columns: 11, rows: 10 },
  { columns, rows: 9 },
])(
  "a frame is written whole after the terminal came to have $columns columns and $rows rows",
  (size) => {
    const written: string[] = [];
    const now = { columns, rows: 10 };
    const output = inkOutput({
      get columns() {
        return now.columns;
      },
      get rows() {
        return now.rows;
      },
      write: (text) => written.push(text),
      on: () => undefined,
      off: () => undefined,
    });
    output.write(drawn(["one", "two", "three"], 0));
    Object.assign(now, size);
    const whole = drawn(["one", "2", "three"], 3);
    output.write(whole);
    expect(written.at(-1)).toBe(whole);
  },
);
