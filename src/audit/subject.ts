import { join } from "node:path";
import type { AppFile } from "../appfile/app-file.ts";
import { folderOf, readWithin, type UnreadFile, withCalledFiles } from "../appfile/called-files.ts";
import { disk, type Files } from "../appfile/files.ts";
import { type AppLocation, locateAll } from "../appfile/locate.ts";
import { fileOf, readApp, withFileText } from "../appfile/read.ts";
import { type VendorSurroundings, vendorOfApps } from "../automation/vendor.ts";
import { Failure } from "../failure.ts";
import type { DetectedVendor } from "../vendors/detection.ts";
import type { TextFile } from "../yaml/text-file.ts";
import { type Configuration, isExcluded, noConfiguration } from "./configuration.ts";
import { audit, auditProject } from "./engine.ts";
import type { Finding } from "./finding.ts";
import { appRules, ciRules } from "./registry.ts";
import type { AuditFacts, ProjectFacts } from "./rule.ts";
import { tokenInRepository } from "./rules/token-in-repository.ts";
import { unreadableFile } from "./unreadable.ts";

/** One app under audit: its file as it is now, or why it can't be read. */
export type Subject =
  | { readonly kind: "read"; readonly app: AppFile; readonly beside: Beside }
  | { readonly kind: "unreadable"; readonly location: AppLocation; readonly failure: Failure };

/** What is read of an app's folder beside its file. */
type Beside = Pick<AuditFacts, "environmentFile" | "misnamed"> & {
  /** Files that the app runs and that could not be read. */
  readonly notRead?: readonly UnreadFile[];
  /** Folders of the checkout that can't be looked through, and in which other apps may be. */
  readonly closed?: readonly UnreadFile[];
};

/**
 * Reads the apps of a checkout, or the one that is named, but for those that the configuration excludes. An app whose
 * file can't be read is there too.
 * Throws a `Failure` ("usage") when there is none.
 *
 * @param directory absolute path
 * @param files where files are read from: this computer unless given
 */
export async function readSubjects(
  directory: string,
  {
    app,
    appFile,
    configuration = noConfiguration,
  }: {
    readonly app?: string;
    readonly appFile?: string;
    readonly configuration?: Configuration;
  },
  files: Files = disk,
): Promise<readonly Subject[]> {
  const { apps, tasks, misnamed, closed } = await locateAll(directory, appFile, files);
  const all = [...apps, ...tasks].filter(({ shown }) => !isExcluded(configuration, shown));
  if (all.length === 0)
    throw new Failure("usage", {
      what: "There is nothing to audit here",
      why: "the configuration excludes every app",
      next: "take one out of exclude, or audit another directory",
    });
  const chosen = app === undefined ? all : all.filter(({ name }) => name === app);
  if (chosen.length === 0)
    throw new Failure("usage", {
      what: `There is no app ${app} here`,
      where: "--app",
      next: `choose among ${all.map(({ name }) => name).join(", ")}`,
    });
  const subjects = await Promise.all(
    chosen.map((location) => readSubject(files, location, directory)),
  );
  // A file that no app is read from is told once, with the first app.
  const first = subjects.find(({ kind }) => kind === "read");
  return subjects.map((subject) =>
    subject === first && subject.kind === "read"
      ? {
          ...subject,
          beside: {
            ...subject.beside,
            ...(misnamed.length === 0 ? {} : { misnamed }),
            ...(closed.length === 0 ? {} : { closed }),
          },
        }
      : subject,
  );
}

/** The other apps of a checkout in which one is looked at; none where all are, or where they can't be read. */
export async function readNeighbours(
  directory: string,
  { app, ...where }: Parameters<typeof readSubjects>[1],
  files: Files = disk,
): Promise<readonly AppFile[]> {
  if (app === undefined) return [];
  const all = await readSubjects(directory, where, files);
  return all.flatMap((subject) =>
    subject.kind === "read" && subject.app.location.name !== app ? [subject.app] : [],
  );
}

async function readSubject(
  files: Files,
  location: AppLocation,
  directory: string,
): Promise<Subject> {
  return guarded(location, async () => {
    const app = await readApp(location, () => undefined, files);
    const top = (await files.real(directory)) ?? directory;
    const [called, environmentFile] = await Promise.all([
      withCalledFiles(app, top, files),
      readWithin(top, join(folderOf(app, top), ".environment"), files),
    ]);
    const notRead = [
      ...called.unread,
      ...(environmentFile.kind === "unread"
        ? [{ shown: ".environment", why: environmentFile.why }]
        : []),
    ];
    const beside = {
      ...(environmentFile.kind === "known" ? { environmentFile: environmentFile.value } : {}),
      ...(notRead.length === 0 ? {} : { notRead }),
    };
    return { kind: "read", app: called.app, beside };
  });
}

async function guarded(location: AppLocation, read: () => Promise<Subject>): Promise<Subject> {
  try {
    return await read();
  } catch (failure) {
    if (failure instanceof Failure && failure.reason === "uneditable")
      return { kind: "unreadable", location, failure };
    throw failure;
  }
}

/** Whose project the apps belong to, or the CI where there are none. @param packages the Composer packages that the project requires */
export function vendorOfSubjects(
  subjects: readonly Subject[],
  surroundings: VendorSurroundings,
  packages: readonly string[] = [],
): DetectedVendor {
  const locations = subjects.map((subject) =>
    subject.kind === "read" ? subject.app.location : subject.location,
  );
  const apps = subjects.flatMap((subject) => (subject.kind === "read" ? subject.app : []));
  return vendorOfApps(locations, apps, packages, surroundings);
}

/** The subject as it is once a file has this text. */
export function subjectWithText(subject: Subject, file: string, text: string): Subject {
  if (subject.kind === "unreadable") return subject;
  const { app, beside } = subject;
  try {
    const { environmentFile } = beside;
    return {
      kind: "read",
      app: withFileText(app, file, text),
      beside:
        environmentFile?.file === file
          ? { ...beside, environmentFile: { ...environmentFile, text } }
          : beside,
    };
  } catch (failure) {
    if (failure instanceof Failure) return { kind: "unreadable", location: app.location, failure };
    throw failure;
  }
}

/** The text of a file of some apps by its path as people know it; undefined when it couldn't be read. */
export function textIn(subjects: readonly Subject[], shown: string): string | undefined {
  for (const subject of subjects) {
    const file = fileIn(subject, shown);
    if (file !== undefined) return file.text;
  }
  return undefined;
}

/** A file that was read for the subject, by the path as people know it. */
function fileIn(subject: Subject, shown: string): TextFile | undefined {
  if (subject.kind === "unreadable") return undefined;
  const { environmentFile } = subject.beside;
  return environmentFile?.shown === shown ? environmentFile : fileOf(subject.app, shown);
}

/** The files that the apps run and that could not be read, with the app of each. */
export function notReadIn(
  subjects: readonly Subject[],
): readonly (UnreadFile & { readonly app: string })[] {
  return subjects.flatMap((subject) =>
    subject.kind === "read"
      ? (subject.beside.notRead ?? []).map((file) => ({ ...file, app: subject.app.location.name }))
      : [],
  );
}

/**
 * What there is to find in the apps of one project, app by app, and in its repository; what several find alike is told once.
 *
 * @param beside with `hasEveryApp` where these are all apps of the project, whether or not they can be read
 */
export function findingsOf(
  subjects: readonly Subject[],
  beside: Omit<ProjectFacts, "apps"> = {},
): readonly Finding[] {
  const apps = subjects.flatMap((subject) => (subject.kind === "read" ? subject.app : []));
  const { hasEveryApp, ...others } = beside;
  const isEveryAppRead = hasEveryApp === true && subjects.every(({ kind }) => kind === "read");
  const facts = { ...others, apps, ...(isEveryAppRead ? { hasEveryApp } : {}) };
  // Tokens are looked for with each app, because its own files count for more than others.
  const ofRepository = apps.length === 0 ? [...ciRules, tokenInRepository] : ciRules;
  return toldOnce([
    ...subjects.flatMap((subject) => findingsIn(subject, facts)),
    ...auditProject(facts, ofRepository),
  ]);
}

function findingsIn(subject: Subject, facts: ProjectFacts): readonly Finding[] {
  return subject.kind === "unreadable"
    ? [unreadableFile(subject.location.shown, subject.failure)]
    : audit({ ...facts, ...subject.beside, app: subject.app }, appRules);
}

/** Every app is looked at with the same facts of the project, and two may have a file in common. */
function toldOnce(findings: readonly Finding[]): readonly Finding[] {
  const told = new Set<string>();
  return findings.filter(({ rule, location, message }) => {
    const key = JSON.stringify([rule, location, message]);
    return !told.has(key) && told.add(key);
  });
}
