import type { Environment } from "../platform/environments.ts";
import { type CliCommand, runsOn } from "../shell/script.ts";
import type { Job } from "./job.ts";
import { actsOn, targetOf } from "./target.ts";

/** The environments of a project, as far as the account sees them. */
export interface ProjectEnvironments {
  /** The project's id. */
  readonly project: string;
  readonly all: readonly Environment[];
  /** The one that the automation is for, where a job says nothing else. */
  readonly main: Environment;
}

/**
 * The environments on which a job belongs, and where its token, its role and its deployment are looked for: those that
 * its guards keep it to. What nothing keeps anywhere belongs on the main one, as does what may run there.
 */
export function homesOf({ calls }: Pick<Job, "calls">, environments: ProjectEnvironments) {
  const homes = new Set(calls.flatMap((call) => homesOfCall(call, environments)));
  return environments.all.filter((environment) => homes.has(environment.id));
}

function homesOfCall(call: CliCommand, { all, main }: ProjectEnvironments): readonly string[] {
  if (call.guard.kind === "unguarded") return [main.id];
  return all
    .filter(({ id, type }) => {
      const runs = runsOn(call, { branch: id, type });
      return runs === "yes" || (runs === "unknown" && id === main.id);
    })
    .map(({ id }) => id);
}

/** The environments that a call acts on from where it belongs; none where it runs nowhere, or that can't be told. */
export function actedOn(
  call: CliCommand,
  environments: ProjectEnvironments,
): readonly Environment[] {
  const homes = homesOfCall(call, environments);
  if (homes.length === 0) return [];
  const { all, project } = environments;
  return targetOf(call).kind === "own"
    ? all.filter(({ id }) => homes.includes(id))
    : all.filter(
        ({ id, type, isMain }) =>
          actsOn(call, { branch: id, type, isDefault: isMain, project }) === "yes",
      );
}
