import type { VariableFlags } from "../platform/variables.ts";
import type { PreviewField } from "./kinds/kind.ts";

/** Permissions, in the form of `Permission`, as people read them: "viewer, admin on production". */
export function permissionWords(permissions: readonly string[]): string {
  return permissions.length === 0 ? "nothing" : permissions.map(permissionWord).join(", ");
}

/** What a permission lets an account do, as the manual's page on users has it. */
export function permissionMeans(permission: string): string {
  if (permission === "admin") return "may do everything in the project";
  if (permission === "viewer") return "may look at the project, and change nothing";
  const [type = "", role] = permission.split(":");
  if (role === "admin") return `may back up, deploy and change environments of the type ${type}`;
  return role === "contributor"
    ? `may push code to environments of the type ${type}`
    : `may look at environments of the type ${type}`;
}

/** A permission as people read it: "project admin", "viewer", "admin on production". */
export function permissionWord(permission: string): string {
  if (permission === "admin") return "project admin";
  const [type, role] = permission.split(":");
  return role === undefined ? permission : `${role} on ${type}`;
}

/** What previews say in place of the value of a variable or a secret. */
export const theValue = "the machine user's token";

/** Names a variable by its place: "env:PLATFORMSH_CLI_TOKEN on main of project abc"; one of the project has no environment. */
export function variableWords(variable: {
  readonly name: string;
  readonly environment?: string;
  readonly project: string;
}): string {
  const { name, environment, project } = variable;
  return `${name} ${environment === undefined ? "" : `on ${environment} `}of project ${project}`;
}

interface FlagWords {
  readonly name: string;
  /** Its state: "yes", "no", or the apps. */
  state(flags: VariableFlags): string;
  /** What that state means, in a few words; undefined where it says so itself. */
  means(flags: VariableFlags): string | undefined;
}

function yesOrNo(
  name: string,
  isSet: (flags: VariableFlags) => boolean,
  yes: string,
  no: string,
): FlagWords {
  return {
    name,
    state: (flags) => (isSet(flags) ? "yes" : "no"),
    means: (flags) => (isSet(flags) ? yes : no),
  };
}

/** Each flag of a variable by the name the console gives it, in the console's order, and what its state means. */
export const flagWords: readonly FlagWords[] = [
  yesOrNo(
    "sensitive",
    ({ sensitive }) => sensitive,
    "its value can't be read back",
    "whoever sees the environment can read its value",
  ),
  yesOrNo("enabled", ({ enabled }) => enabled, "the apps get it", "no app gets it"),
  yesOrNo(
    "inheritable",
    ({ inheritable }) => inheritable,
    "child environments get it too",
    "only this environment gets it",
  ),
  yesOrNo(
    "visible at build",
    ({ visibleAtBuild }) => visibleAtBuild,
    "build hooks and what they run can read it",
    "builds can't read it",
  ),
  yesOrNo(
    "visible at runtime",
    ({ visibleAtRuntime }) => visibleAtRuntime,
    "crons and the running app can read it",
    "crons and the running app can't read it",
  ),
  {
    name: "apps",
    state: ({ applicationScope }) =>
      applicationScope.length === 0 ? "all" : applicationScope.join(", "),
    means: () => undefined,
  },
];

/** A flag's state with what it means: "yes, its value can't be read back". */
export function flagState({ state, means }: FlagWords, flags: VariableFlags): string {
  const meaning = means(flags);
  return meaning === undefined ? state(flags) : `${state(flags)}, ${meaning}`;
}

/**
 * The flags of a variable as fields of a preview, each with what it is now.
 *
 * @param before undefined for a variable that isn't there yet
 */
export function flagFields(
  before: VariableFlags | undefined,
  after: VariableFlags,
): readonly PreviewField[] {
  return flagWords.map((words) => {
    const { name, state, means } = words;
    const value = state(after);
    const was = before === undefined ? undefined : state(before);
    const changed = was === undefined || was === value ? "" : ` (${was} now)`;
    const meaning = means(after);
    return {
      kind: "field",
      text: `${name}: ${flagState(words, after)}${changed}`,
      name,
      now: was ?? "–",
      value,
      ...(meaning === undefined ? {} : { means: meaning }),
    };
  });
}
