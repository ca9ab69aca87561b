import type { AccessChange, Change } from "../change/change.ts";
import { mapFact } from "../fact.ts";
import type { PlatformFacts } from "./rule.ts";

/** What the API would say once a change is made; as far as the audit needs it before it asks again. */
export function factsAfter(facts: PlatformFacts, change: Change): PlatformFacts {
  switch (change.kind) {
    case "variable-update": {
      const { name, after } = change;
      return {
        ...facts,
        variables: mapFact(facts.variables, (variables) =>
          variables.map((variable) =>
            variable.name === name ? { ...variable, flags: after } : variable,
          ),
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

function without(variables: PlatformFacts["variables"], name: string) {
  return mapFact(variables, (all) => all.filter((variable) => variable.name !== name));
}

/** The role of an account, as the project and the account's own token tell it. */
function withAccess(
  facts: PlatformFacts,
  { user, after: permissions }: AccessChange,
): PlatformFacts {
  const { id } = facts.project;
  return {
    ...facts,
    access: mapFact(facts.access, (access) =>
      access.map((one) => (one.user === user ? { ...one, permissions } : one)),
    ),
    machineUser: mapFact(facts.machineUser, ({ owner, grants, ...others }) => ({
      ...others,
      owner,
      grants:
        owner.id === user
          ? {
              ...grants,
              projects: grants.projects.map((one) =>
                one.id === id ? { ...one, permissions } : one,
              ),
            }
          : grants,
    })),
  };
}
