import type { AccessChange, Change } from "../change/change.ts";
import type { Variable } from "../platform/variables.ts";
import type { PlatformFacts } from "./rule.ts";

/** What the API would say once a change is made; as far as the audit needs it before it asks again. */
export function factsAfter(facts: PlatformFacts, change: Change): PlatformFacts {
  switch (change.kind) {
    case "variable-update": {
      const { name, after } = change;
      return {
        ...facts,
        variables: facts.variables.map((variable) =>
          variable.name === name ? { ...variable, flags: after } : variable,
        ),
      };
    }
    case "variable-deletion":
      return change.environment === undefined
        ? { ...facts, projectVariables: without(facts.projectVariables, change.name) }
        : { ...facts, variables: without(facts.variables, change.name) };
    case "access":
      return withAccess(facts, change);
    case "redeployment": {
      // A deployment sets paused crons going.
      const { deploymentState: _before, ...environment } = facts.environment;
      return { ...facts, environment };
    }
    default:
      return facts;
  }
}

function without(variables: readonly Variable[], name: string): readonly Variable[] {
  return variables.filter((variable) => variable.name !== name);
}

/** The role of an account, as the project and the account's own token tell it. */
function withAccess(
  facts: PlatformFacts,
  { user, after: permissions }: AccessChange,
): PlatformFacts {
  const { access, machineUser, project } = facts;
  const { owner, grants } = machineUser ?? {};
  return {
    ...facts,
    ...(access === undefined
      ? {}
      : { access: access.map((one) => (one.user === user ? { ...one, permissions } : one)) }),
    ...(machineUser === undefined || grants === undefined || owner?.id !== user
      ? {}
      : {
          machineUser: {
            ...machineUser,
            grants: {
              ...grants,
              projects: grants.projects.map((one) =>
                one.id === project.id ? { ...one, permissions } : one,
              ),
            },
          },
        }),
  };
}
