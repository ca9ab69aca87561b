import { Text } from "ink";
import SelectInput from "ink-select-input";
import { printable } from "../../printable.ts";
import { fieldRows } from "../components/field-rows.ts";
import { Line, rowsOf, unfinished } from "../components/lines.tsx";
import type { Row } from "../components/scroll-area.tsx";
import type { Key } from "../keys/key.ts";
import { actionOf, keyTable } from "../keys/table.ts";
import type { Screen, ScreenTools } from "../screen.ts";
import { clip, widthOf } from "../text-width.ts";
import { looks, signs } from "../theme.ts";

/** One entry of the menu. */
export interface MenuEntry {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
}

/** How it stands with the project: a name, and sentences about it. */
export type HomeFacts = readonly (readonly [string, readonly string[]])[];

/** A short menu, by ink-select-input, which gets its keys one at a time from the key layer. */
export function homeScreen(
  entries: readonly MenuEntry[],
  look: () => Promise<HomeFacts>,
  done: (value: string | undefined) => void,
  { redraw, fail, ink }: ScreenTools,
): Screen {
  let pointed = 0;
  let state: HomeFacts = [["", ["Looking at the files …"]]];
  look().then((facts) => {
    state = facts;
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
        paragraphs: [
          ...state.flatMap(([name, lines]) =>
            lines.map((line, index) => (index === 0 && name !== "" ? `${name}: ${line}` : line)),
          ),
          ...entries.map(({ label, detail }) => `${label}: ${detail}`),
        ],
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
      const facts = factRows(state, columns, Math.max(1, rows - entries.length));
      const airy = rows > facts.length + entries.length;
      return (
        <>
          {facts.map((row, index) => (
            // Rows have no identity but their place.
            <Line key={String(index)} {...row} />
          ))}
          {airy ? <Line text="" /> : null}
          <SelectInput
            items={items(columns)}
            initialIndex={pointed}
            limit={Math.max(1, rows - facts.length - (airy ? 1 : 0))}
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

/** The facts in two columns, at most so many rows, with a sign where there are more. */
function factRows(facts: HomeFacts, columns: number, rows: number): readonly Row[] {
  const names = facts.some(([name]) => name !== "");
  const all = names
    ? fieldRows(
        facts.map(([name, [value = "", ...more]]) => ({ name, value, means: more.join("; ") })),
        columns,
      )
    : rowsOf(
        facts.flatMap(([, lines]) => lines),
        columns,
      ).map((text): Row => ({ text, look: "plain" }));
  const shown = all.slice(0, rows);
  const last = shown.at(-1);
  if (all.length <= rows || last === undefined) return all;
  const { aside, ...cut } = last;
  const text = unfinished(last.text + (aside ?? ""), columns);
  return [
    ...shown.slice(0, -1),
    aside === undefined ? { ...cut, text } : { ...cut, text: "", aside: text },
  ];
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
