import { createHash, randomBytes } from "node:crypto";
import { addAccount, addApiToken } from "./accounts.ts";
import { deploy } from "./activities.ts";
import { commitFiles } from "./git-objects.ts";
import { organizationId } from "./identifiers.ts";
import type { Permission } from "./permissions.ts";
import { sampleFiles } from "./sample-project.ts";
import {
  blogProjectId,
  demoProjectId,
  portalProjectId,
  type SampleEnvironment,
  type SampleProject,
  sampleProjects,
  theatreProjectId,
} from "./seed-projects.ts";
import { newSshAuthority } from "./ssh-authority.ts";
import {
  type Account,
  type Environment,
  grantAccess,
  type Organization,
  type Project,
  type Store,
  type Variable,
} from "./store.ts";
import { defaultSettings } from "./variables.ts";

export { demoProjectId };

const day = 24 * 60 * 60 * 1000;

/**
 * A store with the sample in it: two organizations, their projects, and the people who work on them.
 *
 * @param timing the clock (milliseconds since 1970) and how long things take, in milliseconds
 * @returns the store, the account that machinist is meant to sign in as, and its API token
 */
export function sampleStore(
  timing: Pick<Store, "now" | "activityMs" | "accessTokenMs" | "faults">,
): {
  readonly store: Store;
  readonly operator: Account;
  readonly operatorToken: string;
} {
  const store: Store = {
    ...timing,
    failNext: false,
    signingKey: randomBytes(32),
    sshAuthority: newSshAuthority(),
    accounts: new Map(),
    apiTokens: new Map(),
    accessTokens: new Map(),
    organizations: new Map(),
    projects: new Map(),
  };
  const operator = addAccount(store, "operator@example.org", {
    first: "Operator",
    last: "Example",
  });
  const colleague = addAccount(store, "developer@example.org", {
    first: "Developer",
    last: "Example",
  });
  const editor = addAccount(store, "editor@example.org", { first: "Editor", last: "Example" });
  const partner = addAccount(store, "partner@example.org", { first: "Partner", last: "Example" });
  const bot = addAccount(store, "bot@example.org", { first: "Bot", last: "Example" });
  const organizations = {
    atelier: addOrganization(store, "atelier-nord", "Atelier Nord", operator),
    partners: addOrganization(store, "partner-works", "Partner Works", partner),
  };
  for (const sample of sampleProjects) {
    const organization = organizations[sample.organization];
    const project = addProject(store, sample, organization);
    grantAccess(store, project, organization.owner, ["admin"]);
  }
  const grants: readonly (readonly [string, Account, readonly Permission[]])[] = [
    [
      portalProjectId,
      operator,
      ["viewer", "production:viewer", "staging:viewer", "development:viewer"],
    ],
    [demoProjectId, colleague, ["viewer", "staging:contributor", "development:admin"]],
    [demoProjectId, editor, ["viewer", "production:viewer"]],
    [blogProjectId, colleague, ["admin"]],
    [blogProjectId, bot, ["admin"]],
    [theatreProjectId, bot, ["admin"]],
  ];
  for (const [id, account, permissions] of grants) {
    const project = store.projects.get(id);
    if (project !== undefined) grantAccess(store, project, account.id, permissions);
  }
  const shop = store.projects.get(demoProjectId);
  for (const branch of shop?.environments.keys() ?? []) {
    if (shop !== undefined) commitFiles(shop.code, branch, sampleFiles, shop.createdAt);
  }
  addMisconfiguredToken(store, bot);
  for (const project of store.projects.values()) deployAll(project);
  return { store, operator, operatorToken: addApiToken(store, operator, "laptop") };
}

function addOrganization(store: Store, name: string, label: string, owner: Account): Organization {
  const since = store.now() - 400 * day;
  const organization: Organization = {
    id: organizationId(),
    name,
    label,
    owner: owner.id,
    members: new Map([[owner.id, { permissions: ["admin"], since }]]),
    createdAt: since,
  };
  store.organizations.set(organization.id, organization);
  return organization;
}

function addProject(store: Store, sample: SampleProject, organization: Organization): Project {
  const createdAt = store.now() - 300 * day;
  const project: Project = {
    id: sample.id,
    title: sample.title,
    organization: organization.id,
    region: sample.region,
    defaultBranch: sample.defaultBranch,
    timezone: sample.timezone,
    suspended: sample.suspended ?? false,
    createdAt,
    apps: [sample.app],
    code: { branches: new Map(), objects: new Map() },
    grants: new Map(),
    invitations: new Map(),
    variables: new Map(),
    environments: new Map(
      sample.environments.map((environment) => [
        environment.id,
        environmentOf(environment, createdAt),
      ]),
    ),
    activities: [],
  };
  store.projects.set(project.id, project);
  return project;
}

function environmentOf(sample: SampleEnvironment, createdAt: number): Environment {
  return {
    id: sample.id,
    title: sample.title,
    machineName: machineName(sample.id),
    type: sample.type,
    parent: sample.parent,
    status: sample.inactive ? "inactive" : "active",
    createdAt,
    variables: new Map(),
    deployments: [],
    backups: [],
  };
}

/** A slug and seven letters and digits that follow from the id, as in host names: `main-bvxea6i`. */
function machineName(id: string): string {
  const slug = id.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const hash = Number.parseInt(createHash("sha256").update(id).digest("hex").slice(0, 12), 16);
  return `${slug}-${hash.toString(36).slice(0, 7)}`;
}

/**
 * What people do who set this up in a hurry: the token of a bot, admin of two projects, in a variable
 * that is neither sensitive nor kept on production.
 */
function addMisconfiguredToken(store: Store, bot: Account): void {
  const setAt = store.now() - 200 * day;
  const variable: Variable = {
    ...defaultSettings,
    name: "env:PLATFORMSH_CLI_TOKEN",
    value: addApiToken(store, bot, "cron"),
    visible_build: true,
    createdAt: setAt,
    updatedAt: setAt,
  };
  const main = store.projects.get(blogProjectId)?.environments.get("main");
  main?.variables.set(variable.name, variable);
}

function deployAll(project: Project): void {
  for (const environment of project.environments.values()) {
    if (environment.status === "active")
      deploy(project, environment, { endsAt: project.createdAt, result: "success" });
  }
}
