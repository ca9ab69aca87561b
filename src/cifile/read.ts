import { Failure } from "../failure.ts";
import { mentionsVendor } from "../vendors/traces.ts";
import { parseSource, type Source } from "../yaml/source.ts";
import type { TextFile } from "../yaml/text-file.ts";
import type { CiFile, NotFollowed } from "./ci-file.ts";
import { readWorkflow } from "./systems/github.ts";
import type { LocalActions } from "./systems/github-steps.ts";
import { childrenOf, includesOf, readPipeline } from "./systems/gitlab.ts";

/** The CI files of a repository, as far as they are read. */
export interface CiReading {
  readonly files: readonly CiFile[];
  /** Those that speak of the platform and can't be read, and why. */
  readonly unreadable: readonly { readonly file: TextFile; readonly failure: Failure }[];
  /** The scripts of the repository that their steps call, by their paths from the top. */
  readonly called: ReadonlyMap<string, TextFile>;
  /** All that was read, by paths from the top: workflows, actions, pipelines and called scripts. */
  readonly texts: CiTexts;
}

/** Of a repository without CI. */
export const noCi: CiReading = {
  files: [],
  unreadable: [],
  called: new Map(),
  texts: new Map(),
};

/** The files of a repository that have to do with CI, by their paths from its top. */
export type CiTexts = ReadonlyMap<string, TextFile>;

/** Where GitHub looks for workflows, from the top of a repository. */
export const workflow = /^\.github\/workflows\/[^/]+\.ya?ml$/iu;
/** Where GitLab looks for the pipeline unless a project says otherwise. */
export const pipeline = ".gitlab-ci.yml";

/** What the files of a repository say, once they are read. */
export function ciReadingOf(texts: CiTexts): CiReading {
  const unreadable: { readonly file: TextFile; readonly failure: Failure }[] = [];
  const sources = new Map<string, Source>();
  for (const [path, file] of texts) {
    if (!/\.ya?ml$/iu.test(path)) continue;
    const read = parsedCiFile(file);
    if (!(read instanceof Failure)) sources.set(path, read);
    else if (mentionsVendor(file.text)) unreadable.push({ file, failure: read });
  }
  const actions: LocalActions = new Map(
    [...sources].map(([path, source]) => [path.replace(/\/action\.ya?ml$/iu, ""), source]),
  );
  const workflows = [...sources]
    .filter(([path]) => workflow.test(path))
    .map(([, source]) => readWorkflow(source, actions));
  const files = [...withCallersEvents(workflows), ...pipelinesOf(sources)];
  const called = new Map([...texts].filter(([path]) => !sources.has(path)));
  return { files, unreadable, called, texts };
}

/** The same once a file has another text. @param file its absolute path */
export function withCiText(reading: CiReading, file: string, text: string): CiReading {
  const texts = [...reading.texts];
  if (!texts.some(([, each]) => each.file === file)) return reading;
  const again = ciReadingOf(
    new Map(texts.map(([path, each]) => [path, each.file === file ? { ...each, text } : each])),
  );
  const notRead = reading.unreadable.filter(
    (one) => !texts.some(([, each]) => each.file === one.file.file),
  );
  return { ...again, unreadable: [...again.unreadable, ...notRead] };
}

/** The pipeline of GitLab, and those that its jobs start. */
function pipelinesOf(sources: ReadonlyMap<string, Source>): readonly CiFile[] {
  const first = sources.get(pipeline);
  const firsts = first === undefined ? [] : [first];
  const files: CiFile[] = [];
  for (const each of firsts) {
    const { all, missing } = withIncluded(each, sources);
    files.push(readPipeline(all, missing));
    const children = all.flatMap((source) => meantBy(childrenOf(source).local, sources));
    for (const child of children) if (!firsts.includes(child)) firsts.push(child);
  }
  return files;
}

/** A file of GitLab with those of the repository that it includes, and what it includes besides. */
function withIncluded(first: Source, sources: ReadonlyMap<string, Source>) {
  const all: [Source, ...Source[]] = [first];
  const missing: NotFollowed[] = [];
  for (const source of all) {
    const { local, others } = includesOf(source);
    missing.push(...others);
    for (const found of meantBy(local, sources)) if (!all.includes(found)) all.push(found);
  }
  return { all, missing };
}

function meantBy(patterns: readonly string[], sources: ReadonlyMap<string, Source>) {
  return patterns.flatMap((pattern) =>
    [...sources].flatMap(([path, source]) => (isMeant(path, pattern) ? [source] : [])),
  );
}

/** Whether a path is one that an `include:` of GitLab means. */
export function isMeant(path: string, pattern: string): boolean {
  return pattern.includes("*") ? formOf(pattern).test(path) : path === pattern;
}

/** A file as YAML; the failure where it can't be parsed. */
export function parsedCiFile(file: TextFile): Source | Failure {
  try {
    return parseSource(file, withoutHeader(file.text));
  } catch (failure) {
    if (failure instanceof Failure) return failure;
    throw failure;
  }
}

/** What a pattern of paths fits: `*` within a name, `**` also across folders. */
function formOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/?|\*)/u).map((part) => {
    if (part.startsWith("**")) return part.endsWith("/") ? "(?:.*/)?" : ".*";
    return part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/gu, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`, "u");
}

/**
 * A pipeline's `spec:`, which is a YAML document of its own, made blank: every offset stays what it was. Files with one
 * are read and never edited, since what is written would not be what was read.
 */
function withoutHeader(text: string): string {
  const header = /^\s*(?:#[^\n]*\n\s*)*spec:[\s\S]*?\n---[ \t]*(?=[\r\n]|$)/u.exec(text);
  if (header === null) return text;
  return header[0].replaceAll(/[^\n\r]/gu, " ") + text.slice(header[0].length);
}

/** A workflow that others call is started by what starts these, and may have their secrets by the same names. */
function withCallersEvents(files: readonly CiFile[]): readonly CiFile[] {
  return files.map((file) => {
    if (!file.triggers.events.has("workflow_call")) return file;
    const path = file.source.shown;
    const calls = files
      .flatMap(({ jobs }) => jobs)
      .filter(({ reuses }) => reuses?.text.startsWith("./") && path.endsWith(reuses.text.slice(2)));
    const events = new Set([
      ...file.triggers.events,
      ...calls.flatMap((job) => [...job.file.triggers.events]),
    ]);
    const inherit = calls.length > 0 && calls.every(({ map }) => map.get("secrets") === "inherit");
    const triggers = {
      ...file.triggers,
      events,
      ...(inherit ? { secrets: new Set<string>() } : {}),
    };
    const started: CiFile = { ...file, triggers };
    return { ...started, jobs: file.jobs.map((job) => ({ ...job, file: started })) };
  });
}
