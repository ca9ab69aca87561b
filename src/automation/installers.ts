import type { AppFile } from "../appfile/app-file.ts";
import { type Installation, installations } from "../shell/installation.ts";
import { type AppScript, scriptsOf } from "./scripts.ts";

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

const known = new WeakMap<AppScript, readonly Installer[]>();

/** Each script is looked through once. */
function installersIn(scripts: readonly AppScript[]): readonly Installer[] {
  return scripts.flatMap((from) => {
    const found =
      known.get(from) ??
      installations(from.script.text).map((installation) => ({ from, installation }));
    known.set(from, found);
    return found;
  });
}

/** Whether the application is one of an Upsun project: its file is in `.upsun`. */
export function isUpsun({ location }: AppFile): boolean {
  return location.shown.startsWith(".upsun/");
}

/** Whether a script may be given more lines where it stands. */
export function takesLines({ script }: AppScript): boolean {
  return script.style === "literal" || script.style === "included";
}
