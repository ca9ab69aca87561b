import type { Faults } from "./faults.ts";
import type { Snapshots } from "./git-objects.ts";
import type { AppDefinition } from "./projects/app-definition.ts";
import type { StoredEnvironmentType, StoredPermission } from "./state/permissions.ts";
import type { SshAuthority } from "./state/ssh-authority.ts";
import type { VendorId } from "./state/vendor.ts";

/** Everything the sandbox knows, and the terms it runs on. */
export interface Store extends Contents, Terms {
  /** Signs the addresses under `/ref`. */
  readonly signingKey: Buffer;
  readonly sshAuthority: SshAuthority;
  /** By the token itself. */
  readonly accessTokens: Map<string, AccessToken>;
  /** Whether the next activity that is started fails. */
  failNext: boolean;
}

/** What can be kept from one run to the next: all by id. Moments are milliseconds since 1970. */
export interface Contents {
  readonly accounts: Map<string, Account>;
  readonly apiTokens: Map<string, StoredApiToken>;
  readonly organizations: Map<string, Organization>;
  readonly teams: Map<string, Team>;
  readonly projects: Map<string, StoredProject>;
  /** How many projects were made up beside the sample when it all began. */
  readonly madeUp: number;
}

/** What is of one run. */
export interface Terms {
  readonly now: () => number;
  readonly activityMs: number;
  readonly accessTokenMs: number;
  /** What is to go wrong. */
  readonly faults: Faults;
}

/** An account, of a person or a machine user. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly createdAt: number;
  /** Oldest first. */
  readonly sshKeys: StoredSshKey[];
}

/** A public key of an account. */
export interface StoredSshKey {
  /** As the API has it, a number. */
  readonly id: number;
  readonly title: string;
  /** The public key as `ssh-keygen` writes it. */
  readonly value: string;
  readonly changedAt: number;
}

/** An API token of an account. */
export interface StoredApiToken {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly secret: string;
  readonly createdAt: number;
  lastUsedAt?: number;
}

interface AccessToken {
  readonly account: string;
  readonly expiresAt: number;
}

/** What somebody may be allowed in an organization. */
export const organizationPermissions = [
  "admin",
  "billing",
  "members",
  "plans",
  "projects:create",
  "projects:list",
] as const;
/** One of them. */
export type OrganizationPermission = (typeof organizationPermissions)[number];

/** An organization, to which projects belong. */
export interface Organization {
  readonly id: string;
  name: string;
  label: string;
  readonly owner: string;
  /** By account; the owner is among them. */
  readonly members: Map<string, Membership>;
  /** By id. */
  readonly invitations: Map<string, OrganizationInvitation>;
  readonly createdAt: number;
}

/** What a member of an organization may do in it. */
export interface Membership {
  readonly permissions: readonly OrganizationPermission[];
  readonly since: number;
}

/** People of an organization who are given access together. */
export interface Team {
  readonly id: string;
  readonly organization: string;
  label: string;
  permissions: readonly StoredPermission[];
  /** The moment each account joined. */
  readonly members: Map<string, number>;
  /** The moment each project was given to the team. */
  readonly projects: Map<string, number>;
  readonly createdAt: number;
}

/** A project with all that belongs to it. */
export interface StoredProject {
  readonly id: string;
  title: string;
  readonly organization: string;
  readonly region: string;
  defaultBranch: string;
  timezone: string;
  readonly vendor: VendorId;
  readonly suspended: boolean;
  readonly createdAt: number;
  readonly code: Snapshots;
  /** By account. */
  readonly grants: Map<string, Grant>;
  /** By id. */
  readonly invitations: Map<string, StoredInvitation>;
  /** By name. */
  readonly variables: Map<string, StoredVariable>;
  /** The host names of production, by name: the moment each was added. */
  readonly domains: Map<string, number>;
  /** By id. */
  readonly integrations: Map<string, Integration>;
  /** By id. */
  readonly environments: Map<string, StoredEnvironment>;
  /** Oldest first. */
  readonly activities: StoredActivity[];
}

/** What a project is connected with: a Git host, a web hook. Its settings are as they were sent. */
export interface Integration {
  readonly id: string;
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
}

/** What an account may do on a project by a grant of its own. */
export interface Grant {
  readonly permissions: readonly StoredPermission[];
  readonly grantedAt: number;
  readonly updatedAt: number;
}

/** What both kinds of invitation have. */
interface Invited {
  readonly id: string;
  readonly email: string;
  readonly owner: string;
  readonly createdAt: number;
  state: "pending" | "accepted" | "cancelled";
  finishedAt?: number;
}

/** An invitation to a project. */
export interface StoredInvitation extends Invited {
  readonly permissions: readonly StoredPermission[];
}

/** An invitation to an organization. */
export interface OrganizationInvitation extends Invited {
  readonly permissions: readonly OrganizationPermission[];
}

/** An environment with what was deployed on it. */
export interface StoredEnvironment {
  readonly id: string;
  title: string;
  readonly machineName: string;
  readonly type: StoredEnvironmentType;
  parent: string | undefined;
  status: "active" | "inactive" | "paused";
  /** Whether crons run here; the platform pauses them where nothing was deployed for long. */
  crons: "running" | "paused";
  /** Whether what is changed waits until somebody deploys it. */
  manualDeployments: boolean;
  httpAccess: HttpAccess;
  /** The second version of a blue/green deployment, and its share of the requests in percent. */
  green?: { readonly id: string; readonly percentage: number };
  readonly createdAt: number;
  /** Its own variables, by name; inherited ones are those of its parents. */
  readonly variables: Map<string, StoredVariable>;
  /** Oldest first; the last whose time has come is the one that runs. */
  readonly deployments: Deployment[];
  readonly backups: StoredBackup[];
}

/** Who gets to see the sites of an environment, spelled as the API spells it. */
export interface HttpAccess {
  readonly is_enabled: boolean;
  readonly addresses: readonly {
    readonly permission: "allow" | "deny";
    readonly address: string;
  }[];
  /** Passwords by user names. */
  readonly basic_auth: Readonly<Record<string, string>>;
}

/** The sites of an environment as they are until somebody closes them. */
export const openToAll: HttpAccess = { is_enabled: true, addresses: [], basic_auth: {} };

/** A variable of a project or an environment, its settings spelled as the API spells them. */
export interface StoredVariable extends VariableSettings {
  readonly name: string;
  readonly value: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** `is_enabled` and `is_inheritable` mean something on environments only. */
export interface VariableSettings {
  readonly attributes: Readonly<Record<string, string>>;
  readonly is_json: boolean;
  readonly is_sensitive: boolean;
  readonly is_enabled: boolean;
  readonly is_inheritable: boolean;
  readonly visible_build: boolean;
  readonly visible_runtime: boolean;
  readonly application_scope: readonly string[];
}

/** What runs from a moment on: the code and the variables as they were when the deployment was asked for. */
interface Deployment {
  readonly since: number;
  readonly variables: readonly StoredVariable[];
  readonly apps: readonly AppDefinition[];
}

/** A backup of an environment. */
export interface StoredBackup {
  readonly id: string;
  /** When the activity that makes it completes; before that there is no backup to see. */
  readonly createdAt: number;
  readonly safe: boolean;
}

/** Something that happens over time. How far it is follows from the clock alone. */
export interface StoredActivity {
  readonly id: string;
  readonly type: string;
  readonly environments: readonly string[];
  readonly account: string;
  readonly createdAt: number;
  startsAt: number;
  /** Earlier than planned when it is cancelled. */
  endsAt: number;
  /** How it ends. */
  result: "success" | "failure" | "cancelled";
  /** What was done, after the name of who did it: "created the variable <em>A</em>". */
  readonly deed: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** What its log says at the end, where that is more than that it ended. */
  log?: readonly string[];
  /** It waits until somebody deploys what was changed. */
  staged?: true;
}
