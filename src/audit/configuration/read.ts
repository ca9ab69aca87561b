import { isMap, isScalar, isSeq } from "yaml";
import { Failure } from "../../failure.ts";
import { placeOf } from "../../yaml/lines.ts";
import { type Entry, entriesOf, rangeOf } from "../../yaml/nodes.ts";
import { parseSource, type Source } from "../../yaml/source.ts";
import type { Configuration, ConfiguredIgnore, RuleSetting } from "../configuration.ts";
import { severities } from "../finding.ts";
import { placeAt } from "../findings/places.ts";
import { catalogue } from "../registry.ts";
import { fileUnreadable } from "../unreadable.ts";

/**
 * Reads a configuration. Throws a `Failure` ("usage") with `file:line:column` for anything in it that isn't known: a
 * key, a rule, a severity, or a missing reason. Nothing is guessed.
 *
 * @param shown its path as people know it
 */
export function readConfiguration(shown: string, text: string): Configuration {
  const source = sourceOf(shown, text);
  const top = source.document.contents;
  // A file of comments only says nothing.
  if (top === null || (isScalar(top) && top.value === null))
    return { exclude: [], rules: new Map(), ignores: [] };
  const keys = keysOf(source, top, ["fail-on", "exclude", "rules", "ignore"]);
  const failOn = keys.optional("fail-on");
  return {
    ...(failOn === undefined ? {} : { failOn: oneOf(source, failOn, severities) }),
    exclude: itemsOf(source, keys.optional("exclude")).map((item) => pathIn(source, item)),
    rules: rulesIn(source, keys.optional("rules")),
    ignores: itemsOf(source, keys.optional("ignore")).map((item) => ignoreIn(source, item)),
  };
}

function sourceOf(shown: string, text: string): Source {
  try {
    return parseSource({ file: shown, shown }, text);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure("usage", { ...error.parts, what: unusable });
  }
}

const unusable = "The configuration can't be used";

function refused(source: Source, node: unknown, why: string, next: string): Failure {
  const { line, column } = placeOf(source.text, rangeOf(node)[0]);
  const where = `${source.shown}:${line}:${column}`;
  return new Failure("usage", { what: unusable, where, why, next });
}

/** The keys of a mapping that may have no others. */
interface Keys {
  readonly names: readonly string[];
  optional(name: string): Entry | undefined;
  /** Throws the `Failure` when the key isn't there. */
  needed(name: string): Entry;
}

function keysOf(source: Source, node: unknown, known: readonly string[]): Keys {
  const choice = `it takes ${known.join(", ")}`;
  if (!isMap(node)) throw refused(source, node, "This has to be a mapping", choice);
  for (const { key } of node.items)
    if (!(isScalar(key) && typeof key.value === "string" && known.includes(key.value)))
      throw refused(source, key, "There is no such key here", choice);
  const entries = new Map(entriesOf(node).map((entry) => [String(entry.name), entry]));
  return {
    names: [...entries.keys()],
    optional: (name) => entries.get(name),
    needed(name) {
      const entry = entries.get(name);
      if (entry !== undefined) return entry;
      throw refused(source, node, `The key ${name} is missing`, `add ${name}`);
    },
  };
}

function itemsOf(source: Source, entry: Entry | undefined): readonly unknown[] {
  if (entry === undefined) return [];
  if (isSeq(entry.value)) return entry.value.items;
  throw refused(source, entry.value, "This has to be a list", "start each entry with a dash");
}

function textOf(source: Source, node: unknown): string {
  const text = isScalar(node) ? node.value : undefined;
  if (typeof text === "string" && text.trim() !== "") return text.trim();
  throw refused(source, node, "This has to be a text", "write it in quotes if it looks otherwise");
}

function oneOf<T extends string>(source: Source, { value }: Entry, known: readonly T[]): T {
  const text = textOf(source, value);
  const found = known.find((candidate) => candidate === text);
  if (found !== undefined) return found;
  throw refused(source, value, `${text} isn't one of its values`, `choose ${known.join(", ")}`);
}

function reasonOf(source: Source, { value }: Entry): string {
  const reason = textOf(source, value);
  if (/[\p{L}\p{N}]/u.test(reason)) return reason;
  throw refused(source, value, "This says no reason", "say in a few words why");
}

function pathIn(source: Source, node: unknown): string {
  const path = textOf(source, node).replace(/\/+$/u, "");
  if (!/^\/|\\|[*?]|^\.\.?(?:\/|$)/u.test(path)) return path;
  throw refused(
    source,
    node,
    "This isn't the path of a file or a folder below the audited directory",
    "write it with / and without * and ..",
  );
}

function rulesIn(source: Source, entry: Entry | undefined): Configuration["rules"] {
  if (entry === undefined) return new Map();
  const rules = keysOf(source, entry.value, ruleIds);
  return new Map(
    rules.names.map((id): [string, RuleSetting] => {
      const keys = keysOf(source, rules.needed(id).value, ["severity", "reason"]);
      const severity = oneOf(source, keys.needed("severity"), ["off", ...severities] as const);
      return [id, { severity, reason: reasonOf(source, keys.needed("reason")) }];
    }),
  );
}

/** The rules that it may name. A file that can't be read isn't one finding among others: such a file can only be excluded. */
export const ruleIds = catalogue.map(({ id }) => id).filter((id) => id !== fileUnreadable.id);

function ignoreIn(source: Source, node: unknown): ConfiguredIgnore {
  const keys = keysOf(source, node, ["rule", "at", "project", "reason"]);
  const project = keys.optional("project");
  const rule = oneOf(source, keys.needed("rule"), ruleIds);
  return {
    rule,
    at: textOf(source, keys.needed("at").value),
    ...(project === undefined ? {} : { project: textOf(source, project.value) }),
    reason: reasonOf(source, keys.needed("reason")),
    location: placeAt(source, ...rangeOf(node)),
  };
}
