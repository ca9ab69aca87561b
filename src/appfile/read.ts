import { isMap, isScalar, type YAMLMap } from "yaml";
import { placeOf } from "../yaml/lines.ts";
import { entriesOf, nodeAt, rangeOf, valueAt } from "../yaml/nodes.ts";
import { refusal } from "../yaml/refusal.ts";
import { parseSource, type Source } from "../yaml/source.ts";
import type { TextFile } from "../yaml/text-file.ts";
import type { AppFile } from "./app-file.ts";
import { readText } from "./files/bytes.ts";
import { readIncludes } from "./files/read-includes.ts";
import { disk, type Files } from "./files.ts";
import { type Includes, type InclusionTarget, scriptInclusions } from "./include.ts";
import type { AppLocation } from "./locate.ts";
import { appCommandsOf, cronsOf, hooksOf, sourceOperationsOf } from "./model/model.ts";

/**
 * Reads one application from its file.
 * Throws a `Failure` ("uneditable") with the place when the file can't be read with certainty: not
 * UTF-8, not one valid YAML document, or without the application where it was.
 *
 * @param textOf the text that a file, by its absolute path, is to have; undefined where it is as it was read
 * @param files where files are read from: this computer unless given
 */
export async function readApp(
  location: AppLocation,
  textOf: (file: string) => string | undefined = () => undefined,
  files: Files = disk,
): Promise<AppFile> {
  const { file, shown, path, unread } = location;
  const changed = textOf(file);
  if (unread !== undefined && changed === undefined) throw unread;
  const source = parseSource(location, changed ?? (await readText(files, location)));
  const inclusions = scriptInclusions(appMap(location, source), source.document);
  const root = textAt(source, [...path, "source", "root"]);
  const including = { file, shown, textOf, ...(root === undefined ? {} : { root }) };
  return appFrom(location, source, await readIncludes(files, including, inclusions));
}

/** One of the files that describe an application, by the path as people know it; undefined when it is none of them. */
export function fileOf({ source, includes, called }: AppFile, shown: string): TextFile | undefined {
  const included = [...includes.values()].flatMap((each) =>
    each.kind === "closed" ? [] : [each.in],
  );
  return [source, ...included, ...called.values()].find((file) => file.shown === shown);
}

/** The application once one of its files, its own, an included or a called one, has this text; throws as `readApp` does. */
export function withFileText(app: AppFile, file: string, text: string): AppFile {
  if (file === app.location.file) return parseApp(app.location, text, app.includes, app.called);
  const includes = new Map(
    [...app.includes].map(([key, included]): [string, InclusionTarget] => {
      if (included.kind === "closed" || included.in.file !== file) return [key, included];
      return included.kind === "script"
        ? [key, { ...included, in: { ...included.in, text } }]
        : [key, { ...included, in: parseSource(included.in, text) }];
    }),
  );
  const called = new Map(
    [...app.called].map(([path, each]) => [path, each.file === file ? { ...each, text } : each]),
  );
  return parseApp(app.location, app.text, includes, called);
}

/**
 * As `readApp`, for a text that was read already or is yet to be written.
 *
 * @param includes what the application includes; what isn't among them stays unread
 * @param called the scripts of the repository that it calls
 */
export function parseApp(
  location: AppLocation,
  text: string,
  includes: Includes = new Map(),
  called: AppFile["called"] = new Map(),
): AppFile {
  return { ...appFrom(location, parseSource(location, text), includes), called };
}

function appFrom(location: AppLocation, source: Source, includes: Includes): AppFile {
  const { path } = location;
  const map = appMap(location, source);
  const type = textAt(source, [...path, "type"]);
  const timezone = textAt(source, [...path, "timezone"]);
  const tree = { source, map, path, includes };
  return {
    location,
    text: source.text,
    name: textAt(source, [...path, "name"]) ?? location.name,
    ...(type === undefined ? {} : { type }),
    hooks: hooksOf(tree),
    crons: cronsOf(tree),
    commands: appCommandsOf(tree),
    ...(timezone === undefined ? {} : { timezone }),
    sourceOperations: sourceOperationsOf(tree),
    place: (offset) => placeOf(source.text, offset),
    source,
    includes,
    called: new Map(),
    map,
  };
}

function appMap({ form, path }: AppLocation, source: Source): YAMLMap {
  const { document } = source;
  const node = nodeAt(document.contents, path, document);
  const [start] = rangeOf(node);
  if (!isMap(node)) {
    throw refusal(source, start, whyNoApp(node));
  }
  const nested = form === "single" && valueAt(source.value, ["type"]) === undefined;
  const applications = nested && entriesOf(node).find(({ name }) => name === "applications");
  if (applications)
    throw refusal(
      source,
      applications.keyStart,
      "A file of this name describes one application; `applications:` is for .upsun/config.yaml",
    );
  return node;
}

function whyNoApp(node: unknown): string {
  if (!isScalar(node) || node.value === null) return "It holds no application";
  return node.tag === "!include"
    ? `The application is in another file, ${node.value}; name that one with --app-file`
    : "This isn't a mapping that describes an application";
}

function textAt({ value }: Source, path: readonly (string | number)[]): string | undefined {
  const text = valueAt(value, path);
  return typeof text === "string" ? text : undefined;
}
