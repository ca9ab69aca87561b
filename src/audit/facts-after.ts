import type { AccessChange, Change } from "../change/change.ts";
import { mapFact } from "../fact.ts";
import type { Environment } from "../platform/environments.ts";
import type { EnvironmentFacts, PlatformFacts } from "./rule.ts";

/** What the API would say once a change is made; as far as the audit needs it before it asks again. */
export function factsAfter(facts: PlatformFacts, change: Change): PlatformFacts {
  switch (change.kind) {
    case "variable-update": {
      const { name, after } = change;
      return onEnvironment(facts, change.environment, (one) => ({
        ...one,
        variables: mapFact(one.variables, (variables) =>
          variables.map((variable) =>
            variable.name === name ? { ...variable, flags: after } : variable,
          ),
        ),
      }));
    }
    case "variable-deletion":
      return change.environment === undefined
        ? { ...facts, projectVariables: without(facts.projectVariables, change.name) }
        : onEnvironment(facts, change.environment, (one) => ({
            ...one,
            variables: without(one.variables, change.name),
          }));
    case "access":
      return withAccess(facts, change);
    case "redeployment":
      return onEnvironment(facts, change.environment, ({ environment, ...one }) => {
        // A deployment sets paused crons going.
        const { successful = true, at } = environment.deploymentState ?? {};
        const deploymentState = { successful, at, crons: "running" };
        return { ...one, environment: { ...environment, deploymentState } };
      });
    default:
      return facts;
  }
}

/** The facts with those about one environment changed, be it the main one or another. */
function onEnvironment(
  facts: PlatformFacts,
  id: string,
  change: (one: EnvironmentFacts) => EnvironmentFacts,
): PlatformFacts {
  const { others = [], environments } = facts;
  const isIt = ({ environment }: EnvironmentFacts) => environment.id === id;
  const changed = isIt(facts) ? { ...facts, ...change(facts) } : facts;
  const now = [changed, ...others.map((other) => (isIt(other) ? change(other) : other))];
  const find = (environment: Environment) =>
    now.find((one) => one.environment.id === environment.id)?.environment ?? environment;
  return {
    ...changed,
    others: now.slice(1),
    ...(environments === undefined ? {} : { environments: environments.map(find) }),
  };
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
