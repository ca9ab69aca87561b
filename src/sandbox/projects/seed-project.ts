import { deployable } from "../events/activities.ts";
import { platformAccount } from "../state/accounts.ts";
import { machineName, shortId } from "../state/identifiers.ts";
import { defaultSettings } from "../state/variables.ts";
import type {
  Account,
  Organization,
  StoredEnvironment,
  StoredProject,
  StoredVariable,
} from "../store.ts";
import { openToAll } from "../store.ts";
import type { SampleEnvironment, SampleProject, SampleRun } from "./sample.ts";

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** Accounts by their addresses. */
export type People = ReadonlyMap<string, Account>;

/** Where a project is made: whom it may name, and the moment that its ages count back from. */
export interface SeedSetting {
  readonly organization: Organization;
  readonly people: People;
  /** The API tokens that crons use, by account. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Makes a project of its plain data. Whom it names is there already; others are passed over. */
export function seededProject(sample: SampleProject, setting: SeedSetting): StoredProject {
  const { organization, people, now } = setting;
  const createdAt = now - (sample.age ?? 300) * day;
  const snapshot = { files: sample.files, at: createdAt };
  const grants = Object.entries(sample.grants ?? {}).map(
    ([email, permissions]) => [people.get(email)?.id ?? "", permissions] as const,
  );
  const project: StoredProject = {
    id: sample.id,
    title: sample.title,
    organization: organization.id,
    vendor: sample.vendor ?? "upsun",
    region: sample.region,
    defaultBranch: sample.defaultBranch,
    timezone: sample.timezone,
    suspended: sample.suspended ?? false,
    createdAt,
    code: new Map(sample.environments.map(({ id }) => [id, snapshot])),
    grants: new Map(
      [[organization.owner, ["admin"]] as const, ...grants].map(([account, permissions]) => [
        account,
        { permissions, grantedAt: createdAt, updatedAt: createdAt },
      ]),
    ),
    invitations: new Map(),
    variables: new Map(),
    domains: new Map(),
    integrations: new Map(),
    environments: new Map(
      sample.environments.map((environment) => [
        environment.id,
        environmentOf(environment, createdAt),
      ]),
    ),
    activities: [],
  };
  addVariables(project, sample, setting);
  for (const environment of project.environments.values()) {
    if (environment.status === "inactive") continue;
    const variables = deployable(project, environment);
    environment.deployments.push({ since: createdAt, variables, apps: sample.apps });
  }
  const production = project.environments.get(project.defaultBranch);
  for (const run of sample.runs ?? []) {
    if (production !== undefined) addRun(project, production, run, setting);
  }
  return project;
}

function environmentOf(sample: SampleEnvironment, createdAt: number): StoredEnvironment {
  return {
    id: sample.id,
    title: sample.title,
    machineName: machineName(sample.id),
    type: sample.type,
    parent: sample.parent,
    status: sample.inactive ? "inactive" : "active",
    crons: sample.pausedCrons ? "paused" : "running",
    manualDeployments: false,
    httpAccess: openToAll,
    createdAt,
    variables: new Map(),
    deployments: [],
    backups: [],
  };
}

function addVariables(
  project: StoredProject,
  { variables = [] }: SampleProject,
  { people, tokens }: SeedSetting,
): void {
  for (const { name, environment, value, settings } of variables) {
    const setAt = project.createdAt + day;
    const lent = typeof value === "string" ? undefined : people.get(value.tokenOf)?.id;
    const variable: StoredVariable = {
      ...defaultSettings,
      ...settings,
      name,
      value: typeof value === "string" ? value : (tokens.get(lent ?? "") ?? ""),
      createdAt: setAt,
      updatedAt: setAt,
    };
    const shelf = environment === undefined ? project : project.environments.get(environment);
    shelf?.variables.set(name, variable);
  }
}

function addRun(
  project: StoredProject,
  environment: StoredEnvironment,
  run: SampleRun,
  { people, now }: SeedSetting,
): void {
  const at = now - run.age * hour;
  const shared = {
    environments: [environment.id],
    createdAt: at,
    startsAt: at + 1000,
    endsAt: at + 20_000,
    result: run.result,
  };
  project.activities.push({
    ...shared,
    id: shortId(),
    type: "environment.cron",
    account: platformAccount,
    deed: `ran cron <em>${run.cron}</em>`,
    payload: { cron: run.cron },
    log: run.log,
  });
  const maker = people.get(run.backupBy ?? "");
  if (maker === undefined) return;
  const backup = shortId();
  environment.backups.push({ id: backup, createdAt: shared.endsAt, safe: true });
  project.activities.push({
    ...shared,
    id: shortId(),
    type: "environment.backup",
    account: maker.id,
    deed: `created a backup of <environment>${environment.id}</environment>`,
    payload: { backup_name: backup },
  });
}
