import { isCollection, isScalar, isSeq, type YAMLMap } from "yaml";
import type { Edit } from "../../yaml/edit.ts";
import { parentOf } from "../../yaml/key-edit.ts";
import { indented, lineAt, nextLine } from "../../yaml/lines.ts";
import { type Entry, nodeAt, ownEntry, type Path, rangeOf, valueAt } from "../../yaml/nodes.ts";
import type { ByHand, EditPlan } from "../../yaml/proof.ts";
import { refusal } from "../../yaml/refusal.ts";
import { bodyStepOf, columnOf, stepBelow, stepOf } from "../../yaml/style.ts";
import type { AppFile, Cron } from "../app-file.ts";
import { inPlaceOf, ofApp } from "../by-hand.ts";

/** How to write the command of a cron as the manual has it, with the lines to paste where its command is known. */
export function startByHand(app: AppFile, cron: Cron, key: string): ByHand {
  const value = valueAt(app.source.value, [...app.location.path, "crons", cron.name, key]);
  const all = Array.isArray(value) ? value : [value];
  const lines = all.flatMap((each) => (typeof each === "string" ? each.trimEnd().split("\n") : []));
  return lines.length < all.length || cron.map === undefined
    ? { next: "write `commands:` with `start:` below it" }
    : inPlaceOf(key, ["commands", "start"], lines, {
        ...ofApp(app),
        text: cron.in.text,
        map: cron.map,
      });
}

/** The way to write the text under a key of a cron as `commands.start`; the script stays as it is. */
export function nestedCommandPlan(app: AppFile, cron: Cron, key: string, byHand: ByHand): EditPlan {
  const { map, full, entry, before } = commandOf(app, cron, key, byHand);
  const old = before.get(key);
  if (typeof old !== "string" || (key !== "commands" && before.has("commands")))
    throw refuse(
      app,
      cron,
      `The cron ${cron.name} has no text of its own under \`${key}\``,
      byHand,
    );
  const edits = map.flow === true ? nestedInFlow(entry) : nestedInBlock(app, cron, map, entry);
  return planned(app, full, before, key, new Map([["start", old]]), edits);
}

/** The way to write the one item of a list of commands as `commands.start`. */
export function unlistedCommandPlan(app: AppFile, cron: Cron, byHand: ByHand): EditPlan {
  const { map, full, entry, before } = commandOf(app, cron, "commands", byHand);
  const list = entry.value;
  const [item, second] = isSeq(list) ? list.items : [];
  if (!isScalar(item) || typeof item.value !== "string" || second !== undefined)
    throw refuse(app, cron, `The commands of ${cron.name} are no list of one command`, byHand);
  const [start, end] = rangeOf(item);
  const [, last] = rangeOf(list);
  const isFlow = map.flow === true;
  const edits = [
    {
      offset: entry.keyStart,
      length: start - entry.keyStart,
      text: isFlow ? "commands: { start: " : `${startBelow(app, cron, map, entry)}: `,
    },
    {
      offset: end,
      length: Math.max(0, last - end),
      text: isFlow ? " }" : lastBreak(app.text, end, last),
    },
  ];
  return planned(app, full, before, "commands", new Map([["start", item.value]]), edits);
}

/** What of a stretch that goes has to stay: the line end that is the last of it. */
function lastBreak(text: string, start: number, end: number): string {
  return /\r?\n$/u.exec(text.slice(start, end))?.[0] ?? "";
}

/** The way to give a key of the application another name. */
export function renamedKeyPlan(app: AppFile, path: Path, to: string, byHand: ByHand): EditPlan {
  const { map, name, full } = parentOf(app, path, byHand);
  const entry = ownEntry(map, name);
  const before = valueAt(app.source.value, full.slice(0, -1));
  const isThere = before instanceof Map && before.has(to);
  if (entry === undefined || entry.explicit || !(before instanceof Map) || isThere) {
    const why = isThere ? `${to} stands beside it` : `There is no ${path.join(".")} to rename`;
    throw refusal(app.source, entry?.keyStart ?? rangeOf(map)[0], why, byHand);
  }
  const edits = [{ offset: entry.keyStart, length: entry.keyEnd - entry.keyStart, text: to }];
  return planned(app, full, before, String(name), before.get(name), edits, to);
}

/** The way to write a hook that is a list as a literal block, with a line for each item. */
export function joinedHookPlan(app: AppFile, hook: string, byHand: ByHand): EditPlan {
  const { map, name, full } = parentOf(app, ["hooks", hook], byHand);
  const entry = ownEntry(map, name);
  const list = entry && nodeAt(entry.value, [], app.source.document);
  const lines = isSeq(list)
    ? list.items.flatMap((item) =>
        isScalar(item) && typeof item.value === "string" && !item.value.trimEnd().includes("\n")
          ? [item.value.trimEnd()]
          : [],
      )
    : [];
  if (
    entry === undefined ||
    !isSeq(list) ||
    lines.length < Math.max(1, list.items.length) ||
    map.flow === true
  )
    throw refusal(
      app.source,
      entry?.keyStart ?? rangeOf(map)[0],
      `The ${hook} hook is no list of commands of one line each`,
      byHand,
    );
  const { text } = app;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const column = columnOf(text, entry.keyStart) + bodyStepOf(app, undefined, stepOf(app));
  const [, end] = rangeOf(list);
  const body = [" |", ...indented(lines, column)].join(eol);
  const ending = lastBreak(text, entry.colon, end);
  const edits = [{ offset: entry.colon, length: end - entry.colon, text: body + ending }];
  const isLast = ending === "" && text.slice(end).trim() === "" && !text.slice(end).includes("\n");
  const value = lines.join("\n") + (isLast ? "" : "\n");
  return { kind: "yaml", in: app.source, edits, path: full, value };
}

function commandOf(app: AppFile, cron: Cron, key: string, byHand: ByHand) {
  if (cron.in !== app.source)
    throw refusal(cron.in, cron.nameStart, `The cron ${cron.name} is in another file`, byHand);
  const { map, name, full } = parentOf(app, ["crons", cron.name, key], byHand);
  const entry = ownEntry(map, name);
  const before = valueAt(app.source.value, full.slice(0, -1));
  if (entry === undefined || entry.explicit || !(before instanceof Map))
    throw refuse(app, cron, `The cron ${cron.name} has no \`${key}\` of its own`, byHand);
  return { map, full, entry, before };
}

function refuse(app: AppFile, cron: Cron, why: string, byHand: ByHand) {
  return refusal(app.source, cron.nameStart, why, byHand);
}

/**
 * The way to write a text of one line below further keys: `start: ls` becomes, with `["commands", "start"]`, `commands:`
 * with `start: ls` below it. What else is in the value of the key goes: only the text may be there.
 *
 * @param path from the application, to the key with the text
 * @param keys the first of them takes the place of the last key of the path, if that has another name
 * @param inner from the key's value to the text: the one item of a list, what the one key of a mapping holds
 */
export function nestedTextPlan(
  app: AppFile,
  path: Path,
  keys: Path,
  byHand: ByHand,
  inner: Path = [],
): EditPlan {
  const { map, name, full } = parentOf(app, path, byHand);
  const entry = ownEntry(map, name);
  const before = valueAt(app.source.value, full.slice(0, -1));
  const old = valueAt(app.source.value, [...full, ...inner]);
  const [, end] = rangeOf(entry?.value);
  const [start, last] = rangeOf(
    inner.length === 0 ? entry?.value : nodeAt(entry?.value, inner, app.source.document),
  );
  const rest = app.text.slice(last, end);
  // A comment behind it, and the end of the line.
  const stays = /^(?:[ \t]*#[^\n]*)?\s*$/u.test(rest);
  const isWithin = entry !== undefined && entry.keyStart < start && last <= end;
  if (
    !isWithin ||
    entry.explicit ||
    typeof old !== "string" ||
    !(before instanceof Map) ||
    (keys[0] !== name && before.has(keys[0])) ||
    app.text.slice(start, last).includes("\n") ||
    (inner.length > 0 &&
      [app.text.slice(entry.colon, start), stays ? "" : rest].some((part) => !onlyMarks.test(part)))
  )
    throw refusal(
      app.source,
      entry?.keyStart ?? rangeOf(map)[0],
      `There is no text of one line under ${path.join(".")}`,
      byHand,
    );
  const isFlow = map.flow === true;
  const eol = app.text.includes("\r\n") ? "\r\n" : "\n";
  const [column, step] = [columnOf(app.text, entry.keyStart), stepOf(app)];
  const lines = keys.map((key, depth) => `${" ".repeat(depth * step)}${key}:`);
  const opening = isFlow
    ? keys.map((key) => `${key}: `).join("{ ")
    : `${lines.join(`${eol}${" ".repeat(column)}`)} `;
  const closing = isFlow
    ? " }".repeat(keys.length - 1)
    : stays
      ? ""
      : lastBreak(app.text, last, end);
  const nested = keys
    .slice(1)
    .toReversed()
    .reduce((value: unknown, key) => new Map([[key, value]]), old);
  const after = new Map(
    [...before].map(([each, value]): [unknown, unknown] =>
      each === name ? [keys[0], nested] : [each, value],
    ),
  );
  return {
    kind: "yaml",
    in: app.source,
    edits: [
      { offset: entry.keyStart, length: start - entry.keyStart, text: opening },
      ...(stays && closing === ""
        ? []
        : [{ offset: last, length: stays ? 0 : end - last, text: closing }]),
    ],
    path: full.slice(0, -1),
    value: after,
  };
}

/** What makes a list or a mapping of a text, and no comment, anchor or other value. */
const onlyMarks = /^[\s\-[\]{}]*(?:\w+:[\s\-[\]{}]*)?$/u;

/** The plan that puts a key with a value in the place of another key. */
function planned(
  app: AppFile,
  full: Path,
  before: ReadonlyMap<unknown, unknown>,
  key: string,
  value: unknown,
  edits: readonly Edit[],
  name = "commands",
): EditPlan {
  const after = new Map(
    [...before].map(([each, old]): [unknown, unknown] =>
      each === key ? [name, value] : [each, old],
    ),
  );
  return { kind: "yaml", in: app.source, edits, path: full.slice(0, -1), value: after };
}

function nestedInFlow({ keyStart, keyEnd, value }: Entry): readonly Edit[] {
  const [, end] = rangeOf(value);
  return [
    { offset: keyStart, length: keyEnd - keyStart, text: "commands: { start" },
    { offset: end, length: 0, text: " }" },
  ];
}

/** The key becomes two, one below the other, and every further line of the value moves to the right with it. */
function nestedInBlock(app: AppFile, cron: Cron, map: YAMLMap, entry: Entry): readonly Edit[] {
  const { text } = app;
  const [start, end] = rangeOf(entry.value);
  const { keyStart, keyEnd } = entry;
  const edits: Edit[] = [
    { offset: keyStart, length: keyEnd - keyStart, text: startBelow(app, cron, map, entry) },
  ];
  if (isCollection(entry.value)) return edits;
  const step = " ".repeat(stepOfCron(app, cron, map));
  for (
    let at = nextLine(text, Math.min(entry.colon, start));
    at !== undefined && at < end;
    at = nextLine(text, at)
  )
    if (lineAt(text, at).trim() !== "") edits.push({ offset: at, length: 0, text: step });
  return edits;
}

/** The two keys, the second on a line of its own. */
function startBelow(app: AppFile, cron: Cron, map: YAMLMap, { keyStart }: Entry): string {
  const { text } = app;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return `commands:${eol}${" ".repeat(columnOf(text, keyStart) + stepOfCron(app, cron, map))}start`;
}

function stepOfCron({ text }: AppFile, { nameStart }: Cron, map: YAMLMap): number {
  return Math.max(1, stepBelow(text, nameStart, map));
}
