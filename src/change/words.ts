import type { VariableFlags } from "../platform/variables.ts";

/** Permissions, in the form of `Permission`, as people read them: "viewer, admin on production". */
export function permissionWords(permissions: readonly string[]): string {
  return permissions.length === 0 ? "nothing" : permissions.map(permissionWord).join(", ");
}

function permissionWord(permission: string): string {
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
  /** Its state, in a few words. */
  word(flags: VariableFlags): string;
}

const yesOrNo = (yes: string, no: string, set: boolean) => (set ? `yes, ${yes}` : `no, ${no}`);

/** Each flag of a variable by the name the console gives it, in the console's order, and what its state means. */
export const flagWords: readonly FlagWords[] = [
  {
    name: "sensitive",
    word: ({ sensitive }) =>
      yesOrNo(
        "its value can't be read back",
        "whoever sees the environment can read its value",
        sensitive,
      ),
  },
  {
    name: "enabled",
    word: ({ enabled }) => yesOrNo("the apps get it", "no app gets it", enabled),
  },
  {
    name: "inheritable",
    word: ({ inheritable }) =>
      yesOrNo("child environments get it too", "only this environment gets it", inheritable),
  },
  {
    name: "visible at build",
    word: ({ visibleAtBuild }) =>
      yesOrNo("build hooks and what they run can read it", "builds can't read it", visibleAtBuild),
  },
  {
    name: "visible at runtime",
    word: ({ visibleAtRuntime }) =>
      yesOrNo(
        "crons and the running app can read it",
        "crons and the running app can't read it",
        visibleAtRuntime,
      ),
  },
  {
    name: "apps",
    word: ({ applicationScope }) =>
      applicationScope.length === 0 ? "all" : applicationScope.join(", "),
  },
];
