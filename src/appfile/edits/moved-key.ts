import { isMap } from "yaml";
import { outOf } from "../../yaml/key-edit.ts";
import { eolAt } from "../../yaml/lines.ts";
import { nodeAt, ownEntry, rangeOf, valueAt } from "../../yaml/nodes.ts";
import type { ByHand, EditPlan } from "../../yaml/proof.ts";
import { refusal } from "../../yaml/refusal.ts";
import { columnOf } from "../../yaml/style.ts";
import type { AppFile, Cron } from "../app-file.ts";

/** The way to move a key of a cron from below `commands` to beside it, its value as it is written. */
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
  const between =
    cron.map.flow === true
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
      { offset: commands.keyStart, length: 0, text: line + between },
      ...outOf(app, below, entry),
    ],
    path,
    value,
  };
}
