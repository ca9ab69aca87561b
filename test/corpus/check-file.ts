import { dirname } from "node:path";
import type { AppFile } from "../../src/appfile/app-file.ts";
import { locateApps } from "../../src/appfile/locate.ts";
import { addBuildLines, addCron, type Patch } from "../../src/appfile/operations.ts";
import { readApp, withFileText } from "../../src/appfile/read.ts";
import { Failure } from "../../src/failure.ts";
import { guardedLines } from "../../src/shell/guard.ts";
import { installsCli } from "../../src/shell/installation.ts";
import { installerLines } from "../../src/shell/installer.ts";
import { applyEdits, inverseEdits } from "../../src/yaml/edit.ts";

/** What came of one operation on one application. */
export type Outcome =
  | { readonly kind: "edited"; readonly pure: boolean }
  | { readonly kind: "there" }
  | {
      readonly kind: "refused";
      /** Whether the application itself could not be read. */
      readonly unread: boolean;
      readonly why: string;
      readonly where: string;
    };

export interface Checked {
  readonly app: string;
  readonly installer: Outcome;
  readonly cron: Outcome;
  readonly both: Outcome;
  /** Promises that were broken, as sentences. */
  readonly violations: readonly string[];
}

type Operation = (app: AppFile) => Patch | undefined;

const cron = {
  name: "machinist-backup",
  spec: "0 5 * * *",
  lines: guardedLines({ kind: "branch", branch: "main" }, [
    "platform backup:create --yes --no-wait",
  ]),
};

const addInstaller: Operation = (app) =>
  app.hooks.build !== undefined && installsCli(app.hooks.build.text)
    ? undefined
    : addBuildLines(app, installerLines({ binary: "platform", installer: "bash" }));

const addBackup: Operation = (app) =>
  app.crons.some(({ name }) => name === cron.name) ? undefined : addCron(app, cron);

/** Tries the installer, a cron, and both on every application of a file, and looks for broken promises. */
export async function checkFile(path: string): Promise<readonly Checked[]> {
  const locations = await locateApps(dirname(path), path);
  return Promise.all(
    locations.map(async (location) => {
      const violations: string[] = [];
      let app: AppFile;
      try {
        app = await readApp(location);
      } catch (error) {
        const unread = { ...refused(error), unread: true };
        return { app: location.name, installer: unread, cron: unread, both: unread, violations };
      }
      const installer = tried(app, [addInstaller], violations);
      const backup = tried(app, [addBackup], violations);
      const both = tried(app, [addInstaller, addBackup], violations);
      if (installer.kind === "edited" && !installer.pure && !rewrites(app))
        violations.push("a literal or missing build hook was not only added to");
      return { app: location.name, installer, cron: backup, both, violations };
    }),
  );
}

/** Hooks whose style has to change; every other one only gets new lines. */
function rewrites({ hooks: { build }, source: { text } }: AppFile): boolean {
  const added = build === undefined || build.style === "literal" || build.style === "included";
  return !added || /hooks:\s*(?:\{|null|~)/u.test(text);
}

function tried(app: AppFile, operations: readonly Operation[], violations: string[]): Outcome {
  let now = app;
  const patches: Patch[] = [];
  try {
    for (const operation of operations) {
      const patch = operation(now);
      if (patch === undefined) continue;
      patches.push(patch);
      now = withFileText(now, patch.file, patch.after);
      if (operation(now) !== undefined) violations.push("a second run finds something to do");
    }
  } catch (error) {
    return refused(error);
  }
  if (patches.length === 0) return { kind: "there" };
  for (const { before, after, edits } of patches)
    if (applyEdits(after, inverseEdits(before, edits)) !== before)
      violations.push("taking back doesn't restore the file");
  return { kind: "edited", pure: patches.every(({ edits }) => edits.every(inserts)) };
}

const inserts = ({ length }: { readonly length: number }): boolean => length === 0;

function refused(error: unknown): Outcome & { readonly kind: "refused" } {
  if (!(error instanceof Failure)) throw error;
  return {
    kind: "refused",
    unread: false,
    why: error.parts.why ?? error.parts.what,
    where: error.parts.where ?? "",
  };
}
