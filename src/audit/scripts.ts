import type { AppCommand, AppFile, Script } from "../appfile/app-file.ts";
import { readScript, type ScriptReading } from "../shell/script.ts";
import type { FileLocation } from "./finding.ts";
import { placeAt } from "./places.ts";

/** When a script runs, by the key that holds it; `start` and its neighbours are those of the web instance and of workers. */
type ScriptKind =
  | "build"
  | "deploy"
  | "post_deploy"
  | "cron"
  | "cron_stop"
  | "pre_start"
  | "start"
  | "post_start"
  | "operation"
  | "source_operation";

/** One script of an app with what the shell makes of it. */
export interface AppScript {
  /** As people call it: "the cron backup", "the deploy hook", "the start command of the worker queue". */
  readonly called: string;
  readonly kind: ScriptKind;
  readonly script: Script;
  readonly reading: ScriptReading;
}

const known = new WeakMap<AppFile, readonly AppScript[]>();

/** Every script of an app: hooks, crons, start commands and operations, in this order; each app is read once. */
export function scriptsOf(app: AppFile): readonly AppScript[] {
  const before = known.get(app);
  if (before !== undefined) return before;
  const { build, deploy, postDeploy } = app.hooks;
  const scripts = [
    entry("the build hook", "build", build),
    entry("the deploy hook", "deploy", deploy),
    entry("the post-deploy hook", "post_deploy", postDeploy),
    ...app.crons.flatMap(({ name, script, stop }) => [
      entry(`the cron ${name}`, "cron", script),
      entry(`the stop command of the cron ${name}`, "cron_stop", stop),
    ]),
    ...app.commands.map((command) => entry(calledOf(command), kindOf(command), command.script)),
  ].flat();
  known.set(app, scripts);
  return scripts;
}

function entry(called: string, kind: ScriptKind, script: Script | undefined): AppScript[] {
  return script === undefined ? [] : [{ called, kind, script, reading: readScript(script.text) }];
}

function kindOf({ of, key }: AppCommand): ScriptKind {
  if (of === "operation") return "operation";
  if (of === "source operation") return "source_operation";
  return key === "pre_start" || key === "post_start" ? key : "start";
}

function calledOf({ of, name, key }: AppCommand): string {
  if (key === "command") return `the ${of} ${name}`;
  return of === "web" ? `the ${key} command` : `the ${key} command of the ${of} ${name}`;
}

/** The crons alone. */
export function cronScripts(app: AppFile): readonly AppScript[] {
  return scriptsOf(app).filter(({ kind }) => kind === "cron");
}

/**
 * The place in the file of a stretch of a script. Where the script has no characters of its own in the file,
 * as in quotes with escapes, it is the place of the whole value.
 */
export function placeIn(
  { script }: AppScript,
  stretch: { readonly start: number; readonly end: number },
): FileLocation {
  const start = script.toOffset(stretch.start);
  const last = script.toOffset(Math.max(stretch.start, stretch.end - 1));
  return start === undefined || last === undefined
    ? placeAt(script.in, script.start, script.end)
    : placeAt(script.in, start, last + 1);
}
