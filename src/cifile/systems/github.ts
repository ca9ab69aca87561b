import { rangeOf } from "../../yaml/nodes.ts";
import type { Source } from "../../yaml/source.ts";
import type {
  CiFile,
  CiJob,
  CiValue,
  CiVariable,
  Concurrency,
  PushFilters,
  Triggers,
} from "../ci-file.ts";
import {
  type At,
  below,
  entriesIn,
  itemsIn,
  keySpot,
  mapOf,
  propertyWhere,
  textOf,
  textsOf,
  valueBelow,
} from "../nodes.ts";
import { type LocalActions, stepsOfJob, variablesOf } from "./github-steps.ts";

/** Reads a workflow of GitHub (its page “Workflow syntax”). Never throws; what has another form is left out. */
export function readWorkflow(source: Source, actions: LocalActions): CiFile {
  const top: At = { in: source, node: source.document.contents };
  const jobs: CiJob[] = [];
  const file: CiFile = {
    system: "github",
    source,
    triggers: triggersOf(top),
    permissions: hasKey(top, "permissions"),
    jobs,
    generated: isGenerated(source.text),
  };
  const env = variablesOf(below(top, "env"), "workflow");
  const concurrency = concurrencyOf(top);
  for (const { name, entry, at } of entriesIn(below(top, "jobs"))) {
    const map = mapOf(at);
    if (map === undefined) continue;
    const spot = keySpot(source, entry);
    jobs.push(jobOf({ id: name, spot, top, at, map }, { file, env, concurrency, actions }));
  }
  return file;
}

/** The actions of the repository that steps of a file may use, by their folders from the top. */
export function actionsUsedIn(text: string): readonly string[] {
  const found = [...text.matchAll(/\buses:\s*["']?\.\/([\w./-]+)/gu)];
  return [...new Set(found.map(([, path = ""]) => path.replace(/\/$/u, "")))];
}

/** Where a job stands. */
interface Place extends Pick<CiJob, "id" | "spot" | "map"> {
  readonly top: At;
  readonly at: At;
}

/** What a job has from its workflow. */
interface Surroundings {
  readonly file: CiFile;
  readonly env: ReadonlyMap<string, CiVariable>;
  readonly concurrency: Concurrency | undefined;
  readonly actions: LocalActions;
}

function jobOf(
  { id, spot, top, at, map }: Place,
  { file, env: ofWorkflow, concurrency, actions }: Surroundings,
): CiJob {
  const env = new Map([...ofWorkflow, ...variablesOf(below(at, "env"), "job")]);
  const reuses = valueBelow(at, "uses");
  const own = concurrencyOf(at) ?? concurrency;
  const { steps, notFollowed } = stepsOfJob({ job: at, top }, env, actions);
  const elsewhere =
    reuses === undefined || reuses.text.startsWith("./")
      ? []
      : [{ what: `the workflow ${reuses.text}`, spot: reuses.spot }];
  return {
    system: "github",
    id,
    called: `the job ${id}`,
    file,
    spot,
    map,
    steps,
    env,
    ...propertyWhere("condition", textOf(below(at, "if"))),
    ...propertyWhere("timeout", valueBelow(at, "timeout-minutes")),
    ...propertyWhere("runsOn", valueBelow(at, "runs-on") ?? listedBelow(at, "runs-on")),
    ...propertyWhere(
      "image",
      valueBelow(at, "container") ?? valueBelow(below(at, "container"), "image"),
    ),
    tolerant: textOf(below(at, "continue-on-error")) === "true",
    ...propertyWhere("concurrency", own),
    permissions: file.permissions || hasKey(at, "permissions"),
    ...propertyWhere(
      "environment",
      valueBelow(at, "environment") ?? valueBelow(below(at, "environment"), "name"),
    ),
    ...propertyWhere("reuses", reuses),
    notFollowed: [...notFollowed, ...elsewhere],
  };
}

/** `on` may be a text, a list or a mapping. */
function triggersOf(top: At): Triggers {
  const found = entriesIn(top).find(({ name }) => name === "on");
  if (found === undefined) return { events: new Set(), schedules: [] };
  const { at, entry } = found;
  const keys = entriesIn(at).map(({ name }) => name);
  const events = new Set(keys.length > 0 ? keys : textsOf(at));
  return {
    events,
    ...propertyWhere("push", events.has("push") ? pushFiltersOf(below(at, "push")) : undefined),
    secrets: new Set(
      entriesIn(below(at, "workflow_call", "secrets")).map(({ name }) => name.toUpperCase()),
    ),
    schedules: itemsIn(below(at, "schedule")).flatMap((item) => valueBelow(item, "cron") ?? []),
    spot: keySpot(top.in, entry),
  };
}

function pushFiltersOf(push: At): PushFilters {
  const patterns = (key: string) => textsOf(below(push, key));
  return {
    branches: patterns("branches"),
    ignoredBranches: patterns("branches-ignore"),
    tags: [...patterns("tags"), ...patterns("tags-ignore")],
    paths: [...patterns("paths"), ...patterns("paths-ignore")],
  };
}

function concurrencyOf(at: At): Concurrency | undefined {
  const found = entriesIn(at).find(({ name }) => name === "concurrency");
  if (found === undefined) return undefined;
  const cancels = textOf(below(found.at, "cancel-in-progress"));
  return { spot: keySpot(at.in, found.entry), cancels: cancels === "true" };
}

function hasKey(at: At, key: string): boolean {
  return entriesIn(at).some(({ name }) => name === key);
}

/** What tools write at the top of what they write. */
function isGenerated(text: string): boolean {
  return /^(?:\s*#.*\n){0,15}\s*#.*(?:DO NOT EDIT|do not edit|automatically generated)/u.test(text);
}

/** Texts in a list as one value; undefined where there is no such list. */
function listedBelow(at: At, key: string): CiValue | undefined {
  const list = below(at, key);
  const texts = textsOf(list);
  if (list.node === undefined || texts.length === 0) return undefined;
  const [start, end] = rangeOf(list.node);
  return { text: texts.join(" "), spot: { in: at.in, start, end } };
}
