import { expect, test } from "vitest";
import { transcriptRows } from "../../src/tui/components/transcript.tsx";

test("no word of a line is lost, whatever the width, and no row is wider", () => {
  const text = "✔ Variable: Created env:PLATFORMSH_CLI_TOKEN on main; deployed — you agreed";
  for (let columns = 30; columns < 90; columns++) {
    const rows = transcriptRows({ text, look: "good" }, columns).map((row) => row.text);
    expect(rows.join(" ").replace(/\s+/gu, " ")).toBe(text);
    expect(rows.every((row) => row.length <= columns)).toBe(true);
    expect(rows.slice(1).every((row) => row.startsWith("  "))).toBe(true);
  }
});
