import { isMap, isScalar } from "yaml";
import type { AppFile } from "../../appfile/app-file.ts";
import { type Entry, effectiveEntries, nodeAt, ownEntry, type Path } from "../../yaml/nodes.ts";
import type { Source } from "../../yaml/source.ts";
import { keyOfCommand } from "./key-of-command.ts";
import { isTagged, type Shape, shapeOf } from "./shape.ts";

/** A command beside hooks and crons that is in another form than the manual's, so that it isn't known or run. */
export interface MisshapenCommand {
  /** As people call what it is a command of: "The operation clear", "The web instance". */
  readonly of: string;
  /** Where the odd value stands, from the application. */
  readonly path: Path;
  readonly shape: Shape;
  /** Where the command belongs, from the application; undefined for a section as a whole. */
  readonly wanted?: Path;
  readonly in: Source;
  readonly entry: Pick<Entry, "keyStart" | "keyEnd">;
}

/**
 * The commands of the web instance, of workers, of operations and of a task that are in another form than the manual's,
 * the first problem of each (platform manual: "Web", "Workers", "Runtime operations", "Source operations", "Tasks").
 */
export function misshapenCommands(app: AppFile): readonly MisshapenCommand[] {
  if (app.location.form === "task") return runOf(app, `The task ${app.name}`);
  return [
    ...startIn(app, "The web instance", ["web"], false),
    ...eachIn(app, ["workers"], (name, path) => startIn(app, `The worker ${name}`, path, true)),
    ...eachIn(app, ["operations"], (name, path) =>
      startIn(app, `The operation ${name}`, path, true),
    ),
    ...whole(app, "source"),
    ...eachIn(app, ["source", "operations"], (name, path) =>
      oneIn(app, `The source operation ${name}`, path),
    ),
  ];
}

/** The parts of a section that is a mapping; a section that is none is told as a whole. */
function eachIn(
  app: AppFile,
  path: Path,
  found: (name: string | number, path: Path) => readonly MisshapenCommand[],
): readonly MisshapenCommand[] {
  const { document } = app.source;
  const section = nodeAt(app.map, path, document);
  if (isTagged(section) || shapeOf(section) === "nothing") return [];
  if (!isMap(section)) return misshapenAt(app, path.join("."), path);
  return effectiveEntries(section, document).flatMap(({ name }) => found(name, [...path, name]));
}

/** A section of the app that is no mapping. */
function whole(app: AppFile, section: string): readonly MisshapenCommand[] {
  const node = nodeAt(app.map, [section], app.source.document);
  const isFine = isTagged(node) || isMap(node) || shapeOf(node) === "nothing";
  return isFine ? [] : misshapenAt(app, section, [section]);
}

/** What has its command as `commands.start`. */
function startIn(
  app: AppFile,
  of: string,
  path: Path,
  isNeeded: boolean,
): readonly MisshapenCommand[] {
  const { document } = app.source;
  const whole = nodeAt(app.map, path, document);
  const at = (...below: readonly string[]) => nodeAt(whole, below, document);
  const wanted = [...path, "commands", "start"];
  if (isTagged(whole)) return [];
  if (!isMap(whole))
    return isNeeded || shapeOf(whole) !== "nothing" ? misshapenAt(app, of, path, wanted) : [];
  const commands = at("commands");
  if (isTagged(commands)) return [];
  if (isMap(commands)) {
    const keys = ["start", "pre_start", "post_start", "stop"];
    const odd = keys.find((key) => !isScript(at("commands", key)));
    if (odd !== undefined) return misshapenAt(app, of, [...path, "commands", odd], wanted);
    const start = at("commands", "start");
    if (start !== undefined && !isEmpty(start)) return [];
    const below = keyOfCommand(commands, document, keys);
    if (below !== undefined) return misshapenAt(app, of, [...path, "commands", below], wanted);
    if (!isNeeded) return [];
    return start === undefined
      ? misshapenAt(app, of, [...path, "commands"], wanted)
      : misshapenAt(app, of, wanted, wanted, "nothing");
  }
  const beside = keyOfCommand(whole, document, []);
  if (beside !== undefined) return misshapenAt(app, of, [...path, beside], wanted);
  return isNeeded ? misshapenAt(app, of, path, wanted) : [];
}

/** A source operation, whose `command` is a text. */
function oneIn(app: AppFile, of: string, path: Path): readonly MisshapenCommand[] {
  const { document } = app.source;
  const whole = nodeAt(app.map, path, document);
  const at = (...below: readonly string[]) => nodeAt(whole, below, document);
  const wanted = [...path, "command"];
  if (isTagged(whole)) return [];
  if (!isMap(whole)) return misshapenAt(app, of, path, wanted);
  const command = at("command");
  if (isTagged(command) || (shapeOf(command) === "a text" && !isEmpty(command))) return [];
  if (command !== undefined && !isEmpty(command)) return misshapenAt(app, of, wanted, wanted);
  const beside = keyOfCommand(whole, document, ["command"]);
  if (beside !== undefined) return misshapenAt(app, of, [...path, beside], wanted);
  return command !== undefined && shapeOf(command) === "a text"
    ? misshapenAt(app, of, wanted, wanted, "nothing")
    : misshapenAt(app, of, path, wanted);
}

/** A task, whose `run` is a mapping with `command`. */
function runOf(app: AppFile, of: string): readonly MisshapenCommand[] {
  const at = (...below: readonly string[]) => nodeAt(app.map, below, app.source.document);
  const wanted = ["run", "command"];
  const run = at("run");
  const command = at(...wanted);
  if (isTagged(run) || isTagged(command)) return [];
  if (shapeOf(command) === "a text" && !isEmpty(command)) return [];
  if (run !== undefined && shapeOf(run) !== "nothing" && !isMap(run))
    return misshapenAt(app, of, ["run"], wanted);
  if (command !== undefined && !isEmpty(command)) return misshapenAt(app, of, wanted, wanted);
  const { document } = app.source;
  const below = isMap(run) ? keyOfCommand(run, document, ["command", "timeout"]) : undefined;
  if (below !== undefined) return misshapenAt(app, of, ["run", below], wanted);
  const beside = keyOfCommand(app.map, document, ["run"]);
  if (beside !== undefined) return misshapenAt(app, of, [beside], wanted);
  return command !== undefined && shapeOf(command) === "a text"
    ? misshapenAt(app, of, wanted, wanted, "nothing")
    : misshapenAt(app, of, [], wanted);
}

/** Whether there is nothing, or a text with nothing in it. */
function isEmpty(node: unknown): boolean {
  return (
    shapeOf(node) === "nothing" ||
    (isScalar(node) && typeof node.value === "string" && node.value.trim() === "")
  );
}

/** Whether what stands where a script may stand is one, or is nothing or elsewhere. */
function isScript(node: unknown): boolean {
  return node === undefined || isTagged(node) || ["a text", "nothing"].includes(shapeOf(node));
}

function misshapenAt(
  { map, source }: AppFile,
  of: string,
  path: Path,
  wanted?: Path,
  asShape?: Shape,
): readonly MisshapenCommand[] {
  const above = nodeAt(map, path.slice(0, -1), source.document);
  const entry = isMap(above) ? ownEntry(above, path.at(-1) ?? "") : undefined;
  // What isn't there at all is shown where it would be, or where what it is of begins.
  const section = ownEntry(map, path[0] ?? wanted?.[0] ?? "") ?? ownEntry(map, "type");
  const place = entry ?? section;
  if (place === undefined) return [];
  const shape = asShape ?? shapeOf(nodeAt(map, path, source.document));
  return [
    { of, path, shape, ...(wanted === undefined ? {} : { wanted }), in: source, entry: place },
  ];
}
