import type { VariableFlags } from "../platform/variables.ts";
import { printable } from "../printable.ts";
import type { Change } from "./change.ts";
import type { Reversal } from "./kinds/reversal.ts";

/**
 * What a change did, in the past tense, for the transcript: "Created the variable …".
 *
 * @param id of the commit that was made by it
 */
export function doneLine(change: Change | Reversal, id?: string): string {
  return printable(lineOf(change, id));
}

function lineOf(change: Change | Reversal, id: string | undefined): string {
  switch (change.kind) {
    case "file":
      return `Changed ${change.shown}: ${change.purpose}`;
    case "file-creation":
      return `Made ${change.shown}: ${change.purpose}`;
    case "file-removal":
      return `Removed ${change.shown}, which was made by the run`;
    case "commit": {
      const files = change.files.map(({ path }) => path).join(", ");
      return `Committed ${files} on ${change.branch}${id === undefined ? "" : ` (${id.slice(0, 7)})`}`;
    }
    case "commit-removal":
      return `Took the commit ${change.commit.slice(0, 7)} off ${change.branch}`;
    case "invitation":
      return `Invited ${change.email} to project ${change.project} as ${permissionWords(change.permissions)}`;
    case "invitation-cancellation":
      return `Cancelled the invitation of ${change.email}`;
    case "redeployment":
      return `Redeployed ${change.environment} of project ${change.project}`;
    case "token-revocation":
      return `Revoked the API token ${change.name} of ${change.email}`;
    case "access":
      return `${change.email} is now ${permissionWords(change.after)} in project ${change.project}`;
    case "access-removal":
      return `Removed ${change.email} from project ${change.project}`;
    case "ci-secret":
      return `Set the secret ${change.name} of ${change.repository} on ${change.host}`;
    case "ci-secret-deletion":
      return `Deleted the secret ${change.name} of ${change.repository} on ${change.host}`;
    case "variable-creation":
      return `Created the variable ${variableWords(change)}`;
    case "variable-update":
      return `Changed the variable ${variableWords(change)}`;
    case "variable-deletion":
      return `Deleted the variable ${variableWords(change)}`;
  }
}

/** Permissions, in the form of `Permission`, as people read them: "viewer, admin on production". */
export function permissionWords(permissions: readonly string[]): string {
  return permissions.length === 0 ? "nothing" : permissions.map(permissionWord).join(", ");
}

function permissionWord(permission: string): string {
  if (permission === "admin") return "project admin";
  const [type, role] = permission.split(":");
  return role === undefined ? permission : `${role} on ${type}`;
}

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
