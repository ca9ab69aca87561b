import type { AppFile, Script } from "./appfile/app-file.ts";
import { appsIn, locateApps } from "./appfile/locate.ts";
import * as operations from "./appfile/operations.ts";
import { parseApp, readApp, withFileText } from "./appfile/read.ts";
import { audit } from "./audit/engine.ts";
import type { Finding, Fix } from "./audit/finding.ts";
import { judge } from "./audit/judge.ts";
import { guardedLines } from "./shell/guard.ts";
import { installsCli } from "./shell/installation.ts";
import { installerLines } from "./shell/installer.ts";
import type { Edit } from "./yaml/edit.ts";

export { Failure, type FailureParts } from "./failure.ts";
export type { Edit } from "./yaml/edit.ts";

/** A file before and after. The edits are against `before`, in UTF-16 units, ordered and apart. */
export interface Edited {
  /** The file: that of the application, or one that it includes. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly Edit[];
}

/** Shell text of an application: a hook, or the command of a cron. */
export interface ShellText {
  /** "build", "deploy", "post_deploy", or "cron NAME". */
  readonly name: string;
  /** As the shell gets it. */
  readonly text: string;
}

/** Something that the audit found. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface AuditFinding {
  /** The rule's id, as `machinist rules` lists it. */
  readonly rule: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly why: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** How to put it right, undefined where a person has to. It is planned and proven when it is first read. */
  readonly fix: AuditFix | undefined;
}

/** Edits that put something right. */
export interface AuditFix {
  readonly title: string;
  /** Whether they change nothing but what the finding says; the others need a look. */
  readonly safe: boolean;
  readonly edited: readonly Edited[];
}

/** What is known beside the file. */
export interface AuditOptions {
  /** The project's default branch; rules about guards need it. */
  readonly defaultBranch?: string;
}

/** One application of a configuration file. Each operation gives the edited text and leaves this object as it is. */
class Application {
  readonly name: string;
  /** The file that describes it. */
  readonly file: string;
  readonly text: string;
  readonly #app: AppFile;

  /** @internal Applications come from `readApplications` and `findApplications`. */
  constructor(app: AppFile) {
    this.name = app.name;
    this.file = app.location.shown;
    this.text = app.text;
    this.#app = app;
  }

  /** The hooks and the commands of the crons, in this order; included scripts where they could be read. */
  get scripts(): readonly ShellText[] {
    return scriptsOf(this.#app).map(({ name, script: { text } }) => ({ name, text }));
  }

  /** The crons by name, with their schedules where they have one. */
  get crons(): readonly { readonly name: string; readonly spec: string | undefined }[] {
    return this.#app.crons.map(({ name, spec }) => ({ name, spec: spec?.value }));
  }

  /** Whether the build hook installs the CLI. */
  get installsCli(): boolean {
    const { build } = this.#app.hooks;
    return build !== undefined && installsCli(build.text, []);
  }

  /**
   * Puts shell lines at the top of the build hook, after `set` commands and comments.
   * Throws a `Failure` ("uneditable") with place, reason and the text to paste where nothing else than that can't be proven.
   */
  addBuildLines(lines: readonly string[]): Edited {
    return edited(operations.addBuildLines(this.#app, lines));
  }

  /**
   * Puts the lines that install the CLI at the top of the build hook. Throws as `addBuildLines` does.
   *
   * @param binary the CLI's name: `platform`, or `upsun`
   * @param version a release without the `v`; the newest without it
   */
  addInstaller(binary: "platform" | "upsun", version?: string): Edited {
    const pinned = version === undefined ? {} : { version };
    return this.addBuildLines(installerLines({ binary, installer: "bash", ...pinned }));
  }

  /**
   * Adds a cron after the others, in their style. Throws a `Failure`: "usage" when the name is taken, otherwise as
   * `addBuildLines`.
   *
   * @param cron `commands` are POSIX shell, one line each; with `branch` they run on that branch only
   */
  addCron(cron: {
    readonly name: string;
    readonly spec: string;
    readonly commands: readonly string[];
    readonly branch?: string;
  }): Edited {
    const { name, spec, commands, branch } = cron;
    const lines =
      branch === undefined ? commands : guardedLines({ kind: "branch", branch }, commands);
    return edited(operations.addCron(this.#app, { name, spec, lines }));
  }

  /**
   * Replaces a part of a script where it stands. Throws a RangeError when there is no such script, and a `Failure`
   * ("uneditable") when that part has no place of its own.
   *
   * @param name as in `scripts`
   * @param change offsets in the script's text
   */
  replaceInScript(
    name: string,
    change: { readonly start: number; readonly end: number; readonly text: string },
  ): Edited {
    const found = scriptsOf(this.#app).find((each) => each.name === name);
    if (found === undefined) throw new RangeError(`there is no script ${name}`);
    return edited(operations.replaceInScript(found.script, change));
  }

  /** Gives a key a value. Throws a `Failure` ("uneditable") when its mapping isn't there. */
  setKey(path: readonly (string | number)[], value: string | number | boolean): Edited {
    return edited(operations.setKey(this.#app, path, value));
  }

  /** Takes a key with its value out. Throws a `Failure` ("uneditable") when it isn't there, or a comment would go too. */
  removeKey(path: readonly (string | number)[]): Edited {
    return edited(operations.removeKey(this.#app, path));
  }

  /** The same application once its file has the edited text. Throws a `Failure` when it can't be read any more. */
  with({ file, after }: Edited): Application {
    const { location, includes } = this.#app;
    const included = [...includes.values()].flatMap((each) =>
      each.kind === "closed" ? [] : [each.in],
    );
    const target = [location, ...included].find(({ shown }) => shown === file) ?? location;
    return new Application(withFileText(this.#app, target.file, after));
  }

  /** What the audit finds in it without the API, but for what a comment ignores. Never throws, whatever is in the file. */
  audit({ defaultBranch }: AuditOptions = {}): readonly AuditFinding[] {
    const known =
      defaultBranch === undefined
        ? {}
        : { defaultBranch: { name: defaultBranch, because: "as it was given" } };
    const found = audit({ app: this.#app, ...known });
    // Whether an ignore is of use, only the audit of all apps of the file can tell.
    const { findings } = judge(found, { apps: [this.#app], whole: false, unread: [] });
    return findings.flatMap(published);
  }
}

export type { Application };

/**
 * The applications that a text describes. What it includes from other files stays unread.
 * Throws a `Failure` ("uneditable") with the place when it isn't one valid YAML document.
 *
 * @param file its name, which tells the form: `.platform.app.yaml`, `.platform/applications.yaml` or `.upsun/NAME.yaml`
 */
export function readApplications(
  text: string,
  file: string = ".platform.app.yaml",
): readonly Application[] {
  return appsIn({ file, shown: file }, text).map(
    (location) => new Application(parseApp(location, text)),
  );
}

/**
 * The applications of a checkout, read from disk with what they include; nothing is written.
 * Throws a `Failure`: "usage" when there is none, "uneditable" when a file can't be read.
 *
 * @param file one file to look into instead of searching
 */
export async function findApplications(
  directory: string,
  file?: string,
): Promise<readonly Application[]> {
  const locations = await locateApps(directory, file);
  return Promise.all(locations.map(async (location) => new Application(await readApp(location))));
}

function scriptsOf({ hooks, crons }: AppFile): readonly { name: string; script: Script }[] {
  const named = (name: string, script: Script | undefined) =>
    script === undefined ? [] : [{ name, script }];
  return [
    ...named("build", hooks.build),
    ...named("deploy", hooks.deploy),
    ...named("post_deploy", hooks.postDeploy),
    ...crons.flatMap(({ name, script }) => named(`cron ${name}`, script)),
  ];
}

function edited({ shown, before, after, edits }: Omit<operations.Patch, "file">): Edited {
  return { file: shown, before, after, edits };
}

function published({ rule, severity, message, why, location, fix }: Finding): AuditFinding[] {
  // Without the API nothing is found but in files.
  if (location.kind !== "file") return [];
  const { kind: _kind, ...place } = location;
  return [
    {
      rule,
      severity,
      message,
      why,
      ...place,
      get fix() {
        return publishedFix(fix?.());
      },
    },
  ];
}

function publishedFix(fix: Fix | undefined): AuditFix | undefined {
  if (fix?.kind !== "changes") return undefined;
  const { title, disposition, changes } = fix;
  const edits = changes.flatMap((change) => (change.kind === "file" ? edited(change) : []));
  return { title, safe: disposition === "safe", edited: edits };
}
