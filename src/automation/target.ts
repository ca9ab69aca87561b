import { type CliInvocation, changesPlatform, flagValue, positionals } from "../shell/cli-call.ts";
import {
  type CliCommand,
  type EnvironmentTraits,
  environmentTypes,
  runsOn,
} from "../shell/script.ts";
import { containerPrefixes, patternOfAny } from "../vendors/registry.ts";

/** The environment that a call of the CLI acts on. */
export type Target =
  /** The one that it runs on. */
  | { readonly kind: "own" }
  | { readonly kind: "named"; readonly environment: string }
  /** The project's default environment, whichever it runs on: `-e .` (source of the CLI, 5.11, `Selector`). */
  | { readonly kind: "default" }
  /** One of a project that is named by its id, which may be this one. */
  | {
      readonly kind: "of-project";
      readonly project: string;
      readonly environment: string | undefined;
    }
  /** The text says it in a way that only the shell can follow. */
  | { readonly kind: "unknown"; readonly written: string };

/** An environment that a call may act on, as far as it is known. */
export interface TargetEnvironment extends EnvironmentTraits {
  /** Whether it is the project's default environment. */
  readonly isDefault?: boolean | undefined;
  /** The id of its project. */
  readonly project?: string;
}

/** Reads which environment a call acts on from its options, and from the arguments of the commands that take one. */
export function targetOf(call: CliInvocation): Target {
  const project = flagValue(call, "--project", "p");
  const environment = environmentNamed(call);
  const written = [project, environment].find((text) => text !== undefined && isForTheShell(text));
  if (written !== undefined) return { kind: "unknown", written };
  if (project !== undefined && !ownProject.test(project))
    return { kind: "of-project", project, environment };
  if (environment === undefined || ownEnvironment.test(environment)) return { kind: "own" };
  return environment === "." ? { kind: "default" } : { kind: "named", environment };
}

/** What holds the environment's own name or id where the call runs (platform manual, "Use variables"). */
const prefix = patternOfAny(containerPrefixes);
const ownEnvironment = new RegExp(`^\\$\\{?${prefix}(?:BRANCH|ENVIRONMENT)\\}?$`, "u");
const ownProject = new RegExp(`^\\$\\{?${prefix}PROJECT\\}?$`, "u");

function isForTheShell(text: string): boolean {
  return /[$`]/u.test(text) && !ownEnvironment.test(text) && !ownProject.test(text);
}

/** Commands whose first argument is the environment (source of the CLI, 5.11). */
const takesEnvironment = new Set([
  "backup:create",
  "environment:activate",
  "environment:delete",
  "environment:merge",
]);

/** The environment that a call names, as written; a push names its target. */
export function environmentNamed(call: CliInvocation): string | undefined {
  const target = call.name === "environment:push" ? flagValue(call, "--target") : undefined;
  return target ?? flagValue(call, "--environment", "e") ?? environmentArgument(call);
}

function environmentArgument(call: CliInvocation): string | undefined {
  if (!takesEnvironment.has(call.name)) return undefined;
  return positionals(call)[0]?.text;
}

/** Whether a call acts on an environment: it does what it does to it, from wherever it runs. */
export function actsOn(
  command: CliCommand,
  environment: TargetEnvironment,
): "yes" | "no" | "unknown" {
  return reaches(targetOf(command), command, environment);
}

function reaches(
  target: Target,
  command: CliCommand,
  environment: TargetEnvironment,
): "yes" | "no" | "unknown" {
  const { branch, isDefault, project } = environment;
  switch (target.kind) {
    case "own":
      return runsOn(command, environment);
    case "named":
      if (branch === undefined) return "unknown";
      return target.environment === branch ? "yes" : "no";
    case "default":
      if (isDefault === undefined) return "unknown";
      return isDefault ? "yes" : "no";
    case "of-project":
      if (project === undefined || target.environment === undefined) return "unknown";
      return project === target.project && target.environment === branch ? "yes" : "no";
    case "unknown":
      return "unknown";
  }
}

/**
 * The command before this one that names an environment, when this one changes something and names none: it acts on the
 * environment that the script runs in, where it was probably meant for the other.
 *
 * @param commands all commands of the script, in order
 */
export function forgetsEnvironment(
  command: CliCommand,
  commands: readonly CliCommand[],
): CliCommand | undefined {
  const isSilent = flagValue(command, "--environment", "e") === undefined;
  if (!isSilent || targetOf(command).kind !== "own" || !changesPlatform(command)) return undefined;
  const names = (other: CliCommand) => ["named", "unknown"].includes(targetOf(other).kind);
  return commands.find(
    (other) => other.start < command.start && changesPlatform(other) && names(other),
  );
}

/** Whether two calls may ever act on one environment, started each where it runs. */
export function mayMeet(one: CliCommand, other: CliCommand): boolean {
  return environmentsNamed([one, other]).some(
    (environment) => actsOn(one, environment) !== "no" && actsOn(other, environment) !== "no",
  );
}

/** Every environment that some calls can tell apart, and one that none of them names, of each type. */
function environmentsNamed(calls: readonly CliCommand[]): readonly TargetEnvironment[] {
  const inGuards = calls.flatMap(({ ways }) => ways.flatMap(({ world }) => world.branch ?? []));
  const asTargets = calls
    .map(targetOf)
    .flatMap((target) => (target.kind === "named" ? target.environment : []));
  const branches = new Set([...inGuards, ...asTargets]);
  return [...branches].flatMap((branch) => environmentTypes.map((type) => ({ branch, type })));
}

/** An environment as people are told of it: "staging", "the environment that it runs on". */
export function targetWords(target: Target): string {
  switch (target.kind) {
    case "own":
      return "the environment that it runs on";
    case "named":
      return target.environment;
    case "default":
      return "the project's default environment";
    case "of-project":
      return [target.environment, `the project ${target.project}`].filter(Boolean).join(" of ");
    case "unknown":
      return `what ${target.written} stands for`;
  }
}
