import fc from "fast-check";

/** A file that was made up, and how much of it is known beforehand. */
export interface AnyFile {
  readonly text: string;
  /** Where the application is in it. */
  readonly path: readonly (string | number)[];
  readonly eol: "\n" | "\r\n" | "mixed";
  /** Whether a build hook is a literal block, or there is nothing where it goes. */
  readonly onlyAdds: { readonly hook: boolean; readonly cron: boolean };
}

interface Part {
  readonly lines: readonly string[];
  /** Whether something can be added to it without a change of what is there. */
  readonly plain: boolean;
}

const step = fc.constantFrom(1, 2, 3, 4, 5, 8);
const comment = fc.constantFrom(
  "# A comment.",
  "#",
  "# ünïcödé ✓ 😀: x",
  "# build: |",
  "#no space",
);

const command = fc.constantFrom(
  "make",
  "npm ci && npm run build",
  'echo "ünïcödé ✓ 😀"',
  "if [ -f x ]; then",
  "    indented",
  "\ttabbed",
  "trailing   ",
  "fi",
  "cat <<EOF",
  "a: b # c",
  "- 'x' \\",
);
const scriptLine = fc.oneof(
  { weight: 5, arbitrary: command },
  { weight: 1, arbitrary: fc.constantFrom("set -e", "set -eux", "# Shell comment.", "") },
);
/** A script whose first line decides about the indentation of a block, as it does in real files. */
const script = fc
  .tuple(fc.constantFrom("make", "set -e", "# First.", "é"), fc.array(scriptLine, { maxLength: 5 }))
  .map(([first, rest]) => [first, ...rest]);

const indented = (lines: readonly string[], by: number): readonly string[] =>
  lines.map((line) => (line === "" ? "" : " ".repeat(by) + line));

/** A key with a script in any style. */
function scriptEntry(key: string): fc.Arbitrary<Part> {
  return fc
    .record({
      lines: script,
      by: step,
      header: fc.constantFrom(
        "|",
        "|",
        "|",
        "|-",
        "|+",
        "| # comment",
        "|  ",
        ">",
        ">-",
        "indicator",
      ),
      quote: fc.constantFrom(
        "block",
        "block",
        "block",
        "plain",
        "single",
        "double",
        "empty",
        "none",
      ),
      blanks: fc.nat(2),
    })
    .map(({ lines, by, header, quote, blanks }) => {
      const oneLine = (lines[0] ?? "").replace(/^#.*/u, "run");
      if (quote === "plain") return { lines: [`${key}: ${oneLine} # why`], plain: false };
      if (quote === "single") return { lines: [`${key}:   '${oneLine}'`], plain: false };
      if (quote === "double")
        return { lines: [`${key}: ${JSON.stringify(lines.join("\n"))}`], plain: false };
      if (quote === "empty") return { lines: [`${key}: |`], plain: true };
      if (quote === "none") return { lines: [`${key}:`], plain: false };
      const body = [...indented(lines, by), ...Array<string>(blanks).fill("")];
      const mark = header === "indicator" ? `|${by}` : header;
      return { lines: [`${key}: ${mark}`, ...body], plain: !mark.startsWith(">") };
    });
}

/** A key with parts below it. */
function section(key: string, parts: readonly Part[], by: number): readonly string[] {
  return [
    `${key}:`,
    ...indented(
      parts.flatMap(({ lines }) => lines),
      by,
    ),
  ];
}

const hooks: fc.Arbitrary<Part> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ lines: [], plain: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { lines: ["hooks:"], plain: true },
      { lines: ["hooks: {}"], plain: false },
      { lines: ["hooks: ~ # none"], plain: false },
      { lines: ["hooks: {deploy: 'x', build: make}"], plain: false },
    ),
  },
  {
    weight: 6,
    arbitrary: fc
      .record({
        by: step,
        key: fc.constantFrom("hooks", '"hooks"', "hooks  "),
        before: fc.option(scriptEntry("deploy"), { nil: undefined }),
        note: fc.option(comment, { nil: undefined }),
        build: fc.option(scriptEntry("build"), { nil: undefined }),
        after: fc.option(scriptEntry("post_deploy"), { nil: undefined }),
      })
      .map(({ by, key, before, note, build, after }) => {
        const parts = [before, build, after].filter((part) => part !== undefined);
        if (parts.length === 0) return { lines: [`${key}:`], plain: true };
        const said = note === undefined ? [] : [{ lines: [note], plain: true }];
        return { lines: section(key, [...said, ...parts], by), plain: build?.plain ?? true };
      }),
  },
);

const spec = fc.constantFrom("'0 1 * * *'", '"*/5 * * * *"', "0 2 * * *", "H 3 * * *");

const cron: fc.Arbitrary<Part> = fc
  .record({ spec, old: fc.boolean(), by: step, command: scriptEntry("cmd"), gap: fc.boolean() })
  .chain((shape) => scriptEntry("start").map((start) => ({ ...shape, start })))
  .map(({ spec: at, old, by, command: cmd, start, gap }) => {
    const command = old ? cmd.lines : section("commands", [start], by);
    return {
      lines: [...indented([`spec: ${at}`, ...command], by), ...(gap ? [""] : [])],
      plain: true,
    };
  });

const crons: fc.Arbitrary<Part> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { lines: [], plain: true },
      { lines: ["crons: # none"], plain: true },
      { lines: ["crons: {}"], plain: false },
      { lines: ["crons: { a: {spec: '1 * * * *', cmd: x} }"], plain: false },
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ by: step, found: fc.array(cron, { minLength: 1, maxLength: 3 }) })
      .map(({ by, found }) => ({
        lines: section(
          "crons",
          found.map(({ lines }, at) => ({ lines: [`cron-${at}:`, ...lines], plain: true })),
          by,
        ),
        plain: true,
      })),
  },
);

const other: fc.Arbitrary<Part> = fc.constantFrom(
  { lines: ["disk: 1024 "], plain: true },
  { lines: ["web:", "    locations:", "        '/': { root: web }", "    # after"], plain: true },
  { lines: ["mounts:", "  - a", "  -   b: 'ü'", "      c: d"], plain: true },
  { lines: ['variables: { env: { A: "ünï", B: 0755 } }'], plain: true },
  { lines: ["build:", "  flavor: none # why", "  # flavor: x"], plain: true },
  { lines: ["notes: |+", "  text", "", ""], plain: true },
);

const app = fc
  .record({
    hooks,
    crons,
    others: fc.uniqueArray(other, { maxLength: 3, selector: ({ lines }) => lines[0] }),
    order: fc.array(fc.nat(100), { minLength: 6, maxLength: 6 }),
    notes: fc.array(fc.option(comment, { nil: undefined }), { minLength: 6, maxLength: 6 }),
    spaced: fc.boolean(),
  })
  .map(({ hooks: hook, crons: jobs, others, order, notes, spaced }) => {
    const parts = [hook, jobs, ...others]
      .map((part, at) => ({ part, rank: order[at] ?? 0, note: notes[at] }))
      .sort((left, right) => left.rank - right.rank);
    const lines = parts.flatMap(({ part, note }) => [
      ...(spaced ? [""] : []),
      ...(note === undefined ? [] : [note]),
      ...part.lines,
    ]);
    return {
      lines: ["name: shop", "type: 'php:8.3'", ...lines],
      hook: hook.plain,
      cron: jobs.plain,
    };
  });

/** Files as people write them: every place of an application, layout, line end and script style. */
export const anyFile: fc.Arbitrary<AnyFile> = fc
  .record({
    app,
    place: fc.constantFrom("single", "single", "list", "map"),
    by: step,
    ends: fc.oneof(
      fc.constantFrom("\n" as const, "\r\n" as const),
      fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
    ),
    mark: fc.boolean(),
    ended: fc.boolean(),
    tail: fc.array(fc.constantFrom("", "# The end."), { maxLength: 2 }),
  })
  .map(({ app: { lines, hook, cron: job }, place, by, ends, mark, ended, tail }) => {
    const all = [...placed(lines, place, by), ...tail];
    const endAt = (at: number) => (Array.isArray(ends) ? (ends[at % 7] ? "\r\n" : "\n") : ends);
    const text = all
      .map((line, at) => (ended || at < all.length - 1 ? line + endAt(at) : line))
      .join("");
    const paths = { single: [], list: [1], map: ["applications", "shop"] } as const;
    return {
      text: (mark ? "\uFEFF" : "") + text,
      path: paths[place],
      eol: Array.isArray(ends) ? "mixed" : ends,
      onlyAdds: { hook, cron: job },
    };
  });

function placed(
  lines: readonly string[],
  place: "single" | "list" | "map",
  by: number,
): readonly string[] {
  if (place === "single") return lines;
  if (place === "map")
    return [
      "applications:",
      ...indented(["first:", ...indented(["type: x"], by), "shop:", ...indented(lines, by)], by),
      "routes: {}",
    ];
  const dash = `-${" ".repeat(by)}`;
  const item = indented(lines, by + 1);
  return [`${dash}name: first`, dash + (item[0] ?? "").trimStart(), ...item.slice(1)];
}
