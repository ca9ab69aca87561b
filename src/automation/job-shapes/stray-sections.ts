import { isMap, isSeq } from "yaml";
import type { AppFile } from "../../appfile/app-file.ts";
import { isMistyped } from "../../edit-distance.ts";
import { type Entry, effectiveEntries, nodeAt, ownEntry, type Path } from "../../yaml/nodes.ts";
import type { Source } from "../../yaml/source.ts";
import { isTagged } from "./shape.ts";

/** A section that jobs are described in. */
export type JobSection = (typeof sections)[number];

const sections = ["crons", "hooks", "workers", "operations", "tasks"] as const;

/** A section with jobs that stands where the platform doesn't look for it, or by another name: none of them runs. */
export type StraySection = {
  /** What it was meant to be. */
  readonly section: JobSection;
  /** Whether it is to be told with this application: what stands beside several is told with the first of this file. */
  readonly isTold: boolean;
  readonly in: Source;
  readonly entry: Pick<Entry, "keyStart" | "keyEnd">;
} & Stray;

type Stray =
  /** It has another name; `rename` is its place from the application, where the right one is free. */
  | { readonly kind: "misnamed"; readonly written: string; readonly rename?: Path }
  /** It stands below another section of the app. */
  | { readonly kind: "below"; readonly above: string }
  /** A section of an app that stands beside the apps, in a file of Upsun. */
  | { readonly kind: "beside apps" }
  /** Tasks of Upsun, which stand beside the apps, in an app. */
  | { readonly kind: "in an app" }
  /** Tasks, or one of them by its name, that aren't written as a mapping. */
  | { readonly kind: "no mapping"; readonly task?: string };

/** The sections of jobs that an application has in the wrong place or by a wrong name, its file's own among them. */
export function straySections(app: AppFile): readonly StraySection[] {
  return [...misnamed(app), ...below(app), ...besideApps(app)];
}

/** `cron:` for `crons:`; also `tasks:`, which an app has none of. */
function misnamed({ map, source, location }: AppFile): readonly StraySection[] {
  return strayIn(map, source, (section, entry): Stray | undefined => {
    const written = String(entry.name);
    if (section === "tasks") return location.form === "task" ? undefined : { kind: "in an app" };
    if (written === section) return undefined;
    const isFree = ownEntry(map, section) === undefined && ownEntry(map, written) !== undefined;
    return { kind: "misnamed", written, ...(isFree ? { rename: [written] } : {}) };
  });
}

/** `crons:` below `web:`, and `operation:` below `source:`. */
function below({ map, source }: AppFile): readonly StraySection[] {
  return ["web", "build", "source", "deploy"].flatMap((above) => {
    const outer = nodeAt(map, [above], source.document);
    if (!isMap(outer)) return [];
    return strayIn(outer, source, (section, entry): Stray | undefined => {
      const written = String(entry.name);
      if (above !== "source" || section !== "operations") return { kind: "below", above };
      if (written === section) return undefined;
      const isFree = ownEntry(outer, section) === undefined;
      return { kind: "misnamed", written, ...(isFree ? { rename: [above, written] } : {}) };
    });
  });
}

/** `crons:` beside `applications:` in a file of Upsun, and tasks that are no mapping. */
function besideApps({ source, location }: AppFile): readonly StraySection[] {
  const { document } = source;
  const { contents } = document;
  if (location.form !== "applications" || !isMap(contents)) return [];
  const apps = nodeAt(contents, ["applications"], document);
  const members = isMap(apps)
    ? effectiveEntries(apps, document)
    : (isSeq(apps) ? apps.items : []).map((value, name) => ({ name, value }));
  // An app that is included is read as one of another file.
  const first = members.find(({ value }) => !isTagged(nodeAt(value, [], document)));
  const isTold = first?.name === location.path[1];
  const found = strayIn(contents, source, (section, entry): Stray | undefined => {
    const written = String(entry.name);
    if (section !== "tasks") return { kind: "beside apps" };
    if (written !== section) return { kind: "misnamed", written };
    const node = nodeAt(entry.value, [], document);
    return isMap(node) || isTagged(node) ? undefined : { kind: "no mapping" };
  });
  const tasks = nodeAt(contents, ["tasks"], document);
  const odd = (isMap(tasks) ? effectiveEntries(tasks, document) : []).flatMap(
    (entry): readonly StraySection[] => {
      const node = nodeAt(entry.value, [], document);
      if (isMap(node) || isTagged(node)) return [];
      const task = String(entry.name);
      return [{ kind: "no mapping", task, section: "tasks", isTold, in: source, entry }];
    },
  );
  return [...found.map((stray) => ({ ...stray, isTold })), ...odd];
}

/** The entries of a mapping that are named as a section with jobs, or nearly so, and hold what may be one. */
function strayIn(
  map: Parameters<typeof effectiveEntries>[0],
  source: Source,
  what: (section: JobSection, entry: Entry) => Stray | undefined,
): readonly StraySection[] {
  return effectiveEntries(map, source.document).flatMap((entry): readonly StraySection[] => {
    const section = sectionMeant(String(entry.name));
    const node = nodeAt(entry.value, [], source.document);
    if (section === undefined || !(isMap(node) || isSeq(node))) return [];
    const stray = what(section, entry);
    return stray === undefined ? [] : [{ ...stray, section, isTold: true, in: source, entry }];
  });
}

/** The section that a name is, or was meant to be. */
function sectionMeant(written: string): JobSection | undefined {
  const name = written.toLowerCase().replaceAll(/[-_ ]/gu, "");
  if (/^cron(?:job|tab)s?$/u.test(name)) return "crons";
  return sections.find((section) => name === section || isMistyped(name, section));
}
