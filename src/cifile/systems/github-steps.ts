import { scriptOf } from "../../appfile/script.ts";
import type { Source } from "../../yaml/source.ts";
import type {
  CiLevel,
  CiStep,
  CiValue,
  CiVariable,
  NotFollowed,
  StepParts,
  StepShell,
} from "../ci-file.ts";
import { withInputs } from "../expressions.ts";
import {
  type At,
  below,
  entriesIn,
  firstLine,
  itemsIn,
  mapOf,
  pathTo,
  propertyWhere,
  textOf,
  textsOf,
  valueBelow,
  valueWithPlace,
} from "../nodes.ts";
import { installedBy, knownAction } from "./actions.ts";

/** The actions of the repository that workflows use, by their folders from the top: ".github/actions/deploy". */
export type LocalActions = ReadonlyMap<string, Source>;

/** As deep as actions of the repository use each other. */
const deepest = 6;

/**
 * The steps of a job of GitHub, with those of the repository's own actions in the place of the steps that use them. Never
 * throws; what has another form is left out.
 *
 * @param job the job's mapping
 * @param top the mapping of its workflow, which has defaults for it
 * @param env the variables that workflow and job set
 */
export function stepsOfJob(
  { job, top }: { readonly job: At; readonly top: At },
  env: ReadonlyMap<string, CiVariable>,
  actions: LocalActions,
): { readonly steps: readonly CiStep[]; readonly notFollowed: readonly NotFollowed[] } {
  const byDefault = (key: string) =>
    [job, top]
      .map((each) => textOf(below(each, "defaults", "run", key)))
      .find((text) => text !== undefined);
  const reader = new StepReader(job, actions);
  const steps = reader.steps(below(job, "steps"), {
    env,
    shell: byDefault("shell"),
    folder: byDefault("working-directory"),
    input: () => undefined,
    depth: 0,
  });
  return { steps: withExports(steps), notFollowed: reader.notFollowed };
}

class StepReader {
  readonly #job: At;
  readonly #actions: LocalActions;
  readonly #notFollowed: NotFollowed[] = [];

  constructor(job: At, actions: LocalActions) {
    this.#job = job;
    this.#actions = actions;
  }

  /** What the steps use from elsewhere, as far as they were read. */
  get notFollowed(): readonly NotFollowed[] {
    return this.#notFollowed;
  }

  steps(list: At, within: Within): readonly CiStep[] {
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

  #action(item: At, uses: CiValue, parts: StepParts, within: Within): readonly CiStep[] {
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
      const known = knownAction(name);
      const installs = known && installedBy(known, (key) => inputs.get(key)?.text);
      return [
        {
          ...parts,
          kind: "action",
          uses,
          name,
          version,
          inputs,
          known,
          ...propertyWhere("installs", installs),
        },
      ];
    }
    const top: At = { in: action, node: action.document.contents };
    const defaults = below(top, "inputs");
    const input = (key: string) =>
      inputs.get(key)?.text ?? textOf(below(defaults, key, "default")) ?? undefined;
    return this.steps(below(top, "runs", "steps"), {
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
    const machines = this.#machines(below(this.#job, "runs-on"));
    if (machines.some((machine) => /windows/iu.test(machine)))
      return { kind: "other", name: "pwsh" };
    const image =
      textOf(below(this.#job, "container")) ?? textOf(below(this.#job, "container", "image")) ?? "";
    const kind = /alpine|busybox/iu.test(image) ? "sh" : "bash";
    return { kind, errexit: true, pipefail: false, named: false };
  }

  /** What a job runs on, also where a matrix of texts says so. */
  #machines(runsOn: At): readonly string[] {
    return textsOf(runsOn).flatMap((text) => {
      const key = /^\$\{\{\s*matrix\.([\w-]+)\s*\}\}$/u.exec(text)?.[1];
      return key === undefined ? [text] : textsOf(below(this.#job, "strategy", "matrix", key));
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

/**
 * The variables below `env`, by name.
 *
 * @param input what the caller of an action hands over, by the input's name
 */
export function variablesOf(
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
