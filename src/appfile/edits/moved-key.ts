import { isMap } from "yaml";
import { outOf } from "../../yaml/key-edit.ts";
import { eolAt, nextLine } from "../../yaml/lines.ts";
import { nodeAt, ownEntry, rangeOf, valueAt } from "../../yaml/nodes.ts";
import type { ByHand, EditPlan } from "../../yaml/proof.ts";
import { refusal } from "../../yaml/refusal.ts";
import { columnOf, keyColumn } from "../../yaml/style.ts";
import type { AppFile, Cron } from "../app-file.ts";

/**
 * The way to move a key of a cron from below `commands` to beside it, its value as it is written, and the comment behind it
 * with it. Throws a `Failure` ("uneditable") where there is none.
 */
export function movedKeyPlan(app: AppFile, cron: Cron, name: string, byHand: ByHand): EditPlan {
  const { source, location, text } = app;
  const path = [...location.path, "crons", cron.name];
  const refuse = () =>
    refusal(
      source,
      cron.nameStart,
      `The cron ${cron.name} isn't written in a way that can be edited`,
      byHand,
    );
  const commands = cron.map && ownEntry(cron.map, "commands");
  const below = nodeAt(commands?.value, [], source.document);
  const entry = isMap(below) ? ownEntry(below, name) : undefined;
  const old = valueAt(source.value, path);
  const inner = valueAt(old, ["commands"]);
  if (
    cron.in !== source ||
    cron.map === undefined ||
    commands === undefined ||
    entry === undefined ||
    !isMap(below) ||
    !(old instanceof Map && inner instanceof Map) ||
    old.has(name)
  )
    throw refuse();
  const [start, end] = rangeOf(entry.value);
  const line = `${name}: ${text.slice(start, end)}`;
  if (line.includes("\n")) throw refuse();
  const isFlow = cron.map.flow === true;
  const behind = isFlow || below.flow === true ? "" : commentBehind(text, end);
  const between = isFlow
    ? ", "
    : eolAt(text, commands.keyStart) + " ".repeat(columnOf(text, commands.keyStart));
  const rest = new Map(inner);
  rest.delete(name);
  const value = new Map(
    [...old].flatMap(([key, each]): [unknown, unknown][] =>
      key === "commands"
        ? [
            [name, inner.get(name)],
            [key, rest],
          ]
        : [[key, each]],
    ),
  );
  return {
    kind: "yaml",
    in: source,
    edits: [
      { offset: commands.keyStart, length: 0, text: line + behind + between },
      ...outOf(app, below, entry),
    ],
    path,
    value,
  };
}

/** A key below the commands of a cron as it is to be written beside them; undefined where it takes more than one line. */
export function lineOfKey(cron: Cron, name: string): string | undefined {
  const { text, document } = cron.in;
  const commands = nodeAt(cron.map, ["commands"], document);
  const entry = isMap(commands) ? ownEntry(commands, name) : undefined;
  const [start, end] = rangeOf(entry?.value);
  const line = `${name}: ${text.slice(start, end)}`;
  if (entry === undefined || start === end || line.includes("\n")) return undefined;
  if (cron.map === undefined || cron.map.flow === true) return line;
  return " ".repeat(keyColumn(text, cron.map)) + line + commentBehind(text, end);
}

/** The comment that ends a line behind a value, with the blanks before it. */
function commentBehind(text: string, end: number): string {
  return /^[ \t]+#[^\r\n]*/u.exec(text.slice(end, nextLine(text, end)))?.[0] ?? "";
}
