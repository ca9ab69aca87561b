import type { Document, YAMLMap } from "yaml";
import { isMistyped } from "../../edit-distance.ts";
import { effectiveEntries, nodeAt } from "../../yaml/nodes.ts";
import { shapeOf } from "./shape.ts";

/** The keys that people write a command under, the manual's first. */
const commandKeys = ["commands", "cmd", "start", "command", "run", "script", "exec", "execute"];

/** The key of a mapping under which a command stands, also in capitals or mistyped. */
export function keyOfCommand(
  map: YAMLMap,
  document: Document,
  others: readonly string[],
): string | undefined {
  const names = effectiveEntries(map, document).flatMap(({ name, value }) =>
    typeof name === "string" &&
    !others.includes(name) &&
    shapeOf(nodeAt(value, [], document)) !== "nothing"
      ? [name]
      : [],
  );
  const known = commandKeys.find((key) => names.includes(key));
  const isMeant = (name: string) =>
    commandKeys.some((key) => name === key || (key.length > 4 && isMistyped(name, key)));
  return known ?? names.find((name) => isMeant(name.toLowerCase()));
}
