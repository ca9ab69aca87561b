import { readFile } from "node:fs/promises";
import { isMap, isScalar, type YAMLMap } from "yaml";
import { Failure } from "../failure.ts";
import type { AppFile } from "./app-file.ts";
import { decode } from "./bytes.ts";
import { placeOf } from "./lines.ts";
import type { AppLocation } from "./locate.ts";
import { cronsOf, hooksOf, sourceOperationsOf } from "./model.ts";
import { entriesOf, nodeAt, rangeOf, valueAt } from "./nodes.ts";
import { refusal } from "./refusal.ts";
import { parseSource, type Source } from "./source.ts";

/**
 * Reads one application from its file.
 * Throws a `Failure` ("uneditable") with the place when the file can't be read with certainty: not
 * UTF-8, not one valid YAML document, or without the application where it was.
 */
export async function readApp(location: AppLocation): Promise<AppFile> {
  const bytes = await readFile(location.file).catch((cause: unknown) => {
    throw new Failure(
      "uneditable",
      { what: "The file can't be read", where: location.shown, ...whyOf(cause) },
      { cause },
    );
  });
  return parseApp(location, decode(location.shown, bytes));
}

/** As `readApp`, for a text that was read already or is yet to be written. */
export function parseApp(location: AppLocation, text: string): AppFile {
  const source = parseSource(location.shown, text);
  const { path } = location;
  const map = appMap(location, source);
  const type = textAt(source, [...path, "type"]);
  const timezone = textAt(source, [...path, "timezone"]);
  const tree = { source, map, path };
  return {
    location,
    text,
    name: textAt(source, [...path, "name"]) ?? location.name,
    ...(type === undefined ? {} : { type }),
    hooks: hooksOf(tree),
    crons: cronsOf(tree),
    ...(timezone === undefined ? {} : { timezone }),
    sourceOperations: sourceOperationsOf(tree),
    place: (offset) => placeOf(text, offset),
    source,
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

function whyOf(cause: unknown): { why?: string } {
  return cause instanceof Error ? { why: cause.message } : {};
}
