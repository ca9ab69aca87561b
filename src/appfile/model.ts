import { isMap, isScalar, type YAMLMap } from "yaml";
import type { AppFile, Cron, Script } from "./app-file.ts";
import { type Entry, effectiveEntries, nodeAt, type Path, rangeOf, valueAt } from "./nodes.ts";
import { scriptOf } from "./script.ts";
import type { Source } from "./source.ts";

/** The mapping of one application and where it is. */
interface Tree {
  readonly source: Source;
  readonly map: YAMLMap;
  readonly path: Path;
}

/** The hooks that are scripts; one that is included from another file isn't. */
export function hooksOf(tree: Tree): AppFile["hooks"] {
  const build = scriptAt(tree, "hooks", "build");
  const deploy = scriptAt(tree, "hooks", "deploy");
  const postDeploy = scriptAt(tree, "hooks", "post_deploy");
  return {
    ...(build === undefined ? {} : { build }),
    ...(deploy === undefined ? {} : { deploy }),
    ...(postDeploy === undefined ? {} : { postDeploy }),
  };
}

/** The crons in the order of the file. */
export function cronsOf(tree: Tree): readonly Cron[] {
  const { source, map } = tree;
  const { document } = source;
  const crons = nodeAt(map, ["crons"], document);
  return isMap(crons) ? effectiveEntries(crons, document).map((entry) => cronOf(tree, entry)) : [];
}

function cronOf(tree: Tree, { name, keyStart, keyEnd }: Entry): Cron {
  const {
    source: { document },
    map,
  } = tree;
  const at = ["crons", name];
  const spec = nodeAt(map, [...at, "spec"], document);
  const old = scriptAt(tree, ...at, "cmd");
  const script = scriptAt(tree, ...at, "commands", "start") ?? old;
  const [start, end] = rangeOf(spec);
  return {
    name: String(name),
    nameStart: keyStart,
    nameEnd: keyEnd,
    ...(isScalar(spec) && typeof spec.value === "string"
      ? { spec: { value: spec.value, start, end } }
      : {}),
    key:
      nodeAt(map, [...at, "cmd"], document) !== undefined && script === old
        ? "cmd"
        : "commands.start",
    ...(script === undefined ? {} : { script }),
  };
}

/** The source operations that have a command (platform manual, "Source operations"). */
export function sourceOperationsOf({ source, path }: Tree): AppFile["sourceOperations"] {
  const operations = valueAt(source.value, [...path, "source", "operations"]);
  if (!(operations instanceof Map)) return [];
  return [...operations].flatMap(([name, operation]) => {
    const command = valueAt(operation, ["command"]);
    return typeof command === "string" ? [{ name: String(name), command }] : [];
  });
}

function scriptAt(tree: Tree, ...below: Path): Script | undefined {
  const { source, map, path } = tree;
  return scriptOf(source.text, nodeAt(map, below, source.document), [...path, ...below]);
}
