import * as v from "valibot";
import type { Snapshots } from "./git-objects.ts";
import { operatorEmail } from "./projects/seed-projects.ts";
import { accountByEmail } from "./state/accounts.ts";
import { stateShape } from "./state/state-shape.ts";
import type { Contents, StoredProject } from "./store.ts";

/** What stands at the head of a state, so that no other JSON is taken for one. */
const kind = "machinist sandbox";
const version = 1;

/** Writes down all that is kept from one run to the next: JSON, with the secrets of the sandbox in it as they are. */
export function stateText(contents: Contents): string {
  const { madeUp, accounts, apiTokens, organizations, teams, projects } = contents;
  const state = {
    state: kind,
    version,
    madeUp,
    accounts: [...accounts],
    apiTokens: [...apiTokens],
    organizations: entries(organizations, (one) => ({
      ...one,
      members: [...one.members],
      invitations: [...one.invitations],
    })),
    teams: entries(teams, (one) => ({
      ...one,
      members: [...one.members],
      projects: [...one.projects],
    })),
    projects: entries(projects, plainProject),
  };
  return `${JSON.stringify(state, undefined, 1)}\n`;
}

/** A state that was read, or why it can't be used. */
export type ReadState =
  | { readonly kind: "usable"; readonly contents: Contents }
  | { readonly kind: "unusable"; readonly why: string };

/** Reads what `stateText` wrote. Anything else is unusable: half a text, another version, a value that can't be. */
export function readState(text: string): ReadState {
  const parsed = parse(text);
  if (parsed === undefined) return unusable("it isn't JSON, or not all of it is there");
  if (!v.is(v.object({ state: v.literal(kind) }), parsed)) {
    return unusable("it holds something else than the state of a sandbox");
  }
  if (!v.is(v.object({ version: v.literal(version) }), parsed)) {
    return unusable(`it was written by another version of machinist; this one reads ${version}`);
  }
  const read = v.safeParse(stateShape, parsed, { abortEarly: true });
  if (!read.success) return unusable(`it is damaged: ${placeOf(read.issues[0])}`);
  const contents = read.output;
  if (accountByEmail({ accounts: contents.accounts }, operatorEmail) === undefined) {
    return unusable(`it is damaged: nobody there is ${operatorEmail}`);
  }
  return { kind: "usable", contents };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where in the file, without the value: it may be a secret. */
function placeOf(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue) ?? "the whole";
  return issue.type === "check" || issue.type === "raw_transform"
    ? `${place} ${issue.message}`
    : `${place} is not ${issue.expected ?? "what it should be"}`;
}

function unusable(why: string): ReadState {
  return { kind: "unusable", why };
}

/** A project that isn't made yet is made for it, since what it was to be made of is not kept. */
function plainProject(project: StoredProject) {
  return {
    id: project.id,
    title: project.title,
    organization: project.organization,
    region: project.region,
    defaultBranch: project.defaultBranch,
    timezone: project.timezone,
    vendor: project.vendor,
    suspended: project.suspended,
    createdAt: project.createdAt,
    code: plainCode(project.code),
    grants: [...project.grants],
    invitations: [...project.invitations],
    variables: [...project.variables],
    domains: [...project.domains],
    integrations: [...project.integrations],
    environments: entries(project.environments, (one) => ({
      ...one,
      parent: one.parent ?? null,
      variables: [...one.variables],
    })),
    activities: project.activities,
  };
}

function plainCode(code: Snapshots) {
  const snapshots = [...new Set(code.values())];
  return { snapshots, branches: entries(code, (snapshot) => snapshots.indexOf(snapshot)) };
}

/** JSON has no maps. */
function entries<Value>(map: ReadonlyMap<string, Value>, plain: (value: Value) => unknown) {
  return [...map].map(([key, value]) => [key, plain(value)]);
}
