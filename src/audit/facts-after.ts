import type { Change } from "../change/change.ts";
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
    case "access": {
      const { user, after: permissions } = change;
      return facts.access === undefined
        ? facts
        : {
            ...facts,
            access: facts.access.map((one) => (one.user === user ? { ...one, permissions } : one)),
          };
    }
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
