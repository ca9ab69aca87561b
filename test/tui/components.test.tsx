import { render } from "ink-testing-library";
import { expect, test } from "vitest";
import { fieldRows } from "../../src/tui/components/field-rows.ts";
import { Lines } from "../../src/tui/components/lines.tsx";
import { previewRows } from "../../src/tui/components/previews.ts";
import { ScrollArea } from "../../src/tui/components/scroll-area.tsx";

const diff = {
  title: ".platform.app.yaml: add the cron backup",
  lines: [
    { kind: "context", text: "crons:" },
    { kind: "added", text: "    backup:" },
    { kind: "removed", text: "    old:" },
  ],
} as const;

test("a diff says what is added and removed without any colour", () => {
  const { lastFrame, unmount } = render(
    <ScrollArea content={previewRows([diff], 60)} start={0} rows={10} />,
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

test("a window over a long text tells its place, and stays as high as it may be", () => {
  const content = Array.from(
    { length: 30 },
    (_, row) => ({ text: `row ${row}`, look: "plain" }) as const,
  );
  const { lastFrame, unmount } = render(<ScrollArea content={content} start={28} rows={6} />);
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
