import { isAlias, isMap, isNode, isScalar, type Scalar } from "yaml";
import { blockOf } from "../../yaml/block.ts";
import type { Edit } from "../../yaml/edit.ts";
import { eolAt, indented, linesAfter, nextLine } from "../../yaml/lines.ts";
import { asLiteral, fitsLiteral } from "../../yaml/literal.ts";
import { type Entry, nodeAt, ownEntry, rangeOf, resolveAlias, valueAt } from "../../yaml/nodes.ts";
import { appendedTo } from "../../yaml/place-in-map.ts";
import type { ByHand, EditPlan } from "../../yaml/proof.ts";
import { refusal } from "../../yaml/refusal.ts";
import { areSpaced, bodyStepOf, columnOf, keyColumn, stepBelow, stepOf } from "../../yaml/style.ts";
import type { AppFile, Script } from "../app-file.ts";
import { givenToApp, inPlaceOf, ofApp } from "../by-hand.ts";
import { includeKey, inclusionOf } from "../include.ts";
import { isTextNode, literalIndent } from "../script.ts";
import { preambleLength } from "./preamble.ts";
import { ownCopyPlans, type Section, sectionOf, unfoldEdits, waysToFill } from "./section.ts";

/** Ways to put lines at the top of the build hook, the best first. Throws a `Failure` when none is known. */
export function buildHookPlans(app: AppFile, lines: readonly string[]): readonly EditPlan[] {
  const included = app.hooks.build?.style === "included" ? app.hooks.build : undefined;
  if (included !== undefined) return [includedScriptPlan(app, included, lines)];
  const section = sectionOf(app, "hooks", wholeHook(app, lines));
  if (section.kind === "included") return includedHooksPlans(app, section, lines);
  if (section.kind === "inherited") return inheritedPlans(app, section.value, lines);
  if (section.kind === "flow") return flowPlans(app, section, lines);
  if (section.kind !== "block") {
    const step = bodyStepOf(app, undefined, stepOf(app));
    const content = ["build: |", ...indented(lines, step)];
    return waysToFill(app, "hooks", section, content).map((edits) =>
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
  return app.hooks.build === undefined ? wholeHook(app, lines) : topLines(app, lines);
}

function wholeHook(app: AppFile, lines: readonly string[]): ByHand {
  return givenToApp(app, ["hooks", "build"], lines, "this build hook");
}

/** Lines for the top of the hook: as it has its own where it is a block, and all of it where lines can't be put into it. */
function topLines(app: AppFile, lines: readonly string[]): ByHand {
  const { build } = app.hooks;
  const hooks = nodeAt(app.map, ["hooks"], app.source.document);
  const indent = build && literalIndent(build);
  if (build?.yaml === undefined || indent !== undefined || !isMap(hooks))
    return {
      next: "put these lines at the top of the build hook",
      paste: indented(lines, indent ?? 0).join("\n"),
    };
  return inPlaceOf("build", ["build"], withLines(build.text, lines), { ...ofApp(app), map: hooks });
}

function planned({ source, location }: AppFile, edits: readonly Edit[], value: string): EditPlan {
  return { kind: "yaml", in: source, edits, path: [...location.path, "hooks", "build"], value };
}

/** The script is a file of its own, which gets whole lines after its preamble, a `#!` line being part of that. */
function includedScriptPlan(app: AppFile, build: Script, lines: readonly string[]): EditPlan {
  const { in: file, locked, text } = build;
  if (locked !== undefined) throw refusal(file, 0, locked, topLines(app, lines));
  const at = preambleLength(text.split(/\r?\n/u));
  const eol = eolAt(text, 0);
  let place = 0;
  for (let line = 0; line < at; line++) place = nextLine(text, place) ?? text.length;
  const open = place === text.length && text !== "" && !text.endsWith("\n");
  const added = open
    ? lines.map((line) => eol + line).join("")
    : lines.map((line) => line + eol).join("");
  const edits = [{ offset: place, length: 0, text: added }];
  return {
    kind: "script",
    in: file,
    edits,
    value: text.slice(0, place) + added + text.slice(place),
  };
}

/** The hooks come through `<<`: the application gets its own, with all that it inherited. */
function inheritedPlans(
  app: AppFile,
  hooks: ReadonlyMap<unknown, unknown>,
  lines: readonly string[],
): readonly EditPlan[] {
  const build = hooks.get("build") ?? "";
  if (typeof build !== "string")
    throw refusal(
      app.source,
      rangeOf(app.map)[0],
      "The build hook is not a script",
      topLines(app, lines),
    );
  const value = new Map([...hooks, ["build", script(withLines(build, lines))]]);
  return ownCopyPlans(app, "hooks", value);
}

/** The hooks are a file of their own; a build hook in it is edited as it would be in the application's. */
function includedHooksPlans(
  app: AppFile,
  { in: included, map }: Section & { kind: "included" },
  lines: readonly string[],
): readonly EditPlan[] {
  const { build } = app.hooks;
  if (build?.style === "literal" && build.yaml !== undefined) {
    if (build.locked !== undefined)
      throw refusal(included, build.start, build.locked, topLines(app, lines));
    const { edits, value } = linesInLiteral(included.text, build.yaml.node, undefined, lines);
    return [{ kind: "yaml", in: included, edits, path: build.yaml.path, value }];
  }
  if (ownEntry(map, "build") !== undefined)
    throw refusal(
      included,
      build?.start ?? 0,
      "In an included file only a build hook that starts with `|` is edited",
      topLines(app, lines),
    );
  const column = keyColumn(included.text, map);
  const hook = [...indented(["build: |"], column), ...indented(lines, column + stepOf(app))];
  const spaced = areSpaced(included.text, map, "entries");
  return appendedTo(included.text, map, -1, spaced, hook).map((edit) => ({
    kind: "yaml",
    in: included,
    edits: [edit],
    path: ["build"],
    value: script(lines),
  }));
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
): readonly EditPlan[] {
  const { text, source, location } = app;
  const inherited = valueAt(source.value, [...location.path, "hooks", "build"]);
  if (inherited !== undefined && typeof inherited !== "string")
    throw refusal(
      source,
      entry.keyStart,
      "The build hook comes through `<<` and is not a script",
      topLines(app, lines),
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
): EditPlan {
  const { text, source } = app;
  const target = resolveAlias(entry.value, source.document);
  const empty = isScalar(target) && target.value === null && target.tag === undefined;
  if (entry.explicit || !(isTextNode(target) || empty))
    throw refusal(source, entry.keyStart, whyNoScript(app, entry), topLines(app, lines));
  const column = columnOf(text, entry.keyStart);
  const step = stepBelow(text, section.entry.keyStart, section.map);
  const indent = column + bodyStepOf(app, section.map, step);
  if (isTextNode(entry.value) && entry.value.type === "BLOCK_LITERAL") {
    const { edits, value } = linesInLiteral(text, entry.value, indent, lines);
    return planned(app, edits, value);
  }
  const old = isTextNode(target) ? target.value : "";
  if (!fitsLiteral(old))
    throw refusal(
      source,
      entry.keyStart,
      "The script holds control characters",
      topLines(app, lines),
    );
  const all = withLines(old, lines);
  const edits = asLiteral(text, entry, indented(all, indent));
  return planned(app, edits, script(all));
}

/** Whole lines are put into the block; nothing of it is rewritten. */
function linesInLiteral(
  text: string,
  node: Scalar<string>,
  usualIndent: number | undefined,
  lines: readonly string[],
): { readonly edits: readonly Edit[]; readonly value: string } {
  const block = blockOf(node);
  const indent = block?.indent ?? usualIndent ?? 4;
  const old = node.value.split("\n");
  const at = preambleLength(old);
  let place = rangeOf(node)[0];
  for (let line = 0; line < at; line++) place = nextLine(text, place) ?? text.length;
  const edits = [linesAfter(text, place, indented(lines, indent))];
  if (node.value.trim() !== "") return { edits, value: old.toSpliced(at, 0, ...lines).join("\n") };
  const chomping = /[+-]/u.exec(block?.header ?? "")?.[0];
  const ending = chomping === "-" ? "" : chomping === "+" ? `\n${node.value}` : "\n";
  return { edits, value: lines.join("\n") + ending };
}

function flowPlans(
  app: AppFile,
  section: Section & { kind: "flow" },
  lines: readonly string[],
): readonly EditPlan[] {
  const { source, location } = app;
  const step = bodyStepOf(app, undefined, stepOf(app));
  const old = valueAt(source.value, [...location.path, "hooks", "build"]) ?? "";
  const own = ownEntry(section.map, "build");
  const all = typeof old === "string" ? withLines(old, lines) : [];
  const hook = ["build: |", ...indented(all, step)];
  const plain = own === undefined || isTextNode(nodeAt(own.value, [], source.document));
  const edits =
    plain && typeof old === "string"
      ? unfoldEdits(app, section, (entries) => [
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

function whyNoScript({ source, includes }: AppFile, { value, explicit }: Entry): string {
  if (explicit) return "The key is written as `? build`";
  const inclusion = inclusionOf(value);
  const included = inclusion && includes.get(includeKey(inclusion));
  if (included?.kind === "closed") return included.why;
  const target = resolveAlias(value, source.document);
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
