import { Text } from "ink";
import SelectInput from "ink-select-input";
import { printable } from "../../printable.ts";
import { Line, Lines } from "../components/lines.tsx";
import type { Key } from "../keys/key.ts";
import { actionOf, keyTable } from "../keys/table.ts";
import type { Screen, ScreenTools } from "../screen.ts";
import { clip, widthOf } from "../text-width.ts";
import { looks, signs } from "../theme.ts";
import { linesAsRows } from "./page.tsx";

/** One entry of the menu. */
export interface MenuEntry {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

/** A short menu, by ink-select-input, which gets its keys one at a time from the key layer. */
export function homeScreen(
  entries: readonly MenuEntry[],
  look: () => Promise<readonly string[]>,
  done: (value: string | undefined) => void,
  { redraw, fail, ink }: ScreenTools,
): Screen {
  let pointed = 0;
  let state: readonly string[] = ["Looking at the files …"];
  look().then((lines) => {
    state = lines;
    redraw();
  }, fail);
  const widest = Math.max(...entries.map(({ label }) => widthOf(label)));
  const items = (columns: number) =>
    entries.map(({ value, label, detail }, index) => {
      const name = `${index + 1}  ${printable(label)}${" ".repeat(widest - widthOf(label))}   `;
      const room = columns - 2 - widthOf(name);
      const behind = room < 8 ? "" : clip(printable(detail), room);
      return {
        key: value,
        value,
        label: `${name.trimEnd()}${apart}${name.slice(name.trimEnd().length)}${behind}`,
      };
    });
  const select = ({ value }: { value: string }) => done(value);
  const point = ({ value }: { value: string }) => {
    pointed = entries.findIndex((entry) => entry.value === value);
  };
  return {
    keys: keyTable.home,
    get help() {
      return {
        title: "machinist",
        paragraphs: [...state, ...entries.map(({ label, detail }) => `${label}: ${detail}`)],
      };
    },
    typeAhead: true,
    press(key) {
      const action = actionOf(keyTable.home, key);
      switch (action) {
        case undefined:
          return "unknown";
        case "help":
          return "help";
        case "back":
          return { note: "There is nothing to go back to; q leaves." };
        case "close":
          done(undefined);
          return undefined;
        case "number": {
          const entry = key.kind === "character" ? entries[Number(key.text) - 1] : undefined;
          if (entry === undefined) return "unknown";
          done(entry.value);
          return undefined;
        }
        default:
          ink.press(bytesOf(key));
          // The menu hears the next key with the state of its last drawing.
          redraw();
          return undefined;
      }
    },
    view: ({ columns, rows }) => {
      const lines = linesAsRows(state, columns)
        .slice(0, Math.max(1, rows - entries.length))
        .map(({ text }) => text);
      const airy = rows > lines.length + entries.length;
      return (
        <>
          <Lines lines={lines} />
          {airy ? <Line text="" /> : null}
          <SelectInput
            items={items(columns)}
            initialIndex={pointed}
            limit={Math.max(1, rows - lines.length - (airy ? 1 : 0))}
            onSelect={select}
            onHighlight={point}
            indicatorComponent={Pointer}
            itemComponent={Entry}
          />
        </>
      );
    },
  };
}

function Pointer({ isSelected = false }: { readonly isSelected?: boolean }) {
  return <Text {...looks.chosen}>{isSelected ? `${signs.current} ` : "  "}</Text>;
}

/** The menu hands on one text an entry: this is between the name and what it does. */
const apart = "\t";

function Entry({
  isSelected = false,
  label,
}: {
  readonly isSelected?: boolean;
  readonly label: string;
}) {
  const [name = "", detail = ""] = label.split(apart);
  return (
    <Text wrap="truncate-end">
      <Text {...(isSelected ? looks.chosen : looks.plain)}>{name}</Text>
      <Text {...looks.dim}>{detail}</Text>
    </Text>
  );
}

/** A key as the bytes that Ink knows it by. */
function bytesOf(key: Key): string {
  if (key.kind !== "named") return key.text;
  if (key.name === "up") return "\u001B[A";
  return key.name === "down" ? "\u001B[B" : "\r";
}
