import { type Document, isMap } from "yaml";
import { effectiveEntries, type Path } from "../../yaml/nodes.ts";

/** What a command of an application is for, when it is neither a hook nor a cron. */
export interface AppCommandName {
  readonly of: "web" | "worker" | "operation" | "source operation" | "task";
  /** The name of the worker, the operation or the task; empty for `web`. */
  readonly name: string;
  readonly key: "pre_start" | "start" | "post_start" | "stop" | "command";
}

/** Where such a command stands in its section. */
interface CommandPath extends AppCommandName {
  /** From the section. */
  readonly path: Path;
}

/**
 * The sections with commands beyond hooks and crons (platform manual: "Web", "Workers", "Runtime operations",
 * "Source operations").
 */
export const commandSections = [
  ["web"],
  ["workers"],
  ["operations"],
  ["source", "operations"],
] as const satisfies readonly Path[];
type CommandSection = (typeof commandSections)[number];

const startKeys = ["pre_start", "start", "post_start"] as const;

/** The places in a section where commands may stand, in the order in which they would run. */
export function commandPaths(
  [section]: CommandSection,
  node: unknown,
  document: Document,
): readonly CommandPath[] {
  const below = (of: AppCommandName["of"], name: string, above: Path, keys: readonly Key[]) =>
    keys.map((key) => ({ of, name, key, path: [...above, "commands", key] }));
  switch (section) {
    case "web":
      return below("web", "", [], startKeys);
    case "workers":
      return namesIn(node, document).flatMap((name) =>
        below("worker", String(name), [name], startKeys),
      );
    case "operations":
      return namesIn(node, document).flatMap((name) =>
        below("operation", String(name), [name], ["start", "stop"]),
      );
    case "source":
      return namesIn(node, document).map((name) => ({
        of: "source operation",
        name: String(name),
        key: "command",
        path: [name, "command"],
      }));
  }
}

type Key = AppCommandName["key"];

function namesIn(node: unknown, document: Document): readonly (string | number)[] {
  return isMap(node) ? effectiveEntries(node, document).map(({ name }) => name) : [];
}
