import { isMap, isScalar, type YAMLMap } from "yaml";
import {
  type Entry,
  effectiveEntries,
  entriesOf,
  nodeAt,
  type Path,
  rangeOf,
} from "../../yaml/nodes.ts";
import type { Source } from "../../yaml/source.ts";
import type { AppCommand, AppFile, Cron, Script } from "../app-file.ts";
import { type Includes, includedMap, inclusionOf } from "../include.ts";
import { scriptOf } from "../script.ts";
import { commandPaths, commandSections } from "./command-paths.ts";

/** The mapping of one application and where it is. */
interface Tree {
  readonly source: Source;
  readonly map: YAMLMap;
  readonly path: Path;
  readonly includes: Includes;
}

/** A section of an application, or a part of one: in the application's own file or in one that is included whole. */
interface Part {
  readonly source: Source;
  readonly map: unknown;
  readonly path: Path;
  readonly includes: Includes;
  readonly locked: string | undefined;
}

function partOf(tree: Tree, ...keys: Path): Part {
  return keys.reduce(below, { ...tree, locked: undefined });
}

/** What a part has under a key, in another file where it is included from there. */
function below({ source, map, path, includes, locked }: Part, key: string | number): Part {
  const node = nodeAt(map, [key], source.document);
  const included = includedMap(node, includes);
  if (included === undefined) return { source, map: node, path: [...path, key], includes, locked };
  const isLocked = included.locked ?? locked;
  return { source: included.in, map: included.map, path: [], includes, locked: isLocked };
}

/** The hooks that are scripts, included ones too. */
export function hooksOf(tree: Tree): AppFile["hooks"] {
  const hooks = partOf(tree, "hooks");
  const build = scriptAt(hooks, "build");
  const deploy = scriptAt(hooks, "deploy");
  const postDeploy = scriptAt(hooks, "post_deploy");
  return {
    ...(build === undefined ? {} : { build }),
    ...(deploy === undefined ? {} : { deploy }),
    ...(postDeploy === undefined ? {} : { postDeploy }),
  };
}

/** The crons in the order of the file. */
export function cronsOf(tree: Tree): readonly Cron[] {
  const crons = partOf(tree, "crons");
  const { map, source } = crons;
  return isMap(map)
    ? effectiveEntries(map, source.document).map((entry) => cronOf(crons, entry))
    : [];
}

function cronOf(crons: Part, { name, keyStart, keyEnd }: Entry): Cron {
  const cron = below(crons, name);
  const { source, map } = cron;
  const { document } = source;
  const isOwn = source === crons.source;
  // The file that a cron is included from doesn't name it.
  const [first] = !isOwn && isMap(map) ? entriesOf(map) : [];
  const spec = nodeAt(map, ["spec"], document);
  const old = scriptAt(cron, "cmd");
  const script = scriptAt(cron, "commands", "start") ?? old;
  const stop = scriptAt(cron, "commands", "stop");
  const [start, end] = rangeOf(spec);
  return {
    name: String(name),
    in: source,
    nameStart: isOwn ? keyStart : (first?.keyStart ?? 0),
    nameEnd: isOwn ? keyEnd : (first?.keyEnd ?? 0),
    ...(isScalar(spec) && typeof spec.value === "string"
      ? { spec: { value: spec.value, start, end } }
      : {}),
    key: nodeAt(map, ["cmd"], document) !== undefined && script === old ? "cmd" : "commands.start",
    ...(script === undefined ? {} : { script }),
    ...(stop === undefined ? {} : { stop }),
    ...(isMap(map) && inclusionOf(map) === undefined ? { map } : {}),
  };
}

/** The commands beyond hooks and crons that are scripts, included ones too. */
export function appCommandsOf(tree: Tree): readonly AppCommand[] {
  if (tree.path[0] === "tasks") return commandOfTask(tree);
  return commandSections.flatMap((section) => {
    const part = partOf(tree, ...section);
    return commandPaths(section, part.map, part.source.document).flatMap(({ path, ...command }) => {
      const script = scriptAt(part, ...path);
      return script === undefined ? [] : [{ ...command, script }];
    });
  });
}

/** What a task runs (developer.upsun.com, "Tasks"); its other keys are those of an application, without web and crons. */
function commandOfTask(tree: Tree): readonly AppCommand[] {
  const script = scriptAt(partOf(tree, "run"), "command");
  const name = String(tree.path.at(-1));
  return script === undefined ? [] : [{ of: "task", name, key: "command", script }];
}

/** The source operations that have a command (platform manual, "Source operations"). */
export function sourceOperationsOf(tree: Tree): AppFile["sourceOperations"] {
  const operations = partOf(tree, "source", "operations");
  const { map, source } = operations;
  if (!isMap(map)) return [];
  return effectiveEntries(map, source.document).flatMap(({ name }) => {
    const script = scriptAt(operations, name, "command");
    return script === undefined ? [] : [{ name: String(name), command: script.text }];
  });
}

/** The script at the end of a path, in the files that its parts are included from. */
function scriptAt(part: Part, ...keys: Path): Script | undefined {
  const { source, map, path, includes, locked } = keys.reduce(below, part);
  return scriptOf(source, map, path, includes, locked);
}
