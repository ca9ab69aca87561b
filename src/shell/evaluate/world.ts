import { allVendors } from "../../vendors/registry.ts";
import { type GuardTarget, guardVariablesOf } from "../guard.ts";

/** One environment that a script may find itself in; undefined stands for a variable that isn't set. */
export interface World {
  readonly branch: string | undefined;
  readonly type: string | undefined;
}

/** Stands for every branch that the script doesn't name. No shell string can hold this character. */
export const otherBranch = "\0";

/** The environment types there are (platform manual, "Environments"). */
export const environmentTypes = ["production", "staging", "development"] as const;

/** Every combination of branch and environment type that the script can tell apart. */
export function worldsFor(branches: Iterable<string>): readonly World[] {
  return [...branches, otherBranch, undefined].flatMap((branch) =>
    [...environmentTypes, undefined].map((type) => ({ branch, type })),
  );
}

/** A world that notes what is asked of it: worlds that are alike in that are all the same to who asked. */
export function watched({ branch, type }: World): {
  readonly world: World;
  readonly asked: ReadonlySet<keyof World>;
} {
  const asked = new Set<keyof World>();
  const world = {
    get branch() {
      asked.add("branch");
      return branch;
    },
    get type() {
      asked.add("type");
      return type;
    },
  };
  return { world, asked };
}

/** Whether this is an environment that the platform can make: there, both variables are set. */
export function isReal(world: World): boolean {
  return world.branch !== undefined && world.type !== undefined;
}

/** What a variable says about the environment, if it is one that guards test. */
export function guardKind(variable: string): GuardTarget["kind"] | undefined {
  return kinds.get(variable);
}

const kinds: ReadonlyMap<string, GuardTarget["kind"]> = new Map(
  allVendors.flatMap((vendor) => {
    const { branch, type } = guardVariablesOf(vendor);
    return [
      [branch, "branch"],
      [type, "type"],
    ] as const;
  }),
);
