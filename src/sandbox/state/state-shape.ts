import * as v from "valibot";
import type { Snapshot } from "../git-objects.ts";
import { sshRoles } from "../projects/app-definition.ts";
import { openToAll, organizationPermissions } from "../store.ts";
import { permissions, storedEnvironmentTypes } from "./permissions.ts";

/** Milliseconds since 1970, as far as a Date goes (ECMA-262, "Time Values and Time Range"). */
const moment = v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15));
const held = v.array(v.picklist(permissions));
const texts = v.array(v.string());
const vendors = ["upsun", "platformsh"] as const;

/** An object of any keys; a valibot record leaves out keys that objects have from birth, and a file may be called so. */
const recordOf = <Entry extends v.GenericSchema>(entry: Entry) =>
  v.pipe(
    v.custom<object>((input) => typeof input === "object" && input !== null),
    v.transform((input): unknown => Object.entries(input)),
    v.array(v.tuple([v.string(), entry])),
    v.transform((entries): Record<string, v.InferOutput<Entry>> => Object.fromEntries(entries)),
  );

const mapOf = <Entry extends v.GenericSchema>(entry: Entry) =>
  v.pipe(
    v.array(v.tuple([v.string(), entry])),
    v.transform((entries) => new Map(entries)),
  );

const byId = <Entry extends v.GenericSchema<unknown, { readonly id: string }>>(entry: Entry) =>
  v.pipe(
    mapOf(entry),
    v.check((map) => [...map].every(([key, { id }]) => key === id), "is not under its own id"),
  );

const sshKey = v.strictObject({
  id: v.pipe(v.number(), v.safeInteger()),
  title: v.string(),
  value: v.string(),
  changedAt: moment,
});

const account = v.strictObject({
  id: v.string(),
  email: v.string(),
  username: v.string(),
  firstName: v.string(),
  lastName: v.string(),
  createdAt: moment,
  sshKeys: v.array(sshKey),
});

const apiToken = v.strictObject({
  id: v.string(),
  account: v.string(),
  name: v.string(),
  secret: v.string(),
  createdAt: moment,
  lastUsedAt: v.exactOptional(moment),
});

const invited = {
  id: v.string(),
  email: v.string(),
  owner: v.string(),
  createdAt: moment,
  state: v.picklist(["pending", "accepted", "cancelled"]),
  finishedAt: v.exactOptional(moment),
};

const rights = v.array(v.picklist(organizationPermissions));

const organization = v.strictObject({
  id: v.string(),
  name: v.string(),
  label: v.string(),
  owner: v.string(),
  members: mapOf(v.strictObject({ permissions: rights, since: moment })),
  invitations: byId(v.strictObject({ ...invited, permissions: rights })),
  createdAt: moment,
});

const team = v.strictObject({
  id: v.string(),
  organization: v.string(),
  label: v.string(),
  permissions: held,
  members: mapOf(moment),
  projects: mapOf(moment),
  createdAt: moment,
});

const invitation = v.strictObject({ ...invited, permissions: held });

const variable = v.strictObject({
  name: v.string(),
  value: v.string(),
  attributes: recordOf(v.string()),
  is_json: v.boolean(),
  is_sensitive: v.boolean(),
  is_enabled: v.boolean(),
  is_inheritable: v.boolean(),
  visible_build: v.boolean(),
  visible_runtime: v.boolean(),
  application_scope: texts,
  createdAt: moment,
  updatedAt: moment,
});

const app = v.strictObject({
  name: v.string(),
  type: v.string(),
  timezone: v.exactOptional(v.string()),
  build: v.exactOptional(v.string()),
  deploy: v.exactOptional(v.string()),
  crons: recordOf(v.strictObject({ spec: v.string(), start: v.string() })),
  operations: recordOf(v.string()),
  runtimeOperations: v.exactOptional(recordOf(v.string())),
  workers: v.exactOptional(recordOf(v.string())),
  authorizations: v.exactOptional(
    v.array(
      v.strictObject({
        type: v.string(),
        action: v.string(),
        resource: v.exactOptional(v.string()),
      }),
    ),
  ),
  ssh: v.exactOptional(v.picklist(sshRoles)),
});

const integration = v.strictObject({
  id: v.string(),
  type: v.string(),
  settings: recordOf(v.unknown()),
  createdAt: moment,
});

const httpAccess = v.strictObject({
  is_enabled: v.boolean(),
  addresses: v.array(
    v.strictObject({ permission: v.picklist(["allow", "deny"]), address: v.string() }),
  ),
  basic_auth: recordOf(v.string()),
});

const environment = v.strictObject({
  id: v.string(),
  title: v.string(),
  machineName: v.string(),
  type: v.picklist(storedEnvironmentTypes),
  parent: v.pipe(
    v.nullable(v.string()),
    v.transform((parent) => parent ?? undefined),
  ),
  status: v.picklist(["active", "inactive", "paused"]),
  crons: v.picklist(["running", "paused"]),
  manualDeployments: v.optional(v.boolean(), false),
  httpAccess: v.optional(httpAccess, openToAll),
  green: v.exactOptional(v.strictObject({ id: v.string(), percentage: v.number() })),
  createdAt: moment,
  variables: mapOf(variable),
  deployments: v.array(
    v.strictObject({ since: moment, variables: v.array(variable), apps: v.array(app) }),
  ),
  backups: v.array(v.strictObject({ id: v.string(), createdAt: moment, safe: v.boolean() })),
});

const activity = v.strictObject({
  id: v.string(),
  type: v.string(),
  environments: texts,
  account: v.string(),
  createdAt: moment,
  startsAt: moment,
  endsAt: moment,
  result: v.picklist(["success", "failure", "cancelled"]),
  deed: v.string(),
  payload: recordOf(v.unknown()),
  log: v.exactOptional(texts),
  staged: v.exactOptional(v.literal(true)),
});

/** Most branches have the same files, which are there once: a branch has the number of its snapshot. */
const code = v.pipe(
  v.strictObject({
    snapshots: v.array(v.strictObject({ files: recordOf(v.string()), at: moment })),
    branches: mapOf(v.number()),
  }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const { snapshots, branches } = dataset.value;
    const found = new Map<string, Snapshot>();
    for (const [branch, number] of branches) {
      const snapshot = snapshots[number];
      if (snapshot === undefined) {
        addIssue({ message: `${branch} has snapshot ${number}, which isn't there` });
        return NEVER;
      }
      found.set(branch, snapshot);
    }
    return found;
  }),
);

const project = v.strictObject({
  id: v.string(),
  title: v.string(),
  organization: v.string(),
  region: v.string(),
  defaultBranch: v.string(),
  timezone: v.string(),
  vendor: v.picklist(vendors),
  suspended: v.boolean(),
  createdAt: moment,
  code,
  grants: mapOf(v.strictObject({ permissions: held, grantedAt: moment, updatedAt: moment })),
  invitations: byId(invitation),
  variables: mapOf(variable),
  domains: v.optional(mapOf(moment), []),
  integrations: v.optional(byId(integration), []),
  environments: v.pipe(
    byId(environment),
    v.check(
      (environments) => [...environments.keys()].every((id) => hasRoot(environments, id)),
      "has an environment that is its own ancestor",
    ),
  ),
  activities: v.array(activity),
});

/** What the file of a state holds, behind its name and version. Maps are lists of key and value. */
export const stateShape = v.object({
  madeUp: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  accounts: byId(account),
  apiTokens: byId(apiToken),
  organizations: byId(organization),
  teams: byId(team),
  projects: byId(project),
});

/** Whether the parents of an environment come to an end. */
function hasRoot(
  environments: ReadonlyMap<string, { readonly parent: string | undefined }>,
  id: string,
): boolean {
  const seen = new Set<string>();
  let at: string | undefined = id;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    at = environments.get(at)?.parent;
  }
  return at === undefined;
}
