import { Text } from "ink";
import SelectInput from "ink-select-input";
import { printable } from "../../printable.ts";
import { Line, Lines, rowsOf } from "../components/lines.tsx";
import { actionOf, keyTable } from "../key-table.ts";
import type { Key } from "../keys/key.ts";
import type { Screen, ScreenTools } from "../screen.ts";
import { clip } from "../text-width.ts";
import { looks, signs } from "../theme.ts";

/** One entry of the menu. */
export interface MenuEntry {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

/** A short menu, by ink-select-input, which gets its keys one at a time from the key layer. */
export function homeScreen(
  entries: readonly MenuEntry[],
  facts: readonly string[],
  done: (value: string | undefined) => void,
  { redraw, ink }: ScreenTools,
): Screen {
  let pointed = 0;
  const items = (columns: number) =>
    entries.map(({ value, label }) => ({
      key: value,
      value,
      label: clip(printable(label), columns - 2),
    }));
  const select = ({ value }: { value: string }) => done(value);
  const point = ({ value }: { value: string }) => {
    pointed = entries.findIndex((entry) => entry.value === value);
  };
  return {
    keys: keyTable.home,
    help: {
      title: "machinist",
      paragraphs: entries.map(({ label, detail }) => `${label}: ${detail}`),
    },
    typeAhead: true,
    press(key) {
      const action = actionOf(keyTable.home, key);
      if (action === "help") return "help";
      if (action === "close") done(undefined);
      else if (action !== undefined) {
        ink.press(bytesOf(key));
        // The menu hears the next key with the state of its last drawing.
        redraw();
      }
      return undefined;
    },
    view: ({ columns, rows }) => (
      <>
        <Lines lines={rowsOf(facts, columns, 2)} look="dim" />
        <SelectInput
          items={items(columns)}
          initialIndex={pointed}
          limit={Math.max(1, rows - 4)}
          onSelect={select}
          onHighlight={point}
          indicatorComponent={Pointer}
          itemComponent={Label}
        />
        <Line text={clip(printable(entries[pointed]?.detail ?? ""), columns)} look="dim" />
      </>
    ),
  };
}

function Pointer({ isSelected = false }: { readonly isSelected?: boolean }) {
  return <Text {...looks.chosen}>{isSelected ? `${signs.current} ` : "  "}</Text>;
}

function Label({
  isSelected = false,
  label,
}: {
  readonly isSelected?: boolean;
  readonly label: string;
}) {
  return (
    <Text wrap="truncate-end" {...(isSelected ? looks.chosen : looks.plain)}>
      {label}
    </Text>
  );
}

/** A key as the bytes that Ink knows it by. */
function bytesOf(key: Key): string {
  if (key.kind !== "named") return key.text;
  if (key.name === "up") return "\u001B[A";
  return key.name === "down" ? "\u001B[B" : "\r";
}
