import { isMistyped } from "../../edit-distance.ts";
import { allVendors, containerPrefixes, patternOfAny } from "../../vendors/registry.ts";
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
export function watchWorld({ branch, type }: World): {
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

/**
 * Whether a command substitution runs a variable of the environment as if it were a program: `$(PLATFORM_BRANCH)`,
 * `` `$PLATFORM_BRANCH` ``.
 */
export function isVariableAsCommand(text: string): boolean {
  const name = /^(?:\$\(\s*"?(?:\$\{?)?(\w+)\}?"?\s*\)|`"?(?:\$\{?)?(\w+)\}?"?`)$/u
    .exec(text)
    ?.slice(1)
    .find((each) => each !== undefined);
  return name !== undefined && guardKind(name) !== undefined;
}

/** Whether a variable holds the machine name of the environment: that of its branch with a suffix, `main-bvxea6i`. */
export function isMachineName(variable: string): boolean {
  return machineNames.has(variable);
}

const machineNames: ReadonlySet<string> = new Set(
  containerPrefixes.map((prefix) => `${prefix}ENVIRONMENT`),
);

/** Whether a text may be the machine name of an environment. */
export function mayBeMachineName(text: string): boolean {
  return text === "" || /-[a-z0-9]{7}$/u.test(text);
}

/**
 * Whether a variable looks as if it told the branch or the type of the environment, and no platform sets it:
 * `PLATFORM_TYPE`, `PLATFROM_BRANCH`, `platform_branch`.
 */
export function isMistakenName(variable: string): boolean {
  if (guardKind(variable) !== undefined || isMachineName(variable)) return false;
  if (guardKind(variable.toUpperCase()) !== undefined) return true;
  return mistaken.test(variable) || [...kinds.keys()].some((name) => isMistyped(variable, name));
}

const mistaken = new RegExp(
  `^${patternOfAny(containerPrefixes)}(?:TYPE|ENV|ENV_TYPE|ENV_NAME|ENVIRONMENT_(?:BRANCH|NAME)|(?:BRANCH|GIT)_NAME|GIT_BRANCH|ENV_BRANCH)$`,
  "u",
);
