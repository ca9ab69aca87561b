import { isAlias, isMap, isNode, isScalar, type Scalar } from "yaml";
import type { AppFile } from "./app-file.ts";
import { blockOf } from "./block.ts";
import { buildHookToPaste } from "./by-hand.ts";
import type { Edit } from "./edit.ts";
import { indented, linesAfter, nextLine } from "./lines.ts";
import { asLiteral, fitsLiteral } from "./literal.ts";
import { type Entry, nodeAt, ownEntry, rangeOf, resolved, valueAt } from "./nodes.ts";
import { preambleLength } from "./preamble.ts";
import type { ByHand, Plan } from "./proof.ts";
import { refusal } from "./refusal.ts";
import { isTextNode } from "./script.ts";
import { filled, type Section, sectionOf, unfolded } from "./section.ts";
import { bodyStepOf, columnOf, keyColumn, stepBelow, stepOf } from "./style.ts";

/** Ways to put lines at the top of the build hook, the best first. Throws a `Failure` when none is known. */
export function buildHookPlans(app: AppFile, lines: readonly string[]): readonly Plan[] {
  const section = sectionOf(app, "hooks", wholeHook(lines));
  if (section.kind === "flow") return flowPlans(app, section, lines);
  if (section.kind !== "block") {
    const step = bodyStepOf(app, undefined, stepOf(app));
    const content = ["build: |", ...indented(lines, step)];
    return filled(app, "hooks", section, content).map((edits) =>
      planned(app, edits, script(lines)),
    );
  }
  const entry = ownEntry(section.map, "build");
  return entry === undefined
    ? firstEntryPlans(app, section, lines)
    : [existingHookPlan(app, section, entry, lines)];
}

/** What to do by hand when there may be a hook already, and when there is none. */
export function hookByHand(app: AppFile, lines: readonly string[]): ByHand {
  return app.hooks.build === undefined ? wholeHook(lines) : topLines(lines);
}

const wholeHook = (lines: readonly string[]): ByHand => ({
  next: "give the application this build hook",
  paste: buildHookToPaste(lines),
});

const topLines = (lines: readonly string[]): ByHand => ({
  next: "put these lines at the top of the build hook",
  paste: lines.join("\n"),
});

function planned({ location }: AppFile, edits: readonly Edit[], value: string): Plan {
  return { edits, path: [...location.path, "hooks", "build"], value };
}

/** Lines as the text of a literal block. */
function script(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

/** A script with lines put after its preamble, as lines. A first line that starts with a blank comes after them. */
function withLines(text: string, lines: readonly string[]): readonly string[] {
  const old = text.replace(/\n+$/u, "").split("\n");
  if (text.trim() === "") return lines;
  const at = /^\s/u.test(text) ? 0 : preambleLength(old);
  return old.toSpliced(at, 0, ...lines);
}

function firstEntryPlans(
  app: AppFile,
  { entry, map }: Section & { kind: "block" },
  lines: readonly string[],
): readonly Plan[] {
  const { text, source, location } = app;
  const inherited = valueAt(source.value, [...location.path, "hooks", "build"]);
  if (inherited !== undefined && typeof inherited !== "string")
    throw refusal(
      source,
      entry.keyStart,
      "The build hook comes through `<<` and is not a script",
      topLines(lines),
    );
  const all = withLines(inherited ?? "", lines);
  const column = keyColumn(text, map);
  const body = column + bodyStepOf(app, map, stepBelow(text, entry.keyStart, map));
  const hook = [...indented(["build: |"], column), ...indented(all, body)];
  const [first] = rangeOf(map.items[0]?.key);
  const places = [entry.colon, text.lastIndexOf("\n", first) - 1];
  return places.map((place) => planned(app, [linesAfter(text, place, hook)], script(all)));
}

function existingHookPlan(
  app: AppFile,
  section: Section & { kind: "block" },
  entry: Entry,
  lines: readonly string[],
): Plan {
  const { text, source } = app;
  const target = resolved(entry.value, source.document);
  const empty = isScalar(target) && target.value === null && target.tag === undefined;
  if (entry.explicit || !(isTextNode(target) || empty))
    throw refusal(source, entry.keyStart, whyNoScript(app, entry), topLines(lines));
  const column = columnOf(text, entry.keyStart);
  const step = stepBelow(text, section.entry.keyStart, section.map);
  const indent = column + bodyStepOf(app, section.map, step);
  if (isTextNode(entry.value) && entry.value.type === "BLOCK_LITERAL")
    return literalPlan(app, entry.value, indent, lines);
  const old = isTextNode(target) ? target.value : "";
  if (!fitsLiteral(old))
    throw refusal(source, entry.keyStart, "The script holds control characters", topLines(lines));
  const all = withLines(old, lines);
  const edits = asLiteral(text, entry, indented(all, indent));
  return planned(app, edits, script(all));
}

/** Whole lines are put into the block; nothing of it is rewritten. */
function literalPlan(
  app: AppFile,
  node: Scalar<string>,
  usualIndent: number,
  lines: readonly string[],
): Plan {
  const { text } = app;
  const block = blockOf(node);
  const indent = block?.indent ?? usualIndent;
  const old = node.value.split("\n");
  const at = preambleLength(old);
  let place = rangeOf(node)[0];
  for (let line = 0; line < at; line++) place = nextLine(text, place) ?? text.length;
  const edits = [linesAfter(text, place, indented(lines, indent))];
  if (node.value.trim() !== "")
    return planned(app, edits, old.toSpliced(at, 0, ...lines).join("\n"));
  const chomping = /[+-]/u.exec(block?.header ?? "")?.[0];
  const ending = chomping === "-" ? "" : chomping === "+" ? `\n${node.value}` : "\n";
  return planned(app, edits, lines.join("\n") + ending);
}

function flowPlans(
  app: AppFile,
  section: Section & { kind: "flow" },
  lines: readonly string[],
): readonly Plan[] {
  const { source, location } = app;
  const step = bodyStepOf(app, undefined, stepOf(app));
  const old = valueAt(source.value, [...location.path, "hooks", "build"]) ?? "";
  const own = ownEntry(section.map, "build");
  const all = typeof old === "string" ? withLines(old, lines) : [];
  const hook = ["build: |", ...indented(all, step)];
  const plain = own === undefined || isTextNode(nodeAt(own.value, [], source.document));
  const edits =
    plain && typeof old === "string"
      ? unfolded(app, section, (entries) => [
          ...(own === undefined ? hook : []),
          ...entries.flatMap(([name, line]) => (name === "build" ? hook : [line])),
        ])
      : undefined;
  if (edits === undefined)
    throw refusal(
      source,
      section.entry.keyStart,
      "The hooks are written inside `{ }`",
      hookByHand(app, lines),
    );
  return [planned(app, edits, script(all))];
}

function whyNoScript({ source }: AppFile, { value, explicit }: Entry): string {
  if (explicit) return "The key is written as `? build`";
  const target = resolved(value, source.document);
  const tag = isNode(target) ? target.tag : undefined;
  if (tag === "!include") return `The build hook is in another file, ${includedFile(target)}`;
  if (tag !== undefined) return `The build hook is made by ${tag}`;
  return isAlias(value)
    ? `The build hook is an alias of \`&${value.source}\``
    : "The build hook is not a script";
}

/** The file that `!include` names, as a path alone or as a mapping (platform manual, "YAML tags"). */
function includedFile(node: unknown): string {
  return String(isMap(node) ? node.get("path") : isScalar(node) ? node.value : "");
}
