import { parseApp } from "../../src/appfile/read.ts";
import type { PlatformFacts, PlatformPart } from "../../src/audit/rule.ts";
import { type Fact, known } from "../../src/fact.ts";
import type { Access } from "../../src/platform/access.ts";
import type { Activity } from "../../src/platform/activities.ts";
import type { Deployment } from "../../src/platform/deployments.ts";
import type { Environment } from "../../src/platform/environments.ts";
import type { SourceIntegration } from "../../src/platform/integrations.ts";
import type { ProductSettings } from "../../src/platform/project-settings.ts";
import type { TokenFacts } from "../../src/platform/users.ts";
import type { Variable, VariableFlags } from "../../src/platform/variables.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { appLocation, guarded } from "./app.ts";
import type { Example } from "./rule-cases.ts";

export const asItShouldBe: VariableFlags = {
  sensitive: true,
  enabled: true,
  inheritable: false,
  visibleAtBuild: false,
  visibleAtRuntime: true,
  applicationScope: [],
};

const projectId = "abcdefghijklm";
export const text = guarded("platform backup:create --yes --no-wait");

/** An app whose crons are as they should be, with its project. */
type ProjectExample = Exclude<Example, string> & {
  readonly facts: { readonly platform: PlatformFacts };
};

/** What is said about a project: its parts as they were read, or as facts. */
export type ProjectFacts = Partial<Omit<PlatformFacts, PlatformPart>> & {
  readonly [P in PlatformPart]?: PlatformFacts[P] | KnownValue<PlatformFacts[P]>;
};

type KnownValue<F> = F extends { readonly kind: "known"; readonly value: infer T } ? T : never;

function asFact<T extends object | string>(said: Fact<T> | T | undefined): Fact<T> {
  if (said === undefined) return { kind: "absent" };
  return typeof said === "object" && "kind" in said ? said : known(said);
}

/** A project whose token variable has these flags, and whatever else is said about it. */
export function project(flags: Partial<VariableFlags>, more: ProjectFacts = {}): ProjectExample {
  const own = {
    name: "env:PLATFORMSH_CLI_TOKEN",
    flags: { ...asItShouldBe, ...flags },
    inherited: false,
  };
  const platform: PlatformFacts = {
    project: {
      id: projectId,
      title: "Shop",
      defaultBranch: "main",
      region: "eu-3.platform.sh",
      organization: undefined,
      timezone: "UTC",
    },
    environment: {
      id: "main",
      title: "Main",
      type: "production",
      status: "active",
      isMain: true,
      operations: [],
      deploymentState: { successful: true, at: undefined, crons: "running" },
    },
    vendor: vendors.platformsh,
    ...more,
    variables: asFact<readonly Variable[]>(more.variables ?? [own]),
    projectVariables: asFact<readonly Variable[]>(more.projectVariables ?? []),
    access: asFact<readonly Access[]>(more.access),
    deployment: asFact<Deployment>(more.deployment),
    runs: asFact<readonly Activity[]>(more.runs),
    operator: asFact<string>(more.operator),
    settings: asFact<ProductSettings>(more.settings),
    integrations: asFact<readonly SourceIntegration[]>(more.integrations),
    machineUser: asFact<TokenFacts>(more.machineUser),
  };
  return { text, facts: { platform } };
}

export const token = "env:PLATFORMSH_CLI_TOKEN";

export function named(name: string): Variable {
  return { name, flags: asItShouldBe, inherited: false };
}

const { crons: parsed, hooks } = parseApp(appLocation, text);
/** The build hook of the app. */
export const build = hooks.build?.text ?? "";
export const job = {
  name: "job",
  spec: parsed[0]?.spec?.value ?? "",
  command: parsed[0]?.script?.text ?? "",
};
type DeployedApp = Deployment["apps"][number];

export const idle: DeployedApp = {
  name: "shop",
  crons: [],
  hooks: {},
  sourceOperations: [],
  sshRole: "contributor",
  timezone: undefined,
  root: "",
};
export const calling: DeployedApp = { ...idle, crons: [job] };

/** These apps, the second under another name. */
export function deployed(...apps: readonly DeployedApp[]): Deployment {
  const [first, ...others] = apps;
  const renamed = others.map((app) => (app.name === "shop" ? { ...app, name: "blog" } : app));
  return {
    apps: first === undefined ? [] : [first, ...renamed],
    variables: [],
    access: [],
    updatedAt: undefined,
  };
}

export function ran(result: "success" | "failure"): Activity {
  return {
    id: "a1",
    type: "environment.cron",
    state: "complete",
    result,
    percent: 100,
    description: "Cron ran job",
    createdAt: "2026-03-01T05:00:00+00:00",
    completedAt: undefined,
    environments: ["main"],
    backup: undefined,
    user: "admin",
    cron: "job",
    failedCommands: [],
  };
}

export const runs: readonly Activity[] = [
  { ...ran("success"), type: "environment.backup", user: "u1", createdAt: "2026-03-01T05:01:00Z" },
  ran("success"),
];

export function bot(permissions: readonly string[]): Access {
  return { user: "u1", email: "bot@example.org", permissions };
}

export function withCrons(crons: string, operations: readonly string[] = []): ProjectExample {
  return withDeployment({ successful: true, crons }, operations);
}

/** An environment that its latest deployment left like this. */
export function withDeployment(
  state: Partial<NonNullable<Environment["deploymentState"]>>,
  operations: readonly string[] = [],
): ProjectExample {
  const deploymentState = { successful: true, at: undefined, crons: "running", ...state };
  return project(
    {},
    {
      environment: {
        id: "main",
        title: "Main",
        type: "production",
        status: "active",
        isMain: true,
        operations,
        deploymentState,
      },
    },
  );
}

/** What the token of the bot shows, which has these permissions on the project. */
export function ownToken(
  permissions: readonly string[],
  more: Partial<TokenFacts> = {},
): TokenFacts {
  return {
    owner: { id: "u1", email: "bot@example.org", username: "bot", name: "Bot", sso: false },
    sshKeys: [],
    grants: { projects: [{ id: projectId, permissions }], organizations: [] },
    ...more,
  };
}

/** Permissions that are enough for a backup of production, and no more. */
export const enough = ["viewer", "production:admin"];

/** The project as its machine user's own token shows it. */
export function seen(
  permissions: readonly string[],
  more: Partial<TokenFacts> = {},
  platform: ProjectFacts = {},
): ProjectExample {
  return project({}, { machineUser: ownToken(permissions, more), ...platform });
}

/** The change that makes the token variable what it should be. */
export const putRight = {
  kind: "variable-update",
  name: "env:PLATFORMSH_CLI_TOKEN",
  after: asItShouldBe,
};
