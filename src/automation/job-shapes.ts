import { isMap } from "yaml";
import type { AppFile, Cron } from "../appfile/app-file.ts";
import { type Entry, effectiveEntries, nodeAt, ownEntry } from "../yaml/nodes.ts";
import type { TextFile } from "../yaml/text-file.ts";
import { type MisshapenCommand, misshapenCommands } from "./job-shapes/commands.ts";
import { keyOfCommand } from "./job-shapes/key-of-command.ts";
import { isTagged, type Shape, shapeOf } from "./job-shapes/shape.ts";
import { type JobSection, type StraySection, straySections } from "./job-shapes/stray-sections.ts";

export {
  isTagged,
  type JobSection,
  type MisshapenCommand,
  misshapenCommands,
  type StraySection,
  shapeOf,
  straySections,
};

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
