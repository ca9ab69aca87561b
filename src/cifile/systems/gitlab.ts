import { isAlias, isScalar, isSeq, type YAMLMap } from "yaml";
import { scriptOf } from "../../appfile/script.ts";
import { distributions, patternOfAny } from "../../vendors/registry.ts";
import { rangeOf, resolveAlias } from "../../yaml/nodes.ts";
import type { Source } from "../../yaml/source.ts";
import type { CiFile, CiJob, CiStep, CiVariable, NotFollowed, RunStep, Spot } from "../ci-file.ts";
import {
  type At,
  below,
  entriesIn,
  itemsIn,
  keySpot,
  mapOf,
  pathTo,
  propertyWhere,
  textOf,
  textsOf,
  valueBelow,
  valueWithPlace,
} from "../nodes.ts";

/** Keys at the top of a file that are no jobs (GitLab's reference of its keywords). */
const reserved = new Set(
  "after_script before_script cache default image include pages:deploy services spec stages types variables workflow".split(
    " ",
  ),
);

/** As many jobs may extend each other, one on top of the other; GitLab allows 11. */
const deepest = 11;
/** As many lists and references may stand in each other; GitLab allows 10. */
const deepestList = 10;

/** Images whose shell is sh. */
const withoutBash = new RegExp(
  `alpine|busybox|^${patternOfAny(
    distributions.flatMap(({ image, imageWithoutBash }) => (imageWithoutBash ? [image] : [])),
  )}`,
  "iu",
);

/** What one file of GitLab, with all that it includes, gives a name to: jobs, and templates that start with a dot. */
interface Named {
  readonly at: At;
  readonly spot: Spot;
}

/**
 * Reads a GitLab pipeline. Never throws; what has another form is left out.
 *
 * @param sources the file itself, and those of the repository that it includes; a later one gives way to an earlier one
 * @param missing what it includes and isn't read
 */
export function readPipeline(
  [source, ...included]: readonly [Source, ...Source[]],
  missing: readonly NotFollowed[],
): CiFile {
  const names = new Map<string, Named>();
  for (const each of [...included.toReversed(), source]) {
    const top: At = { in: each, node: each.document.contents };
    for (const { name, entry, at } of entriesIn(top))
      if (!reserved.has(name) && mapOf(at) !== undefined)
        names.set(name, { at, spot: keySpot(each, entry) });
  }
  const tops = [source, ...included].map(
    (each): At => ({ in: each, node: each.document.contents }),
  );
  const jobs: CiJob[] = [];
  const file: CiFile = {
    system: "gitlab",
    source,
    triggers: { events: new Set(), schedules: [] },
    permissions: true,
    jobs,
    generated: false,
  };
  const global = new Map(
    tops.toReversed().flatMap((top) => [...variablesOf(below(top, "variables"), "workflow")]),
  );
  for (const [name, named] of names) {
    if (name.startsWith(".")) continue;
    const layers = layersOf(named.at, names);
    const map = mapOf(named.at);
    if (
      map === undefined ||
      !layers.some((layer) => ["script", "run", "trigger"].some((key) => has(layer, key)))
    )
      continue;
    jobs.push(new JobReader(file, layers, tops, names).job(name, named.spot, map, global, missing));
  }
  return file;
}

function has(layer: At, key: string): boolean {
  return below(layer, key).node !== undefined;
}

/** A job and what it extends: the job itself, then the last of what it extends, which wins over those before it. */
function layersOf(job: At, names: ReadonlyMap<string, Named>): readonly At[] {
  const layers: At[] = [];
  const add = (at: At, depth: number): void => {
    if (layers.some(({ node }) => node === at.node) || depth > deepest) return;
    layers.push(at);
    for (const parent of textsOf(below(at, "extends")).toReversed()) {
      const found = names.get(parent);
      if (found !== undefined) add(found.at, depth + 1);
    }
  };
  add(job, 0);
  return layers;
}

class JobReader {
  readonly #file: CiFile;
  readonly #layers: readonly At[];
  readonly #tops: readonly At[];
  readonly #names: ReadonlyMap<string, Named>;
  readonly #notFollowed: NotFollowed[] = [];

  constructor(
    file: CiFile,
    layers: readonly At[],
    tops: readonly At[],
    names: ReadonlyMap<string, Named>,
  ) {
    this.#file = file;
    this.#layers = layers;
    this.#tops = tops;
    this.#names = names;
  }

  job(
    id: string,
    spot: Spot,
    map: YAMLMap,
    global: ReadonlyMap<string, CiVariable>,
    missing: readonly NotFollowed[],
  ): CiJob {
    const own = this.#layers
      .toReversed()
      .flatMap((layer) => [...variablesOf(below(layer, "variables"), "job")]);
    const env = new Map([...global, ...own]);
    const tolerant = this.#value("allow_failure")?.text === "true";
    for (const layer of this.#layers)
      for (const parent of textsOf(below(layer, "extends")))
        if (!this.#names.has(parent))
          this.#notFollowed.push({ what: `${parent}, which it extends,`, spot });
    const group = this.#value("resource_group");
    const condition = this.#conditions();
    return {
      system: "gitlab",
      id,
      called: `the job ${id}`,
      file: this.#file,
      spot,
      map,
      steps: [
        ...this.#lines("before_script", env, tolerant),
        ...this.#lines("script", env, tolerant),
        ...this.#lines("after_script", env, true),
      ],
      env,
      ...propertyWhere("condition", condition),
      ...propertyWhere("timeout", this.#value("timeout")),
      ...propertyWhere("image", this.#value("image") ?? this.#nested("image", "name")),
      ...propertyWhere("depth", env.get("GIT_DEPTH")),
      tolerant,
      ...propertyWhere(
        "concurrency",
        group === undefined ? undefined : { spot: group.spot, cancels: false },
      ),
      permissions: true,
      notFollowed: [...missing, ...this.#notFollowed],
    };
  }

  /** The nearest of the job, what it extends, and the defaults. */
  #nearest(key: string): At | undefined {
    const found = this.#layers.find((layer) => has(layer, key));
    if (found !== undefined) return below(found, key);
    const defaults = this.#tops.map((top) => below(top, "default"));
    return [...defaults, ...this.#tops]
      .map((at) => below(at, key))
      .find(({ node }) => node !== undefined);
  }

  #value(key: string) {
    const holders = [...this.#layers, ...this.#tops.map((top) => below(top, "default"))];
    return holders.map((at) => valueBelow(at, key)).find((value) => value !== undefined);
  }

  #nested(key: string, inner: string) {
    const at = this.#nearest(key);
    return at === undefined ? undefined : valueBelow(at, inner);
  }

  /** All conditions of its rules, each as written; in `!(…)` those under which it doesn't run. */
  #conditions(): string | undefined {
    const rules = this.#nearest("rules");
    const texts = [
      ...(rules === undefined ? [] : itemsIn(rules).flatMap(conditionOf)),
      ...this.#refs("only"),
      ...this.#refs("except").map((ref) => `!(${ref})`),
    ];
    return texts.length === 0 ? undefined : texts.join(" || ");
  }

  #refs(key: "only" | "except"): readonly string[] {
    const at = this.#nearest(key);
    return at === undefined ? [] : [...textsOf(at), ...textsOf(below(at, "refs"))];
  }

  #lines(
    key: "before_script" | "script" | "after_script",
    env: ReadonlyMap<string, CiVariable>,
    tolerant: boolean,
  ): readonly CiStep[] {
    const at = this.#nearest(key);
    if (at === undefined) return [];
    const image = (this.#value("image") ?? this.#nested("image", "name"))?.text ?? "";
    const kind = withoutBash.test(image) ? ("sh" as const) : ("bash" as const);
    return this.#flat(at, 0).flatMap((line, index): readonly RunStep[] => {
      const script = scriptOf(line.in, line.node, pathTo(line.in, line.node), new Map());
      if (script === undefined) return [];
      return [
        {
          kind: "run",
          called: `${key} line ${index + 1}`,
          spot: { in: line.in, start: rangeOf(line.node)[0], end: rangeOf(line.node)[1] },
          script,
          // GitLab's runner sets errexit, and pipefail where the shell has it (its shells/bash.go).
          shell: { kind, errexit: true, pipefail: true, named: false },
          folder: "",
          env,
          tolerant,
          inAction: false,
          input: () => undefined,
        },
      ];
    });
  }

  /** The texts of a list, those of lists in it and of `!reference [job, key]` too. */
  #flat(at: At, depth: number): readonly At[] {
    if (depth > deepestList) return [];
    if (isSeq(at.node) && at.node.tag === "!reference") {
      const [name = "", ...path] = itemsIn(at).flatMap((item) => textOf(item) ?? []);
      const found = this.#names.get(name)?.at ?? this.#tops.find((top) => has(top, name));
      const from = this.#names.has(name) ? found : found && below(found, name);
      const target = from === undefined ? undefined : below(from, ...path);
      if (target?.node !== undefined) return this.#flat(target, depth + 1);
      const [start, end] = rangeOf(at.node);
      this.#notFollowed.push({
        what: `!reference [${[name, ...path].join(", ")}]`,
        spot: { in: at.in, start, end },
      });
      return [];
    }
    if (isScalar(at.node)) return [at];
    if (!isSeq(at.node)) return [];
    return at.node.items.flatMap((item) =>
      this.#flat(
        { in: at.in, node: isAlias(item) ? resolveAlias(item, at.in.document) : item },
        depth + 1,
      ),
    );
  }
}

/** What a rule asks for, as written; in `!(…)` where the job doesn't run then. */
function conditionOf(rule: At): readonly string[] {
  const condition = textOf(below(rule, "if"));
  if (condition === undefined) return [];
  return [textOf(below(rule, "when")) === "never" ? `!(${condition})` : condition];
}

/** Variables are texts, or mappings with a `value`. */
function variablesOf(at: At, level: "workflow" | "job"): ReadonlyMap<string, CiVariable> {
  return new Map(
    entriesIn(at).flatMap(({ name, entry, at: node }) => {
      const found =
        valueWithPlace(at.in, entry, node) ?? valueWithPlace(at.in, entry, below(node, "value"));
      return found === undefined ? [] : [[name, { ...found, level }] as const];
    }),
  );
}

/** The files that something includes: those of its own repository, by path, and all others in words. */
interface Included {
  readonly local: readonly string[];
  readonly others: readonly NotFollowed[];
}

/** The files that a pipeline includes. */
export function includesOf(source: Source): Included {
  const top: At = { in: source, node: source.document.contents };
  return includedIn(below(top, "include"));
}

/** The files that jobs of a pipeline start as pipelines of their own (GitLab's page “Downstream pipelines”). */
export function childrenOf(source: Source): Included {
  const top: At = { in: source, node: source.document.contents };
  const found = entriesIn(top).map(({ at }) => includedIn(below(at, "trigger", "include")));
  return {
    local: found.flatMap(({ local }) => local),
    others: found.flatMap(({ others }) => others),
  };
}

function includedIn(at: At): Included {
  if (at.node === undefined) return { local: [], others: [] };
  const items = isSeq(at.node) ? itemsIn(at) : [at];
  const local: string[] = [];
  const others: NotFollowed[] = [];
  for (const item of items) {
    const text = textOf(item);
    const path =
      textOf(below(item, "local")) ?? (text?.includes("://") === true ? undefined : text);
    const [start, end] = rangeOf(item.node);
    if (path === undefined) others.push({ what: wordsOf(item), spot: { in: item.in, start, end } });
    else local.push(path.replace(/^\/+/u, ""));
  }
  return { local, others };
}

function wordsOf(item: At): string {
  const kinds = ["project", "remote", "template", "component"];
  const found = kinds.map((key) => textOf(below(item, key))).find((text) => text !== undefined);
  return `${found ?? textOf(item) ?? "something"}, which is included`;
}
