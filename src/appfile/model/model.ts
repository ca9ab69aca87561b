import { isMap, isScalar, type YAMLMap } from "yaml";
import {
  type Entry,
  effectiveEntries,
  nodeAt,
  type Path,
  rangeOf,
  valueAt,
} from "../../yaml/nodes.ts";
import type { Source } from "../../yaml/source.ts";
import type { AppCommand, AppFile, Cron, Script } from "../app-file.ts";
import { type Includes, includedMap } from "../include.ts";
import { scriptOf } from "../script.ts";
import { commandPaths, commandSections } from "./command-paths.ts";

/** The mapping of one application and where it is. */
interface Tree {
  readonly source: Source;
  readonly map: YAMLMap;
  readonly path: Path;
  readonly includes: Includes;
}

/** A section of an application: its mapping, in the application's own file or in one that is included whole. */
interface Part {
  readonly source: Source;
  readonly map: unknown;
  readonly path: Path;
  readonly includes: Includes;
  readonly locked: string | undefined;
}

function partOf({ source, map, path, includes }: Tree, name: string): Part {
  const node = nodeAt(map, [name], source.document);
  const included = includedMap(node, includes);
  if (included === undefined)
    return { source, map: node, path: [...path, name], includes, locked: undefined };
  return { source: included.in, map: included.map, path: [], includes, locked: included.locked };
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
  const { source, map } = crons;
  const { document } = source;
  const spec = nodeAt(map, [name, "spec"], document);
  const old = scriptAt(crons, name, "cmd");
  const script = scriptAt(crons, name, "commands", "start") ?? old;
  const stop = scriptAt(crons, name, "commands", "stop");
  const [start, end] = rangeOf(spec);
  const own = nodeAt(map, [name], document);
  return {
    name: String(name),
    in: source,
    nameStart: keyStart,
    nameEnd: keyEnd,
    ...(isScalar(spec) && typeof spec.value === "string"
      ? { spec: { value: spec.value, start, end } }
      : {}),
    key:
      nodeAt(map, [name, "cmd"], document) !== undefined && script === old
        ? "cmd"
        : "commands.start",
    ...(script === undefined ? {} : { script }),
    ...(stop === undefined ? {} : { stop }),
    ...(isMap(own) ? { map: own } : {}),
  };
}

/** The commands beyond hooks and crons that are scripts, included ones too. */
export function appCommandsOf(tree: Tree): readonly AppCommand[] {
  if (tree.path[0] === "tasks") return commandOfTask(tree);
  return commandSections.flatMap((section) => {
    const part = partOf(tree, section);
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
export function sourceOperationsOf({ source, path }: Tree): AppFile["sourceOperations"] {
  const operations = valueAt(source.value, [...path, "source", "operations"]);
  if (!(operations instanceof Map)) return [];
  return [...operations].flatMap(([name, operation]) => {
    const command = valueAt(operation, ["command"]);
    return typeof command === "string" ? [{ name: String(name), command }] : [];
  });
}

function scriptAt(
  { source, map, path, includes, locked }: Part,
  ...below: Path
): Script | undefined {
  const node = nodeAt(map, below, source.document);
  return scriptOf(source, node, [...path, ...below], includes, locked);
}
