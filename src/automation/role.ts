import { type Fact, known } from "../fact.ts";
import type { EnvironmentType, Permission } from "../platform/access.ts";
import type { Environment } from "../platform/environments.ts";
import type { CliInvocation } from "../shell/cli-call.ts";
import { cliCommand, leastRole } from "../shell/cli-commands.ts";
import type { CliCommand } from "../shell/script.ts";
import { actedOn, homesOf, type ProjectEnvironments } from "./homes.ts";
import type { Job } from "./job.ts";
import { targetOf } from "./target.ts";

/**
 * The least permissions for all that some jobs do once they run, each on the environment that it is for. Absent where none
 * of them calls the CLI; unread as `roleFor` has it, and where a cron is known as it is deployed alone, and calls a script
 * that can't be read there. What can't be followed in the files is mostly a program of the app's own.
 */
export function roleOfJobs(
  jobs: readonly Job[],
  environments: ProjectEnvironments,
): Fact<readonly Permission[]> {
  const running = jobs.filter(({ kind }) => kind !== "build");
  for (const job of running)
    if (job.kind === "cron" && !("file" in job) && job.followed.kind === "stopped")
      return { kind: "unread", why: `${job.called} can't be followed: ${job.followed.why}` };
  return roleFor(
    running.flatMap(({ calls }) => calls),
    environments,
  );
}

/**
 * The same for the account of one kind of work: what calls in jobs of CI need counts where no job of the project calls
 * anything, since the token of one doesn't do the work of the other.
 */
export function roleOfWork(
  jobs: readonly Job[],
  ciCalls: readonly CliCommand[],
  environments: ProjectEnvironments,
): Fact<readonly Permission[]> {
  const ofJobs = roleOfJobs(jobs, environments);
  // `--version` alone asks nothing of the platform.
  const asking = ciCalls.filter(({ name }) => name !== "");
  return ofJobs.kind === "absent" ? roleFor(asking, environments) : ofJobs;
}

/**
 * The same for calls in jobs of CI, each on the environment that it names. Absent where all of them are for other projects;
 * unread where it isn't said what one is for.
 */
export function roleOfCiCalls(
  calls: readonly CliInvocation[],
  { project, all }: ProjectEnvironments,
): Fact<readonly Permission[]> {
  const needed: Permission[] = [];
  for (const call of calls) {
    const target = targetOf(call);
    if (target.kind === "of-project" && target.project !== project) continue;
    const named = "environment" in target ? target.environment : undefined;
    const environment = all.find(({ id, isMain }) => id === named || (named === "." && isMain));
    const facts = cliCommand(call.name);
    if (environment === undefined || facts === undefined || leastRole(facts) === beyond)
      return { kind: "unread", why: `which role ${call.name || call.program} needs isn't known` };
    if (environment.type === undefined) return typeUnread(environment);
    needed.push(...leastPermissions(environment.type, [call]));
  }
  return needed.length === 0 ? { kind: "absent" } : known(unitedPermissions(needed));
}

const beyond = "beyond the project";

/**
 * The least permissions with which some calls can be made, each on the environments that it acts on. Absent where nothing
 * is called, or only where there is no such environment; unread where a command isn't known, or where it acts.
 */
export function roleFor(
  calls: readonly CliCommand[],
  environments: ProjectEnvironments,
): Fact<readonly Permission[]> {
  const running = calls.filter((call) => homesOf({ calls: [call] }, environments).length > 0);
  if (running.length === 0) return { kind: "absent" };
  const needed: Permission[] = [];
  for (const call of running) {
    const facts = cliCommand(call.name);
    if (facts === undefined || leastRole(facts) === beyond)
      return { kind: "unread", why: `which role ${call.name || call.program} needs isn't known` };
    const targets = actedOn(call, environments);
    if (targets.length === 0)
      return { kind: "unread", why: `on which environment ${call.name} acts can't be told` };
    for (const target of targets) {
      if (target.type === undefined) return typeUnread(target);
      needed.push(...leastPermissions(target.type, [call]));
    }
  }
  return known(unitedPermissions(needed));
}

/** A role is given on a type of environments, and the API names none of this one that is known. */
function typeUnread({ id }: Environment): Fact<never> {
  return { kind: "unread", why: `of which type the environment ${id} is isn't known` };
}

const ranks = ["viewer", "contributor", "admin"];

/** Whether one of the permissions gives another: the same, or a higher role on the same type of environments. */
export function covers(held: readonly string[], wanted: string): boolean {
  const [type, role = ""] = wanted.split(":");
  return held.some((each) => {
    const [heldType, heldRole = ""] = each.split(":");
    return each === wanted || (heldType === type && ranks.indexOf(heldRole) > ranks.indexOf(role));
  });
}

/** Which of the needed permissions are neither held nor given by one that is; the project's admin may do everything. */
export function lackingOf(held: readonly string[], needed: readonly string[]): readonly string[] {
  return held.includes("admin") ? [] : needed.filter((each) => !covers(held, each));
}

/** The least permissions that have all of some others in them: of two roles on one type the higher. */
export function unitedPermissions(permissions: readonly Permission[]): readonly Permission[] {
  if (permissions.includes("admin")) return ["admin"];
  return [...new Set(permissions)].filter(
    (one) => !permissions.some((other) => other !== one && covers([other], one)),
  );
}

/**
 * The least permissions with which CLI commands can be run on an environment of this type. Names that the CLI doesn't
 * have, and commands that no role on a project gives the right to, ask for nothing.
 */
export function leastPermissions(
  type: EnvironmentType,
  commands: readonly { readonly name: string }[],
): readonly Permission[] {
  const roles = commands
    .flatMap(({ name }) => cliCommand(name) ?? [])
    .map((facts) => leastRole(facts));
  if (roles.includes("project admin")) return ["admin"];
  if (roles.includes("admin")) return ["viewer", `${type}:admin`];
  if (roles.includes("contributor")) return ["viewer", `${type}:contributor`];
  return ["viewer"];
}
