import { isMap, isNode, isScalar, isSeq } from "yaml";
import type { AppFile, Cron } from "../appfile/app-file.ts";
import { type Entry, effectiveEntries, nodeAt, ownEntry } from "../yaml/nodes.ts";
import type { TextFile } from "../yaml/text-file.ts";

/** What stands where something else is expected. */
export type Shape = "a text" | "a list" | "a mapping" | "nothing" | "a value that is no text";

/** A cron that the platform refuses for its form, so that nothing is known of what it does. */
export type MisshapenCron = { readonly cron: Cron } & (
  | { readonly kind: "no mapping"; readonly shape: Shape }
  /** The command isn't where the manual has it, and it can be told where it is: under this key, in this shape. */
  | { readonly kind: "elsewhere"; readonly key: CommandKey; readonly shape: Shape }
  | { readonly kind: "start"; readonly shape: Shape }
  | { readonly kind: "no command" }
);

type CommandKey = "cmd" | "command" | "commands" | "start";

/** A hook, or all of them, in another form than a script. */
export interface MisshapenHook {
  /** The hook's name; none for the section as a whole. */
  readonly hook?: string;
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
  if (script !== undefined) return undefined;
  const at = (...path: readonly string[]) => nodeAt(map, path, document);
  const commands = at("commands");
  // What is taken from elsewhere is told as that where it isn't there.
  if ([at("cmd"), commands, at("commands", "start")].some(isTagged)) return undefined;
  if (isMap(commands)) {
    const start = at("commands", "start");
    return start === undefined
      ? { cron, kind: "no command" }
      : { cron, kind: "start", shape: shapeOf(start) };
  }
  for (const key of ["commands", "cmd", "start", "command"] as const) {
    const node = at(key);
    if (node !== undefined && shapeOf(node) !== "nothing")
      return { cron, kind: "elsewhere", key, shape: shapeOf(node) };
  }
  return { cron, kind: "no command" };
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
  if (!isMap(hooks)) return [{ shape: shapeOf(hooks), in: source, entry: section }];
  return effectiveEntries(hooks, document).flatMap((entry) => {
    const node = nodeAt(entry.value, [], document);
    const shape = shapeOf(node);
    return isTagged(node) || shape === "a text" || shape === "nothing"
      ? []
      : [{ hook: String(entry.name), shape, in: source, entry }];
  });
}

/** Whether every job of an app is in a form that can be read. */
export function readsEveryJob(app: AppFile): boolean {
  return misshapenCrons(app).length === 0 && misshapenHooks(app).length === 0;
}

/** Whether a value comes from another file. */
export function isTagged(node: unknown): boolean {
  return isNode(node) && node.tag?.startsWith("!") === true;
}

/** What a value is, in words. */
export function shapeOf(node: unknown): Shape {
  if (isMap(node)) return "a mapping";
  if (isSeq(node)) return "a list";
  if (!isScalar(node) || node.value === null) return "nothing";
  return typeof node.value === "string" ? "a text" : "a value that is no text";
}
