import { expect, test } from "vitest";
import { footerText } from "../../src/tui/components/footer.tsx";
import { keyTable } from "../../src/tui/keys/table.ts";
import { widthOf } from "../../src/tui/text-width.ts";

test.each(Object.entries(keyTable))("on the screen %s no key does two things", (_, entries) => {
  const keys = entries.flatMap(
    (entry: { keys: readonly string[]; characters?: readonly string[] }) => [
      ...entry.keys,
      ...(entry.characters ?? []),
    ],
  );
  expect(new Set(keys).size).toBe(keys.length);
});

test.each(Object.entries(keyTable))(
  "the footer of the screen %s fits 40 columns and tells how to have the other keys",
  (_, entries) => {
    const footer = footerText(entries, 40);
    expect(widthOf(footer)).toBeLessThanOrEqual(40);
    const isHelped = entries.some(({ action }: { readonly action: string }) => action === "help");
    expect(footer).toContain(isHelped ? "? help" : "Ctrl-C leave");
  },
);

test("a narrow footer keeps the keys that one can't do without", () => {
  expect(footerText(keyTable.plan, 40)).toMatch(/Enter open · Tab apply · \? help$/u);
});

test.each([60, 40])(
  "the page of an item says how to go back to the plan, at %i columns",
  (columns) => {
    expect(footerText(keyTable.item, columns)).toMatch(/Enter change .*Esc back · \? help$/u);
  },
);

test("the page of a fix says how to leave it as it is, at 40 columns", () => {
  const agreed = { ...keyTable.fix[0], hint: "y Make this change" };
  expect(footerText([agreed, ...keyTable.fix.slice(1)], 40)).toBe(
    "y Make this change · Esc back · ? help",
  );
});

test("a wide footer names every hint of the table", () => {
  expect(footerText(keyTable.choice, 200)).toBe(
    "Enter choose · ↑↓ move · Esc back · type to filter · ? help · Ctrl-C leave",
  );
});
