import { DeferredProject } from "./projects/deferred-project.ts";
import { generatedSample } from "./projects/generated-projects.ts";
import type { DeferredSample, Sample, SampleOrganization } from "./projects/sample.ts";
import { type People, seededProject } from "./projects/seed-project.ts";
import { operatorEmail, sample } from "./projects/seed-projects.ts";
import { addAccount, addApiToken } from "./state/accounts.ts";
import { ulid } from "./state/identifiers.ts";
import { newStore } from "./state/new-store.ts";
import type { Organization, Store, Terms } from "./store.ts";

export { demoProjectId } from "./projects/seed-projects.ts";

const day = 24 * 60 * 60 * 1000;

/**
 * A store with the sample in it, and as many made-up projects as are wanted.
 *
 * @param terms the clock and how long things take
 * @param projects how many are made up
 * @param sampled another sample than the usual one
 */
export function sampleStore(terms: Terms, projects: number, sampled: Sample = sample): Store {
  const store = newStore(terms, {
    accounts: new Map(),
    apiTokens: new Map(),
    organizations: new Map(),
    teams: new Map(),
    projects: new Map(),
    madeUp: projects,
  });
  addAccount(store, operatorEmail, { first: "Operator", last: "Example" });
  addSample(store, sampled);
  if (projects > 0) {
    const generated = generatedSample(projects);
    addSample(store, generated, generated.deferred);
  }
  return store;
}

function addSample(
  store: Store,
  { people, organizations, projects }: Sample,
  deferred: Iterable<DeferredSample> = [],
): void {
  const now = store.now();
  const tokens = new Map<string, string>();
  for (const { email, first, last, lendsToken } of people) {
    const account = addAccount(store, email, { first, last });
    if (lendsToken) tokens.set(account.id, addApiToken(store, account, "cron"));
  }
  const known: People = new Map([...store.accounts.values()].map((one) => [one.email, one]));
  const byName = new Map(
    organizations.map((one) => [one.name, addOrganization(store, one, known)]),
  );
  for (const sampled of projects) {
    const organization = byName.get(sampled.organization);
    if (organization === undefined) continue;
    const project = seededProject(sampled, { organization, people: known, tokens, now });
    store.projects.set(project.id, project);
    for (const account of project.grants.keys()) join(organization, account, project.createdAt);
  }
  for (const { id, organization: name, make } of deferred) {
    const organization = byName.get(name);
    if (organization === undefined) continue;
    const setting = { organization, people: known, tokens, now };
    const later = new DeferredProject(id, organization.id, () => seededProject(make(), setting));
    store.projects.set(id, later);
  }
}

function join({ members }: Organization, account: string, since: number): void {
  if (!members.has(account)) members.set(account, { permissions: [], since });
}

function addOrganization(
  store: Store,
  { name, label, owner, members }: SampleOrganization,
  people: People,
): Organization {
  const since = store.now() - 400 * day;
  const idOf = (email: string) => people.get(email)?.id ?? "";
  const organization: Organization = {
    id: ulid(),
    name,
    label,
    owner: idOf(owner),
    members: new Map([[idOf(owner), { permissions: ["admin"], since }]]),
    invitations: new Map(),
    createdAt: since,
  };
  for (const [email, permissions] of Object.entries(members ?? {})) {
    organization.members.set(idOf(email), { permissions, since });
  }
  store.organizations.set(organization.id, organization);
  return organization;
}
