import { isMap, isScalar } from "yaml";
import { nodeAt, ownEntry, type Path, resolveAlias } from "../yaml/nodes.ts";
import { entryToPaste, type Pasted, type PastedInto } from "../yaml/paste.ts";
import type { ByHand } from "../yaml/proof.ts";
import { stepOf } from "../yaml/style.ts";
import type { AppFile, Script } from "./app-file.ts";
import { includedMap, inclusionOf } from "./include.ts";

/** A cron to add: its name, its schedule, and its shell commands, one line each. */
export interface NewCron {
  readonly name: string;
  readonly spec: string;
  readonly lines: readonly string[];
}

/** The mapping of an application, as something is pasted into it. */
export function ofApp(app: AppFile): PastedInto {
  return { text: app.text, map: app.map, step: stepOf(app) };
}

/**
 * What a person gives an application: a key that it doesn't have, below the sections that it has already.
 *
 * @param what it is called: "this cron"
 */
export function givenToApp(app: AppFile, path: Path, value: Pasted, what: string): ByHand {
  const { keys, into, where } = placeIn(app, path);
  return {
    next: `give the application ${what}${where}`,
    paste: entryToPaste(keys, value, into),
  };
}

/** The mapping into which something goes, which of its keys are still to be written, and where that is in words. */
function placeIn(
  app: AppFile,
  path: Path,
): { readonly keys: Path; readonly into?: PastedInto; readonly where: string } {
  let into = ofApp(app);
  let keys = path;
  let where = into.map.flow === true ? ", between its { }" : "";
  for (const [depth, key] of path.entries()) {
    const entry = ownEntry(into.map, key);
    if (entry === undefined) break;
    const called = path.slice(0, depth + 1).join(".");
    const inner = depth + 1 < path.length ? filled(entry.value, app) : undefined;
    const inclusion = inclusionOf(entry.value);
    if (inner === undefined && inclusion !== undefined)
      return { keys: path.slice(depth + 1), where: `, in ${inclusion.path}` };
    if (inner === undefined) {
      const isEmpty = isScalar(entry.value) && entry.value.value === null;
      where = `, in place of ${isEmpty ? "the empty " : ""}\`${called}\``;
      break;
    }
    into = { ...inner, ...(into.step === undefined ? {} : { step: into.step }) };
    keys = path.slice(depth + 1);
    where =
      inner.map.flow === true ? `, between the { } of \`${called}\`` : `, below \`${called}\``;
  }
  return { keys, into, where };
}

/** The mapping that a section is or stands for, where it has anything in it. */
function filled(value: unknown, { source, text, includes }: AppFile): PastedInto | undefined {
  const included = includedMap(value, includes);
  if (included !== undefined) return { text: included.in.text, map: included.map };
  const target = resolveAlias(value, source.document);
  const isPlain = isMap(target) && target.tag === undefined && target.items.length > 0;
  return isPlain ? { text, map: target } : undefined;
}

/** What a person writes in the place of a key of a mapping. */
export function inPlaceOf(old: string, keys: Path, value: Pasted, into: PastedInto): ByHand {
  return {
    next: `write this in place of \`${old}\``,
    paste: entryToPaste(keys, value, into),
  };
}

/** A script with other lines, as it is written by hand: with its key, where it stands in a YAML file. */
export function scriptToPaste({ yaml }: Script, value: string): string {
  const text = value.trimEnd();
  const key = yaml?.path.at(-1);
  if (yaml === undefined || key === undefined) return text;
  const { source, path } = yaml;
  const map = nodeAt(source.document.contents, path.slice(0, -1), source.document);
  if (!isMap(map)) return text;
  const lines = text.split("\n");
  return entryToPaste([key], lines.length === 1 ? text : lines, { text: source.text, map });
}

/**
 * A build hook as the manual writes it, for a person to paste below an application whose file can't be read.
 */
export function buildHookToPaste(lines: readonly string[]): string {
  return entryToPaste(["hooks", "build"], lines);
}

/** What a cron holds, as the manual writes it. */
export function cronValue({ spec, lines }: Omit<NewCron, "name">): Pasted {
  return new Map<string, Pasted>([
    ["spec", spec],
    ["commands", new Map([["start", lines]])],
  ]);
}

/** A cron as the manual writes it, for a person to paste; as for `buildHookToPaste`. */
export function cronToPaste({ name, ...cron }: NewCron): string {
  return entryToPaste(["crons", name], cronValue(cron));
}
