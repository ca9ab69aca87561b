import type { AppCommand, AppFile, Script } from "../appfile/app-file.ts";
import { fileScript } from "../appfile/script.ts";
import type { ScriptToPlay as PlayedScript } from "../shell/behaviour.ts";
import { type CliCommand, readScript, type ScriptReading, type Stretch } from "../shell/script.ts";

/** When a script runs, by the key that holds it; `start` and its neighbours are those of the web instance and of workers. */
export type ScriptKind =
  | "build"
  | "deploy"
  | "post_deploy"
  | "cron"
  | "cron_stop"
  | "pre_start"
  | "start"
  | "post_start"
  | "operation"
  | "source_operation"
  | "task";

/** One script of an app with what the shell makes of it. */
export interface AppScript {
  /** As people call it: "the cron backup", "the deploy hook", "the start command of the worker queue". */
  readonly called: string;
  readonly kind: ScriptKind;
  /** The shell that runs it: dash, unless it is a script that bash runs. */
  readonly shell: "dash" | "bash";
  readonly script: Script;
  readonly reading: ScriptReading;
  /** The app that it is a script of. */
  readonly app: AppFile;
  /** The path from the app's directory of a script of the repository; empty for one of the configuration. */
  readonly path: string;
  /** The script that calls it, directly or through others; none for a hook, a cron or a command. */
  readonly caller?: AppScript;
}

const known = new WeakMap<AppFile, readonly AppScript[]>();

/**
 * Every script of an app: hooks, crons, start commands and operations, in this order, each with the scripts of the
 * repository that it calls behind it. One that several call is there once for each of them, because where its commands
 * run depends on the caller. Each app is read once.
 */
export function scriptsOf(app: AppFile): readonly AppScript[] {
  const before = known.get(app);
  if (before !== undefined) return before;
  const texts = calledTexts(app);
  const scripts = scriptEntries(app).flatMap((entry) => withCalled(entry, app, texts));
  known.set(app, scripts);
  return scripts;
}

/** The scripts of the configuration: hooks, crons, start commands and operations, as `scriptsOf` has them. */
export function scriptEntries(app: AppFile): readonly Entry[] {
  const { build, deploy, postDeploy } = app.hooks;
  const entry = (called: string, kind: ScriptKind, script: Script | undefined) =>
    script === undefined ? [] : [{ called, kind, script }];
  return [
    ...entry("the build hook", "build", build),
    ...entry("the deploy hook", "deploy", deploy),
    ...entry("the post-deploy hook", "post_deploy", postDeploy),
    ...app.crons.flatMap(({ name, script, stop }) => [
      ...entry(`the cron ${name}`, "cron", script),
      ...entry(`the stop command of the cron ${name}`, "cron_stop", stop),
    ]),
    ...app.commands.flatMap((command) => entry(calledOf(command), kindOf(command), command.script)),
  ];
}

type Entry = Pick<AppScript, "called" | "kind" | "script">;

/** The scripts of the repository that an app calls, by their paths. */
export function calledTexts({ called }: AppFile): ReadonlyMap<string, string> {
  return new Map([...called].map(([path, { text }]) => [path, text]));
}

/** A script of the configuration as it is played. */
export function playable({ kind, script }: Omit<Entry, "called">, app: AppFile): PlayedScript {
  const stage = kind === "build" ? "build" : "runtime";
  return { text: script.text, shell: "dash", stage, files: calledTexts(app) };
}

function withCalled(script: Entry, app: AppFile, texts: ReadonlyMap<string, string>): AppScript[] {
  const reading = readScript(script.script.text, texts);
  const caller: AppScript = { ...script, shell: "dash", reading, app, path: "" };
  const below = [...reading.called].flatMap(([path, { shell, commands }]): AppScript[] => {
    const file = app.called.get(path);
    if (file === undefined) return [];
    return [
      {
        called: `${path}, which ${script.called} calls,`,
        kind: script.kind,
        shell,
        script: fileScript(file),
        reading: { ...nothingCalled, commands },
        app,
        path,
        caller,
      },
    ];
  });
  return [caller, ...below];
}

const nothingCalled = {
  called: new Map(),
  unread: [],
  tasks: new Map(),
  gaps: [],
  branches: new Set<string>(),
};

function kindOf({ of, key }: AppCommand): ScriptKind {
  if (of === "operation" || of === "task") return of;
  if (of === "source operation") return "source_operation";
  return key === "pre_start" || key === "post_start" ? key : "start";
}

function calledOf({ of, name, key }: AppCommand): string {
  if (key === "command") return `the ${of} ${name}`;
  return of === "web" ? `the ${key} command` : `the ${key} command of the ${of} ${name}`;
}

/** Whether the reading of a script stopped anywhere, so that it may call more than is known. */
export function hasGap({ reading }: AppScript): boolean {
  return reading.gaps.length > 0 || reading.unread.length > 0 || reading.problem !== undefined;
}

/** The texts of the scripts of the repository that the build hook calls. */
export function calledByBuild(app: AppFile): readonly string[] {
  return scriptsOf(app).flatMap(({ kind, caller, script }) =>
    kind === "build" && caller !== undefined ? [script.text] : [],
  );
}

/** The commands of a script that run anywhere; what a guard keeps from running does no harm before that is put right. */
export function runningCommands({ reading }: AppScript): readonly CliCommand[] {
  return reading.commands.filter(({ guard }) => guard.kind !== "never");
}

/** The calls of the CLI that are made once the app runs. */
export function runtimeCalls(
  app: AppFile,
): readonly { readonly from: AppScript; readonly command: CliCommand }[] {
  return scriptsOf(app)
    .filter(({ kind }) => kind !== "build" && kind !== "source_operation")
    .flatMap((from) => from.reading.commands.map((command) => ({ from, command })));
}

/** The crons alone, with what they call. */
export function cronScripts(app: AppFile): readonly AppScript[] {
  return scriptsOf(app).filter(({ kind }) => kind === "cron");
}

/** Whether a hook, a cron or a command calls the CLI, itself or in a script of the repository. */
export function usesCli(app: AppFile, { script }: Pick<AppScript, "script">): boolean {
  return scriptsOf(app).some(
    (one) => (one.caller ?? one).script === script && one.reading.commands.length > 0,
  );
}

/** The script that a stretch stands in: that of the command, its caller, or another one that is called. */
export function scriptWith(from: AppScript, { in: path }: Stretch): Script {
  if (path === undefined) return from.script;
  if (path === "") return (from.caller ?? from).script;
  const file = from.app.called.get(path);
  return file === undefined ? from.script : fileScript(file);
}

/** A stretch with the path of the script that it stands in. */
export function inScript(
  { path }: AppScript,
  { start, end, in: other = path }: Stretch,
): Required<Stretch> {
  return { start, end, in: other };
}
