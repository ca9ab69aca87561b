import { homesOf, type ProjectEnvironments } from "../../automation/homes.ts";
import type { Job } from "../../automation/job.ts";
import { type Fact, known, valueIn } from "../../fact.ts";
import type { Variable } from "../../platform/variables.ts";
import type { EnvironmentFacts, PlatformFacts } from "../rule.ts";

/** The environments of the project, as the jobs look for theirs among them. */
export function environmentsOf({
  project,
  environment,
  environments = [environment],
}: PlatformFacts): ProjectEnvironments {
  return { project: project.id, all: environments, main: environment };
}

/** Whether the API told all environments that the account sees, so that another one isn't there. */
export function listsEveryEnvironment({ unnamed = 0, gaps = [] }: PlatformFacts): boolean {
  return unnamed === 0 && gaps.every((gap) => gap.of !== "environments");
}

/** What is known of each environment that was read: the main one, and those that jobs are kept to. */
export function environmentsRead(platform: PlatformFacts): readonly EnvironmentFacts[] {
  return [platform, ...(platform.others ?? [])];
}

/** The variable as an environment has it by itself; undefined where it has none, or where that isn't known. */
export function ownVariable({ variables }: EnvironmentFacts, name: string): Variable | undefined {
  return valueIn(variables)?.find((variable) => variable.name === name && !variable.inherited);
}

/** A variable that an environment has, its own, one that it inherits, or one of the project, which every environment has. */
export function variableOn(
  { variables }: Pick<EnvironmentFacts, "variables">,
  { projectVariables }: Pick<PlatformFacts, "projectVariables">,
  name: string,
): Fact<Variable> {
  const isIt = (variable: Variable) => variable.name === name;
  const own = valueIn(variables)?.find(isIt);
  if (own !== undefined) return known(own);
  const ofProject = valueIn(projectVariables)?.find(isIt);
  // One of the environment would count in its stead.
  if (variables.kind === "unread") return variables;
  if (ofProject !== undefined) return known(ofProject);
  return projectVariables.kind === "unread" ? projectVariables : { kind: "absent" };
}

/** What is known of the environments on which a job belongs. */
export function homesRead(
  job: Pick<Job, "calls">,
  platform: PlatformFacts,
): readonly EnvironmentFacts[] {
  const homes = new Set(homesOf(job, environmentsOf(platform)).map(({ id }) => id));
  return environmentsRead(platform).filter(({ environment }) => homes.has(environment.id));
}
