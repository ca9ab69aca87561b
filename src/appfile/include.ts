import { type Document, isMap, isScalar, type YAMLMap } from "yaml";
import { effectiveEntries, nodeAt, rangeOf } from "../yaml/nodes.ts";
import type { Source } from "../yaml/source.ts";
import type { TextFile } from "../yaml/text-file.ts";
import { commandPaths, commandSections } from "./model/command-paths.ts";

/** A value that is in another file (platform manual, "YAML tags"): a path alone, which means YAML, or type and path. */
export interface Inclusion {
  readonly type: string;
  /** As it is written. */
  readonly path: string;
  /** Where the value is in the file that includes. */
  readonly start: number;
}

/** What an inclusion leads to. */
export type InclusionTarget =
  | { readonly kind: "script"; readonly in: TextFile; readonly locked?: string }
  | { readonly kind: "yaml"; readonly in: Source; readonly locked?: string }
  /** It can't be read; why, as a sentence without its full stop. */
  | {
      readonly kind: "closed";
      readonly why: string;
      /** Whether the file isn't there at all. */
      readonly isMissing: boolean;
    };

/** By the type and the path as they are written. */
export type Includes = ReadonlyMap<string, InclusionTarget>;

/** The key of an inclusion among `Includes`. */
export function includeKey({ type, path }: Inclusion): string {
  return `${type} ${path}`;
}

/** The inclusion that a node is; undefined when it is none. */
export function inclusionOf(node: unknown): Inclusion | undefined {
  if (!(isScalar(node) || isMap(node)) || node.tag !== "!include") return undefined;
  const [start] = rangeOf(node);
  if (isScalar(node))
    return typeof node.value === "string" ? { type: "yaml", path: node.value, start } : undefined;
  const [type = "yaml", path] = [node.get("type"), node.get("path")];
  return typeof type === "string" && typeof path === "string" ? { type, path, start } : undefined;
}

/** The inclusions of an application where its scripts are: hooks, crons and commands, a whole section or a part of one. */
export function scriptInclusions(map: YAMLMap, document: Document): readonly Inclusion[] {
  const below = (node: unknown, ...path: readonly string[]) => nodeAt(node, path, document);
  const crons = below(map, "crons");
  const commands = isMap(crons)
    ? effectiveEntries(crons, document).flatMap(({ value }) => [
        below(value),
        below(value, "cmd"),
        below(value, "commands"),
        below(value, "commands", "start"),
        below(value, "commands", "stop"),
      ])
    : [];
  const hooks = ["build", "deploy", "post_deploy"].map((name) => below(map, "hooks", name));
  const others = commandSections.flatMap((section) => {
    const node = below(map, ...section);
    const paths = commandPaths(section, node, document).map(({ path }) => path);
    const parts = paths.flatMap((path) => path.map((_key, index) => path.slice(0, index + 1)));
    return [below(map, section[0]), node, ...parts.map((path) => nodeAt(node, path, document))];
  });
  const task = [below(map, "run"), below(map, "run", "command")];
  return [below(map, "hooks"), crons, ...hooks, ...commands, ...others, ...task].flatMap(
    (node) => inclusionOf(node) ?? [],
  );
}

/** Whether an included mapping can be edited like one that stands in the file itself. */
export function includedMap(node: unknown, includes: Includes): IncludedMap | undefined {
  const inclusion = inclusionOf(node);
  const included = inclusion && includes.get(includeKey(inclusion));
  if (included?.kind !== "yaml") return undefined;
  const map = included.in.document.contents;
  return isMap(map) ? { map, in: included.in, locked: included.locked } : undefined;
}

interface IncludedMap {
  readonly map: YAMLMap;
  readonly in: Source;
  /** Why it must not be edited: another place includes it too. */
  readonly locked: string | undefined;
}
