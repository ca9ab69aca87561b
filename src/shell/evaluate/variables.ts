import { containerPrefixes } from "../../vendors/registry.ts";
import { sameText, unknown, type Value } from "./value.ts";
import { guardKind, isMachineName, isMistakenName, type World } from "./world.ts";

/** What a shell's variables hold at one point of a script, in one environment. */
export class Variables {
  readonly #world: World;
  readonly #set = new Map<string, Value>();
  #lost = false;

  constructor(world: World) {
    this.#world = world;
  }

  /** The value, or what is taken when the variable isn't set (`${NAME:-fallback}`). */
  value(name: string, fallback?: Value): Value {
    const set = this.#set.get(name);
    if (set !== undefined) return set;
    if (this.#lost) return unknown;
    const isMachine = isMachineName(name);
    const kind = isMachine ? "branch" : guardKind(name);
    // Where there is a branch, there is a machine name.
    if (isMachine && this.#world.branch !== undefined)
      return { kind: "unknown", same: false, machineName: true };
    if (kind === undefined) {
      if (isMistakenName(name)) return mistakenFor(name, fallback ?? sameText(""));
      return { kind: "unknown", same: steady.has(name) };
    }
    const content = this.#world[kind];
    if (content === undefined) return fallback ?? { ...sameText(""), from: kind };
    return { ...sameText(content), from: kind };
  }

  /** Sets a variable, whatever it held. */
  set(name: string, value: Value): void {
    this.#set.set(name, value);
  }

  /** One variable may hold anything from here on; all of them without a name. */
  lose(name?: string): void {
    if (name !== undefined) {
      this.#set.set(name, unknown);
      return;
    }
    this.#set.clear();
    this.#lost = true;
  }

  /** As a subshell starts with them. */
  copy(): Variables {
    const copy = new Variables(this.#world);
    for (const [name, value] of this.#set) copy.#set.set(name, value);
    copy.#lost = this.#lost;
    return copy;
  }

  /** As a program gets them: what the script has set itself isn't exported, as far as is known. */
  exported(): Variables {
    const exported = this.copy();
    for (const name of this.#set.keys()) {
      const kind = guardKind(name);
      // One that the environment has stays exported; where it has none, the script may only have it for itself.
      if (kind === undefined || this.#world[kind] === undefined) exported.#set.set(name, unknown);
    }
    return exported;
  }
}

/** Variables that are set alike in every environment of a project (platform manual, "Use variables"). */
const steady = new Set([
  "HOME",
  "PATH",
  "PWD",
  ...containerPrefixes.flatMap((prefix) =>
    ["APPLICATION_NAME", "APP_DIR", "PROJECT"].map((name) => prefix + name),
  ),
]);

/** What stands for a variable that no platform sets. */
function mistakenFor(name: string, value: Value): Value {
  return value.kind === "text" && value.from === undefined ? { ...value, mistaken: name } : value;
}
