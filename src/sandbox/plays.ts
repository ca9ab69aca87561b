import { Failure } from "../failure.ts";
import { accountByEmail, addApiToken, platformAccount } from "./accounts.ts";
import { deploy, deployedApps, startActivity } from "./activities.ts";
import { shortId } from "./identifiers.ts";
import { type EnvironmentAction, mayOnEnvironment } from "./permissions.ts";
import { type Environment, type Project, permissionsOn, type Store } from "./store.ts";

/** How a cron ran. */
interface CronRun {
  readonly result: "success" | "failure";
  /** The name of the API token that it worked with, when it needed one that is good. */
  readonly token?: string;
}

/** What the platform and people do that is no request to the API: Git pushes, crons, and the console. */
export interface Plays {
  /** Pushes files to a branch; the environment is built and deployed with them. */
  push(project: string, branch: string, files: Readonly<Record<string, string>>): void;
  /** Runs a cron now, as it is deployed, with the token that is deployed. */
  runCron(project: string, environment: string, cron: string): CronRun;
  /** Makes an API token in the console, as the account with this address. */
  makeToken(email: string, name: string): string;
}

/** Plays on a store. Every method throws a Failure for what isn't there. */
export function playsOn(store: Store): Plays {
  const place = (projectId: string, environmentId: string) => {
    const project = store.projects.get(projectId);
    const environment = project?.environments.get(environmentId);
    if (project !== undefined && environment !== undefined) return { project, environment };
    throw missing(`There is no environment ${environmentId} in ${projectId}`);
  };
  return {
    push: (projectId, branch, files) => {
      const { project, environment } = place(projectId, branch);
      const known = project.code.get(branch)?.files ?? {};
      project.code.set(branch, { files: { ...known, ...files }, at: store.now() });
      const activity = startActivity(store, project, environment, platform, {
        type: "environment.push",
        deed: `pushed to <environment>${branch}</environment>`,
      });
      deploy(project, environment, activity);
      const built = deployedApps(environment, activity.endsAt).flatMap(({ name, type, build }) => [
        `Building application '${name}' (runtime type: ${type}, tree: ${shortId()})`,
        ...(installs.test(build ?? "") ? ["Platform.sh CLI 5.11.1"] : []),
      ]);
      activity.log = built;
    },
    runCron: (projectId, environmentId, name) =>
      runCron(store, { ...place(projectId, environmentId), name }),
    makeToken: (email, name) => {
      const account = accountByEmail(store, email);
      if (account === undefined) throw missing(`There is no account ${email}`);
      return addApiToken(store, account, name);
    },
  };
}

/** The platform itself runs the crons. */
const platform = { id: platformAccount };

const installs = /installer/u;

/** The CLI commands that are played, and what they need the right to. */
const commands: readonly {
  readonly pattern: RegExp;
  readonly action: EnvironmentAction;
  readonly type: string;
}[] = [
  { pattern: /\bbackup(?::create)?\b/u, action: "backup", type: "environment.backup" },
  { pattern: /\b(?:environment:)?redeploy\b/u, action: "redeploy", type: "environment.redeploy" },
  {
    pattern: /\bsource-operation:run\b/u,
    action: "source-operation",
    type: "environment.source-operation",
  },
];

function runCron(
  store: Store,
  {
    project,
    environment,
    name,
  }: {
    readonly project: Project;
    readonly environment: Environment;
    readonly name: string;
  },
): CronRun {
  const script = deployedApps(environment, store.now()).find(({ crons }) => name in crons)?.crons[
    name
  ]?.start;
  if (script === undefined) throw missing(`No cron ${name} is deployed on ${environment.id}`);
  const activity = startActivity(store, project, environment, platform, {
    type: "environment.cron",
    deed: `ran cron <strong>${name}</strong>`,
    payload: { cron: name },
  });
  const command = commands.find(({ pattern }) => pattern.test(script));
  const guard = /"\$PLATFORM_BRANCH" = (\S+) \]/u.exec(script)?.[1];
  if (command === undefined || (guard !== undefined && guard !== environment.id)) {
    return { result: "success" };
  }
  const current = environment.deployments.findLast(({ since }) => since <= store.now());
  const value = current?.variables.find((one) => one.name === "env:PLATFORMSH_CLI_TOKEN")?.value;
  const token = [...store.apiTokens.values()].find(({ secret }) => secret === value);
  const account = token && store.accounts.get(token.account);
  const held = account === undefined ? [] : permissionsOn(store, project, account.id);
  if (
    token === undefined ||
    account === undefined ||
    !mayOnEnvironment(held, environment.type, command.action)
  ) {
    activity.result = "failure";
    activity.log = ["The cron ended with the code 3."];
    return { result: "failure" };
  }
  token.lastUsedAt = store.now();
  const backup = shortId();
  const made = startActivity(store, project, environment, account, {
    type: command.type,
    deed: `set off ${command.type}`,
    payload: command.action === "backup" ? { backup_name: backup } : {},
  });
  if (command.action === "backup") {
    environment.backups.push({ id: backup, createdAt: made.endsAt, safe: true });
  }
  return { result: "success", token: token.name };
}

function missing(what: string): Failure {
  return new Failure("api", { what, next: "look at what the sandbox has" });
}
