import type { YAMLMap } from "yaml";
import { scriptOf } from "../appfile/script.ts";
import type { Source } from "../yaml/source.ts";
import { knownAction } from "./actions.ts";
import type {
  ActionStep,
  CiFile,
  CiJob,
  CiLevel,
  CiStep,
  CiValue,
  CiVariable,
  Concurrency,
  NotFollowed,
  PushFilters,
  StepShell,
  Triggers,
} from "./ci-file.ts";
import { withInputs } from "./expressions.ts";
import {
  type At,
  below,
  entriesIn,
  firstLine,
  itemsIn,
  keySpot,
  mapOf,
  pathTo,
  propertyWhere,
  textOf,
  textsOf,
  valueBelow,
  valueWithPlace,
} from "./nodes.ts";

/** The actions of the repository that workflows use, by their folders from the top: ".github/actions/deploy". */
export type LocalActions = ReadonlyMap<string, Source>;

/** As deep as actions of the repository use each other. */
const deepest = 6;

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
    jobs.push(
      new JobReader(file, { top, at, map }, actions).job(
        name,
        keySpot(source, entry),
        env,
        concurrency,
      ),
    );
  }
  return file;
}

/** The actions of the repository that steps of a file may use, by their folders from the top. */
export function actionsUsedIn(text: string): readonly string[] {
  const found = [...text.matchAll(/\buses:\s*["']?\.\/([\w./-]+)/gu)];
  return [...new Set(found.map(([, path = ""]) => path.replace(/\/$/u, "")))];
}

interface Place {
  readonly top: At;
  readonly at: At;
  readonly map: YAMLMap;
}

class JobReader {
  readonly #file: CiFile;
  readonly #place: Place;
  readonly #actions: LocalActions;
  readonly #notFollowed: NotFollowed[] = [];

  constructor(file: CiFile, place: Place, actions: LocalActions) {
    this.#file = file;
    this.#place = place;
    this.#actions = actions;
  }

  job(
    id: string,
    spot: CiJob["spot"],
    ofWorkflow: ReadonlyMap<string, CiVariable>,
    concurrency: Concurrency | undefined,
  ): CiJob {
    const { top, at, map } = this.#place;
    const env = new Map([...ofWorkflow, ...variablesOf(below(at, "env"), "job")]);
    const reuses = valueBelow(at, "uses");
    const own = concurrencyOf(at) ?? concurrency;
    const shells = [at, top].map((each) => textOf(below(each, "defaults", "run", "shell")));
    const folders = [at, top].map((each) =>
      textOf(below(each, "defaults", "run", "working-directory")),
    );
    const steps = this.#steps(below(at, "steps"), {
      env,
      shell: shells.find((shell) => shell !== undefined),
      folder: folders.find((folder) => folder !== undefined),
      input: () => undefined,
      depth: 0,
    });
    if (reuses !== undefined && !reuses.text.startsWith("./"))
      this.#notFollowed.push({ what: `the workflow ${reuses.text}`, spot: reuses.spot });
    return {
      system: "github",
      id,
      called: `the job ${id}`,
      file: this.#file,
      spot,
      map,
      steps: withExports(steps),
      env,
      ...propertyWhere("condition", textOf(below(at, "if"))),
      ...propertyWhere("timeout", valueBelow(at, "timeout-minutes")),
      ...propertyWhere("runsOn", valueBelow(at, "runs-on")),
      ...propertyWhere(
        "image",
        valueBelow(at, "container") ?? valueBelow(below(at, "container"), "image"),
      ),
      tolerant: textOf(below(at, "continue-on-error")) === "true",
      ...propertyWhere("concurrency", own),
      permissions: this.#file.permissions || hasKey(at, "permissions"),
      ...propertyWhere(
        "environment",
        valueBelow(at, "environment") ?? valueBelow(below(at, "environment"), "name"),
      ),
      ...propertyWhere("reuses", reuses),
      notFollowed: this.#notFollowed,
    };
  }

  #steps(list: At, within: Within): readonly CiStep[] {
    return itemsIn(list).flatMap((item, index) => this.#step(item, index, within));
  }

  #step(item: At, index: number, within: Within): readonly CiStep[] {
    const map = mapOf(item);
    if (map === undefined) return [];
    const own = variablesOf(below(item, "env"), "step", within.input);
    const name = textOf(below(item, "name")) ?? textOf(below(item, "id"));
    const condition = textOf(below(item, "if"));
    const parts = {
      called: name === undefined ? `step ${index + 1}` : `the step ${name}`,
      spot: firstLine(item),
      map,
      env: new Map([...within.env, ...own]),
      ...propertyWhere("condition", condition),
      tolerant: textOf(below(item, "continue-on-error")) === "true",
      inAction: within.depth > 0,
      input: within.input,
    };
    const run = below(item, "run");
    const script = scriptOf(item.in, run.node, pathTo(item.in, run.node), new Map());
    if (script !== undefined) {
      const shell = textOf(below(item, "shell")) ?? within.shell;
      const folder = textOf(below(item, "working-directory")) ?? within.folder;
      return [
        {
          ...parts,
          kind: "run",
          script,
          shell: this.#shell(shell),
          folder: folder?.includes("${{") === true ? undefined : (folder ?? ""),
        },
      ];
    }
    const uses = valueBelow(item, "uses");
    return uses === undefined ? [] : this.#action(item, uses, parts, within);
  }

  #action(
    item: At,
    uses: CiValue,
    parts: Omit<ActionStep, "kind" | "uses" | "name" | "version" | "inputs" | "known">,
    within: Within,
  ): readonly CiStep[] {
    const inputs = new Map(
      entriesIn(below(item, "with")).flatMap(({ name, entry, at }) => {
        const value = valueWithPlace(at.in, entry, at);
        return value === undefined
          ? []
          : [[name, { ...value, text: withInputs(value.text, within.input) }] as const];
      }),
    );
    const [name = "", version] = uses.text.split("@");
    const local = name.startsWith("./") ? name.slice(2).replace(/\/$/u, "") : undefined;
    const action = local === undefined ? undefined : this.#actions.get(local);
    if (action === undefined || within.depth >= deepest) {
      if (local !== undefined)
        this.#notFollowed.push({ what: `the action ${name}`, spot: uses.spot });
      return [{ ...parts, kind: "action", uses, name, version, inputs, known: knownAction(name) }];
    }
    const top: At = { in: action, node: action.document.contents };
    const defaults = below(top, "inputs");
    const input = (key: string) =>
      inputs.get(key)?.text ?? textOf(below(defaults, key, "default")) ?? undefined;
    return this.#steps(below(top, "runs", "steps"), {
      env: parts.env,
      shell: undefined,
      folder: undefined,
      input,
      depth: within.depth + 1,
    }).map((step) =>
      parts.tolerant || parts.condition !== undefined
        ? {
            ...step,
            tolerant: step.tolerant || parts.tolerant,
            ...propertyWhere("condition", step.condition ?? parts.condition),
          }
        : step,
    );
  }

  /** GitHub's page “Workflow syntax”, on `shell`. */
  #shell(written: string | undefined): StepShell {
    if (written === undefined) return this.#usualShell();
    const [program = "", ...options] = written.trim().split(/\s+/u);
    const kind = program === "bash" || program === "sh" ? program : undefined;
    if (kind === undefined) return { kind: "other", name: written };
    if (options.length === 0)
      return { kind, errexit: true, pipefail: kind === "bash", named: true };
    const errexit =
      options.some((option) => /^-[a-z]*e/u.test(option)) || options.includes("errexit");
    return { kind, errexit, pipefail: options.includes("pipefail"), named: true };
  }

  #usualShell(): StepShell {
    const { at } = this.#place;
    const machines = this.#machines(below(at, "runs-on"));
    if (machines.some((machine) => /windows/iu.test(machine)))
      return { kind: "other", name: "pwsh" };
    const image = textOf(below(at, "container")) ?? textOf(below(at, "container", "image")) ?? "";
    const kind = /alpine|busybox/iu.test(image) ? "sh" : "bash";
    return { kind, errexit: true, pipefail: false, named: false };
  }

  /** What a job runs on, also where a matrix of texts says so. */
  #machines(runsOn: At): readonly string[] {
    return textsOf(runsOn).flatMap((text) => {
      const key = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/u.exec(text)?.[1];
      return key === undefined ? [text] : textsOf(below(this.#place.at, "strategy", "matrix", key));
    });
  }
}

interface Within {
  readonly env: ReadonlyMap<string, CiVariable>;
  readonly shell: string | undefined;
  readonly folder: string | undefined;
  readonly input: (name: string) => string | undefined;
  /** How many actions of the repository it stands in. */
  readonly depth: number;
}

/** The steps with the variables that an action before them leaves in the environment. */
function withExports(steps: readonly CiStep[]): readonly CiStep[] {
  const left = new Map<string, CiVariable>();
  return steps.map((step) => {
    const now = left.size === 0 ? step : { ...step, env: new Map([...left, ...step.env]) };
    if (step.kind === "action") {
      const { exports, tokenInput } = step.known ?? {};
      const token = tokenInput === undefined ? undefined : step.inputs.get(tokenInput);
      if (exports !== undefined && token !== undefined)
        left.set(exports, { ...token, level: "action" });
    }
    return now;
  });
}

function variablesOf(
  at: At,
  level: CiLevel,
  input: (name: string) => string | undefined = () => undefined,
): ReadonlyMap<string, CiVariable> {
  return new Map(
    entriesIn(at).flatMap(({ name, entry, at: value }) => {
      const found = valueWithPlace(at.in, entry, value);
      return found === undefined
        ? []
        : [[name, { ...found, text: withInputs(found.text, input), level }] as const];
    }),
  );
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
