import type { CodeFiles } from "../git-objects.ts";
import type { StoredEnvironmentType, StoredPermission } from "../state/permissions.ts";
import type { VendorId } from "../state/vendor.ts";
import type { OrganizationPermission, VariableSettings } from "../store.ts";
import type { AppDefinition } from "./app-definition.ts";

/** People, organizations and projects as plain data. People are named by their addresses. */
export interface Sample {
  readonly people: readonly SamplePerson[];
  readonly organizations: readonly SampleOrganization[];
  readonly projects: readonly SampleProject[];
}

/** Projects of which only this much is known before somebody looks at one. */
export interface DeferredSample {
  readonly id: string;
  /** By name; whoever has a grant on the project is among its members. */
  readonly organization: string;
  make(): SampleProject;
}

/** Somebody with an account. */
export interface SamplePerson {
  readonly email: string;
  readonly first: string;
  readonly last: string;
  /** Has an API token for the crons of projects. */
  readonly lendsToken?: true;
}

/** An organization, with its people by their addresses. */
export interface SampleOrganization {
  readonly name: string;
  readonly label: string;
  readonly owner: string;
  readonly members?: Readonly<Record<string, readonly OrganizationPermission[]>>;
}

/** A project to be made up. */
export interface SampleProject {
  readonly id: string;
  readonly title: string;
  /** By name. */
  readonly organization: string;
  /** "upsun" when left out. */
  readonly vendor?: VendorId;
  readonly region: string;
  readonly timezone: string;
  readonly defaultBranch: string;
  /** What every branch holds. */
  readonly files: CodeFiles;
  /** What runs. */
  readonly apps: readonly AppDefinition[];
  /** In the order of creation, parents first; the default branch is production. */
  readonly environments: readonly SampleEnvironment[];
  readonly suspended?: true;
  /** How long ago it was made, in days; 300 when left out. */
  readonly age?: number;
  /** By address, beside the owner of the organization. */
  readonly grants?: Readonly<Record<string, readonly StoredPermission[]>>;
  readonly variables?: readonly SampleVariable[];
  /** Runs of crons on production, oldest first. */
  readonly runs?: readonly SampleRun[];
}

/** An environment of such a project. */
export interface SampleEnvironment {
  readonly id: string;
  readonly title: string;
  readonly type: StoredEnvironmentType;
  readonly parent?: string;
  readonly inactive?: true;
  readonly pausedCrons?: true;
}

/** A variable of such a project. */
export interface SampleVariable {
  readonly name: string;
  /** The environment; the project when left out. */
  readonly environment?: string;
  /** The text, or whose API token it is. */
  readonly value: string | { readonly tokenOf: string };
  /** What differs from what the API takes when nothing is said. */
  readonly settings?: Partial<VariableSettings>;
}

/** A run of a cron, before the sandbox was started. */
export interface SampleRun {
  readonly cron: string;
  /** How long ago, in hours. */
  readonly age: number;
  readonly result: "success" | "failure";
  readonly log: readonly string[];
  /** Who made a backup in it. */
  readonly backupBy?: string;
}
