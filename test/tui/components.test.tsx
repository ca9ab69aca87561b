import { render } from "ink-testing-library";
import { expect, test } from "vitest";
import { labelColumns } from "../../src/tui/components/choice-entry.tsx";
import { fieldRows } from "../../src/tui/components/field-rows.ts";
import { Header } from "../../src/tui/components/header.tsx";
import { Lines, rowsOf } from "../../src/tui/components/lines.tsx";
import { previewRows } from "../../src/tui/components/previews.ts";
import { ScrollArea } from "../../src/tui/components/scroll-area.tsx";
import { openBoard } from "../../src/tui/screens/board-state.ts";
import { findingRows } from "../../src/tui/screens/finding-details.ts";
import { fakeAudit, finding } from "../audit/guided/fake-audit.ts";

const diff = {
  title: ".platform.app.yaml: add the cron backup",
  lines: [
    { kind: "context", text: "crons:" },
    { kind: "added", text: "    backup:" },
    { kind: "removed", text: "    old:" },
  ],
} as const;

test.each([
  [90, "Shop · main · Upsun (from .upsun/config.yaml) · me@example.org"],
  [70, "Shop · main · Upsun · me@example.org"],
  [45, "Shop · main · me@example.org"],
  [34, "Shop"],
] as const)(
  "the header of %i columns tells whose project it is, and why where there is room",
  (columns, told) => {
    const content = {
      ...{ title: "machinist setup", account: "me@example.org", place: ["Shop", "main"] },
      vendor: { name: "Upsun", because: "from .upsun/config.yaml" },
    };
    const { lastFrame, unmount } = render(<Header content={content} columns={columns} />);
    expect(lastFrame()).toBe(`machinist setup${told.padStart(columns - 15)}`);
    unmount();
  },
);

test("a diff says what is added and removed without any colour", () => {
  const { lastFrame, unmount } = render(
    <ScrollArea content={previewRows([diff], 60)} start={0} rows={10} columns={60} />,
  );
  expect(lastFrame()).toContain("+     backup:");
  expect(lastFrame()).toContain("-     old:");
  unmount();
});

test("an added line that goes on in the next row has its sign there too", () => {
  const lines = [{ kind: "added", text: "platform redeploy --no-wait --yes" }] as const;
  expect(previewRows([{ title: "", lines }], 30).slice(1)).toEqual([
    { text: "+ platform redeploy --no-wait", look: "good" },
    { text: "+   --yes", look: "good" },
  ]);
});

test("a value that its column would cut stands below its name, whole", () => {
  const address = "operator+shop-backup-and-deploy@example.org";
  const fields = [
    { name: "Environment", value: "main", means: "production" },
    { name: "Address", value: address, means: "from your address" },
  ];
  expect(fieldRows(fields, 50).map(({ text, aside = "" }) => text + aside)).toEqual([
    "Environment   main   production",
    "Address",
    `  ${address}`,
    "  from your address",
  ]);
});

test("the labels of a list leave their details the room that the most of them need", () => {
  const choices = [
    { value: "a", label: "Back up", detail: "every day at 05:00 UTC" },
    { value: "b", label: "Run commands of your own", detail: "every day at 06:00 UTC" },
    { value: "c", label: "Back up, then deploy the branch", detail: "a job of your CI system" },
  ];
  expect(labelColumns(choices, 52)).toBe("Run commands of your own".length);
  expect(labelColumns(choices, 76)).toBe("Back up, then deploy the branch".length);
});

test.each([44, 56, 70, 100])(
  "no row of a finding's place ends in a dot, in %i columns",
  (columns) => {
    const rule = "cron-with-a-name-that-is-long";
    const [entry] = openBoard({
      findings: [{ ...finding(1), rule }],
      ignored: [],
      unread: [],
    }).entries;
    if (entry === undefined) throw new Error("the finding isn't listed");
    const rows = findingRows(fakeAudit([]), entry, { columns, rows: 20 }).map(({ text }) => text);
    expect(rows.join(" ")).toContain(rule);
    expect(rows.filter((row) => /·\s*$/u.test(row))).toEqual([]);
  },
);

test("a step of a list that goes on in the next row stands below its text", () => {
  expect(rowsOf(["2. As that account: its name, My profile.", "Then leave."], 24)).toEqual([
    "2. As that account: its",
    "   name, My profile.",
    "Then leave.",
  ]);
});

test.each([10, 11, 12, 13, 14, 15, 20])(
  "what has no room ends in one sign, after a whole word, in %i columns",
  (columns) => {
    const [row = ""] = rowsOf(["one three fourteen and more than fits there"], columns, 1);
    expect(row).toMatch(/^one(?: three(?: fourteen)?)? …$/u);
    expect(row.length).toBeLessThanOrEqual(columns);
  },
);

test("a word that is cut ends in its sign at once", () => {
  expect(rowsOf(["abcdefghijklmnop and more"], 10, 1)).toEqual(["abcdefghi…"]);
});

test("a window of one row shows a row, and no place in a text that nobody sees", () => {
  const content = [1, 2, 3].map((row) => ({ text: `row ${row}`, look: "plain" }) as const);
  const { lastFrame, unmount } = render(
    <ScrollArea content={content} start={1} rows={1} columns={40} />,
  );
  expect(lastFrame()).toBe("row 2");
  unmount();
});

test("the place in a text stays whole in a narrow window", () => {
  const content = Array.from({ length: 120 }, () => ({ text: "row", look: "plain" }) as const);
  const { lastFrame, unmount } = render(
    <ScrollArea content={content} start={100} rows={3} columns={36} keys="Space, b" />,
  );
  expect(lastFrame()?.split("\n").at(-1)).toBe("lines 101 to 102 of 120, Space, b");
  unmount();
});

test("a window over a long text tells its place, and stays as high as it may be", () => {
  const content = Array.from(
    { length: 30 },
    (_, row) => ({ text: `row ${row}`, look: "plain" }) as const,
  );
  const { lastFrame, unmount } = render(
    <ScrollArea content={content} start={28} rows={6} columns={60} />,
  );
  const rows = lastFrame()?.split("\n") ?? [];
  expect(rows).toHaveLength(6);
  expect(rows.at(-2)).toBe("row 29");
  expect(rows.at(-1)).toContain("lines 26 to 30 of 30");
  unmount();
});

test("an empty line keeps its row", () => {
  const { lastFrame, unmount } = render(<Lines lines={["a", "", "b"]} />);
  expect(
    lastFrame()
      ?.split("\n")
      .map((row) => row.trim()),
  ).toEqual(["a", "", "b"]);
  unmount();
});
