import { type Document, isMap, isScalar, type YAMLMap } from "yaml";
import type { AppFile, Cron } from "../appfile/app-file.ts";
import { isMistyped } from "../edit-distance.ts";
import { type Entry, effectiveEntries, nodeAt, ownEntry, type Path } from "../yaml/nodes.ts";
import type { Source } from "../yaml/source.ts";
import type { TextFile } from "../yaml/text-file.ts";
import { isTagged, type Shape, shapeOf } from "./shape.ts";
import { straySections } from "./stray-sections.ts";

export { isTagged, type Shape, shapeOf };

/** A cron that the platform refuses for its form, so that nothing is known of what it does. */
export type MisshapenCron = { readonly cron: Cron } & (
  | { readonly kind: "no mapping"; readonly shape: Shape }
  /** The command isn't where the manual has it, and it can be told where it is: under this key, in this shape. */
  | { readonly kind: "elsewhere"; readonly key: string; readonly shape: Shape }
  /** It is below commands by another name than start. */
  | { readonly kind: "not start"; readonly key: string; readonly shape: Shape }
  | { readonly kind: "start"; readonly shape: Shape }
  | { readonly kind: "no command" }
  /** The command is there, and is an empty text. */
  | { readonly kind: "empty"; readonly key: string }
  /** The command is there, and another one stands where none is looked for. */
  | { readonly kind: "another"; readonly key: string }
);

/** A hook, or all of them, in another form than a script, or by a name that no hook has. */
export interface MisshapenHook {
  /** The hook's name; none for the section as a whole. */
  readonly hook?: string;
  /** Whether there is a hook of that name. */
  readonly isKnown: boolean;
  readonly shape: Shape;
  readonly in: TextFile;
  readonly entry: Pick<Entry, "keyStart" | "keyEnd">;
}

/** The crons of an app that are in another form than the manual's (platform manual, "Crons"), one problem each. */
export function misshapenCrons(app: AppFile): readonly MisshapenCron[] {
  return app.crons.flatMap((cron) => misshapen(app, cron) ?? []);
}

function misshapen(app: AppFile, cron: Cron): MisshapenCron | undefined {
  const { map, script } = cron;
  const { document } = cron.in;
  if (map === undefined) {
    const node = cronNode(app, cron);
    return isTagged(node) ? undefined : { cron, kind: "no mapping", shape: shapeOf(node) };
  }
  const at = (...path: readonly string[]) => nodeAt(map, path, document);
  const commands = at("commands");
  if (script !== undefined) {
    if (script.text.trim() === "") return { cron, kind: "empty", key: cron.key };
    const key = keyOfCommand(map, document, ["cmd", "commands"]);
    return key === undefined ? undefined : { cron, kind: "another", key };
  }
  // What is taken from elsewhere is told as that where it isn't there.
  if ([at("cmd"), commands, at("commands", "start")].some(isTagged)) return undefined;
  const start = at("commands", "start");
  if (isMap(commands) && start !== undefined) return { cron, kind: "start", shape: shapeOf(start) };
  const below = isMap(commands) ? keyOfCommand(commands, document, ["stop"]) : undefined;
  if (below !== undefined)
    return { cron, kind: "not start", key: below, shape: shapeOf(at("commands", below)) };
  const beside = keyOfCommand(map, document, isMap(commands) ? ["commands"] : []);
  return beside === undefined
    ? { cron, kind: "no command" }
    : { cron, kind: "elsewhere", key: beside, shape: shapeOf(at(beside)) };
}

/** The keys that people write a command under, the manual's first. */
const commandKeys = ["commands", "cmd", "start", "command", "run", "script", "exec", "execute"];

/** The key of a mapping under which a command stands, also in capitals or mistyped. */
export function keyOfCommand(
  map: YAMLMap,
  document: Document,
  others: readonly string[],
): string | undefined {
  const names = effectiveEntries(map, document).flatMap(({ name, value }) =>
    typeof name === "string" &&
    !others.includes(name) &&
    shapeOf(nodeAt(value, [], document)) !== "nothing"
      ? [name]
      : [],
  );
  const known = commandKeys.find((key) => names.includes(key));
  const isMeant = (name: string) =>
    commandKeys.some((key) => name === key || (key.length > 4 && isMistyped(name, key)));
  return known ?? names.find((name) => isMeant(name.toLowerCase()));
}

function cronNode({ map, source: { document } }: AppFile, { name }: Cron): unknown {
  const crons = nodeAt(map, ["crons"], document);
  const entry =
    isMap(crons) && effectiveEntries(crons, document).find((each) => String(each.name) === name);
  return entry ? nodeAt(entry.value, [], document) : undefined;
}

/** The hooks of an app that are no scripts (platform manual, "Hooks"). */
export function misshapenHooks({ map, source }: AppFile): readonly MisshapenHook[] {
  const { document } = source;
  const section = ownEntry(map, "hooks");
  const hooks = nodeAt(map, ["hooks"], document);
  if (section === undefined || isTagged(hooks) || shapeOf(hooks) === "nothing") return [];
  if (!isMap(hooks)) return [{ isKnown: true, shape: shapeOf(hooks), in: source, entry: section }];
  return effectiveEntries(hooks, document).flatMap((entry) => {
    const node = nodeAt(entry.value, [], document);
    const shape = shapeOf(node);
    const hook = String(entry.name);
    const isKnown = hookNames.has(hook);
    const isScript = isTagged(node) || shape === "a text" || shape === "nothing";
    return isKnown && isScript ? [] : [{ hook, isKnown, shape, in: source, entry }];
  });
}

/** The hooks that there are (platform manual, "Hooks"). */
const hookNames: ReadonlySet<string> = new Set(["build", "deploy", "post_deploy"]);

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

/**
 * The crons that the platform doesn't run: those of workers (platform manual, "Workers") and of a task of Upsun, which
 * the API or the CLI starts (developer.upsun.com, "Tasks"). `of` is whose they are, as people call it: "The worker queue".
 */
export function idleCrons({
  location,
  map,
  name: task,
  source: { document },
}: AppFile): readonly { readonly of: string; readonly entry: Entry }[] {
  if (location.form === "task") {
    const entry = ownEntry(map, "crons");
    return entry === undefined ? [] : [{ of: `The task ${task}`, entry }];
  }
  const workers = nodeAt(map, ["workers"], document);
  if (!isMap(workers)) return [];
  return effectiveEntries(workers, document).flatMap(({ name, value }) => {
    const worker = nodeAt(value, [], document);
    const entry = isMap(worker) ? ownEntry(worker, "crons") : undefined;
    return entry === undefined ? [] : [{ of: `The worker ${String(name)}`, entry }];
  });
}

/** Whether every job of an app is in a form that can be read, and stands where it is run. */
export function readsEveryJob(app: AppFile): boolean {
  const crons = nodeAt(app.map, ["crons"], app.source.document);
  return (
    (isMap(crons) || isTagged(crons) || shapeOf(crons) === "nothing") &&
    misshapenCrons(app).length === 0 &&
    idleCrons(app).length === 0 &&
    misshapenHooks(app).length === 0 &&
    misshapenCommands(app).length === 0 &&
    straySections(app).length === 0
  );
}
