import type { AppFile } from "../appfile/app-file.ts";
import { flavorCommand } from "../appfile/build-flavor.ts";
import { type Fact, known } from "../fact.ts";
import {
  type Installation,
  installations,
  placedPrograms,
  uncalledInstaller,
} from "../shell/installation.ts";
import type { Binary } from "../shell/installer.ts";
import { readScript, type ScriptReading } from "../shell/script.ts";
import { allVendors, vendors } from "../vendors/registry.ts";
import { type AppScript, calledTexts, scriptsOf } from "./scripts.ts";

/** A place where a script of an app installs the CLI. */
export interface Installer {
  readonly from: AppScript;
  readonly installation: Installation;
}

/** Where the build hook installs the CLI. */
export function buildInstallers(app: AppFile): readonly Installer[] {
  return installersIn(scriptsOf(app).filter(({ kind }) => kind === "build"));
}

/** Where something installs it, or tries to, that runs after the build; a source operation is like a build. */
export function laterInstallers(app: AppFile): readonly Installer[] {
  const early = new Set(["build", "source_operation"]);
  return installersIn(scriptsOf(app).filter(({ kind }) => !early.has(kind)));
}

const read = new WeakMap<AppScript, readonly Installer[]>();

/** Each script is looked through once. */
function installersIn(scripts: readonly AppScript[]): readonly Installer[] {
  return scripts.flatMap((from) => {
    const found =
      read.get(from) ??
      installations(from.script.text, textsBeside(from)).map((installation) => ({
        from,
        installation,
      }));
    read.set(from, found);
    return found;
  });
}

/** The texts that may call the functions of a script: of what calls it, and of what that calls beside it. */
function textsBeside(from: AppScript): readonly string[] {
  const { caller = from } = from;
  return scriptsOf(from.app)
    .filter((one) => one !== from && (one.caller ?? one) === caller)
    .map(({ script }) => script.text);
}

/** The function of the build hook, or of a script that it calls, that would install the CLI if anything called it. */
export function uncalledBuildInstaller(app: AppFile): string | undefined {
  return scriptsOf(app)
    .filter(({ kind }) => kind === "build")
    .map((from) => uncalledInstaller(from.script.text, textsBeside(from)))
    .find((name) => name !== undefined);
}

/** How the CLI comes into the container of an app. */
export interface CliSource {
  /** In a sentence: "the build hook installs platform". */
  readonly says: string;
  /** The command that it brings; undefined when that can't be told. */
  readonly binary: Binary | undefined;
}

/** What brings the CLI into an app's container; unread where the build hook runs something that can't be followed. */
export function cliSourceOf(app: AppFile): Fact<CliSource> {
  const [first] = buildInstallers(app);
  if (first !== undefined) {
    const { from, installation } = first;
    const { binary } = installation;
    return known({ says: `${from.called} installs ${binary ?? "the CLI"}`, binary });
  }
  const task = taskThatInstalls(app);
  if (task !== undefined)
    return known({
      says: `the build hook runs ${task.called}, which installs ${task.binary ?? "the CLI"}`,
      binary: task.binary,
    });
  const [listed] = listedClis(app);
  if (listed !== undefined)
    return known({ says: `${listed.binary} is in its ${listed.list}`, binary: listed.binary });
  const flavor = flavorReading(app);
  const byFlavor = flavor && installingTask(flavor);
  if (byFlavor !== undefined)
    return known({
      says: `the build flavor runs ${byFlavor.called}, which installs ${byFlavor.binary ?? "the CLI"}`,
      binary: byFlavor.binary,
    });
  if (app.hooks.build === undefined && app.map.hasIn(["hooks", "build"]))
    return { kind: "unread", why: "the build hook isn't one text" };
  const builds = scriptsOf(app).filter(({ kind }) => kind === "build");
  const [placed] = builds.flatMap(({ script }) => placedPrograms(script.text));
  if (placed !== undefined)
    return {
      kind: "unread",
      why: `the build hook ${placed}, which isn't looked into`,
    };
  const [missing] = builds.flatMap(({ reading }) => reading.unread);
  if (missing !== undefined)
    return {
      kind: "unread",
      why: `the build hook calls ${missing}, which isn't in the repository`,
    };
  const [gap] = builds.flatMap(({ reading }) => reading.gaps);
  if (gap !== undefined)
    return { kind: "unread", why: `the build hook ${gap.says}, which can't be followed` };
  const [beside] = flavor?.gaps ?? [];
  if (beside !== undefined)
    return { kind: "unread", why: `the build flavor ${beside.says}, which can't be followed` };
  return { kind: "absent" };
}

/** What the platform runs before the build hook. */
function flavorReading(app: AppFile): ScriptReading | undefined {
  const command = flavorCommand(app);
  return command === undefined ? undefined : readScript(command, calledTexts(app));
}

/** What the build hook runs of a package manager or of make that installs the CLI, as it is called, and which CLI that is. */
function taskThatInstalls(app: AppFile) {
  for (const { kind, reading } of scriptsOf(app)) {
    const found = kind === "build" ? installingTask(reading) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function installingTask({ tasks }: ScriptReading) {
  for (const [called, lines] of tasks)
    for (const { binary } of lines.flatMap((line) => installations(line)))
      return { called, binary };
  return undefined;
}

/** A CLI that an app has as a package, and the list that names it. */
interface ListedCli {
  readonly list: "dependencies" | "stack";
  readonly binary: Binary;
}

/** The CLIs among an app's packages (manual: “Single-runtime image”, “Composable image”). */
export function listedClis({ map }: AppFile): readonly ListedCli[] {
  return (["dependencies", "stack"] as const).flatMap((list) => {
    const named = JSON.stringify(map.get(list) ?? "");
    return allVendors
      .filter(({ distribution: { packages: { composer, npm, nix } = {} } = {} }) =>
        [composer, npm, nix].some((name) => name !== undefined && named.includes(`"${name}"`)),
      )
      .map(({ binary }) => ({ list, binary }));
  });
}

/** Whether a script may be given more lines where it stands. */
export function takesLines({ script }: AppScript): boolean {
  return script.style === "literal" || script.style === "included";
}

const folders: Readonly<Record<Installation["way"], string | undefined>> = {
  php: vendors.platformsh.installation.older.folder,
  bash: ".global/bin",
  brew: ".linuxbrew/bin",
  vendor: undefined,
  other: undefined,
};

/** The folder into which an installation puts the CLI, from the app's; undefined where that can't be told. */
export function installFolder({ way, settings }: Installation): string | undefined {
  return (
    settings.get("INSTALL_DIR")?.replace(/^(?:\$HOME|\$PLATFORM_APP_DIR|\/app)\//u, "") ??
    folders[way]
  );
}
