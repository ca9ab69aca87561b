import { valueIn } from "../fact.ts";
import { Failure } from "../failure.ts";
import type { Connection } from "../platform/connection.ts";
import type { Deployment } from "../platform/deployments.ts";
import { type Environment, listedEnvironments } from "../platform/environments.ts";
import { branchTree, type KnownObjects, knownObjects } from "../platform/git-data.ts";
import { type ProjectSummary, readProject } from "../platform/projects.ts";
import type { DetectedVendor } from "../vendors/detection.ts";
import type { Vendor } from "../vendors/vendor.ts";
import { madeByCron } from "./evidence/cron-work.ts";
import { branchFiles } from "./fleet/branch-files.ts";
import { cliUseIn, inDoubt } from "./fleet/cli-use.ts";
import { SharedAccounts } from "./fleet/shared-accounts.ts";
import { findEnvironment } from "./main-environment.ts";
import { openParts, projectWith } from "./platform-facts.ts";
import type { PlatformFacts } from "./rule.ts";
import { readSubjects, type Subject, vendorOfSubjects } from "./subject.ts";
import { notNeeded, tokenNotGiven } from "./unread.ts";

/** A project of which at least the id is known; its title and the rest come with the lists that it is in. */
export type FleetProject = Pick<ProjectSummary, "id"> & Partial<ProjectSummary>;

/** What came of reading one project of many, and how many requests it took. */
export type FleetReading = { readonly project: FleetProject; readonly requests: number } & (
  | {
      readonly kind: "read";
      readonly facts: PlatformFacts;
      /** Its applications, from the branch of its production environment. */
      readonly subjects: readonly Subject[];
      /** Whose project it is. */
      readonly vendor: DetectedVendor;
    }
  /** Nothing that runs there calls the CLI, and no token is deployed: its files were not read. */
  | { readonly kind: "unused"; readonly vendor: DetectedVendor; readonly facts: PlatformFacts }
  | { readonly kind: "failed"; readonly failure: Failure }
);

/** A project that could be read. */
export type ReadProject = Exclude<FleetReading, { readonly kind: "failed" }>;

/** How many projects are read. */
export interface FleetOptions {
  /** The vendor whose API is read. */
  readonly vendor: Vendor;
  /** The id of the account that is signed in, where it is known. */
  readonly operator?: string;
  /** How many projects are read at the same time: 16 unless given. The connection sends eight requests at a time. */
  readonly concurrency?: number;
  /** Whether the files are read also where nothing that runs uses the CLI: false unless given. */
  readonly everyFile?: boolean;
}

/**
 * Reads many projects for an audit, each from its production environment, and gives them as they come, in no order. No
 * more are begun than are asked for, so that memory doesn't grow with their number.
 *
 * Each is asked only what it takes: its environments and what is deployed; the files, with three requests for one
 * application, where something uses the CLI, and none for a script or folder that an earlier project has as well; the
 * variables where it is used after the build; the runs of its crons where one of them uses it, can run and has a token;
 * who has access where somebody's backup shows in these runs. Access lists come without addresses.
 *
 * The account that a project's crons work as is told with those projects before it whose crons work as it too.
 *
 * A project that can't be read is given as failed, and the others go on. Throws a `Failure` where the others would fail
 * as well: "signedOut" and "interrupted".
 */
export async function* readFleet(
  connection: Connection,
  projects: Iterable<FleetProject> | AsyncIterable<FleetProject>,
  options: FleetOptions,
): AsyncGenerator<FleetReading, void> {
  const { concurrency = 16 } = options;
  const waiting = iteratorOf(projects);
  const known = knownObjects();
  const accounts = new SharedAccounts();
  const running = new Set<Promise<Settled>>();
  let isLast = false;
  for (;;) {
    while (!isLast && running.size < concurrency) {
      const next = await waiting.next();
      if (next.done === true) isLast = true;
      else running.add(begin(connection, next.value, { ...options, known }));
    }
    if (running.size === 0) return;
    const settled = await Promise.race(running);
    running.delete(settled.self());
    if (settled.kind === "thrown") throw settled.error;
    const { reading } = settled;
    yield reading.kind === "read"
      ? { ...reading, facts: { ...reading.facts, ...accounts.noted(reading) } }
      : reading;
  }
}

type ReadOptions = FleetOptions & { readonly known: KnownObjects };

type Settled = { self(): Promise<Settled> } & (
  | { readonly kind: "given"; readonly reading: FleetReading }
  | { readonly kind: "thrown"; readonly error: unknown }
);

/** Never rejects: what ends everything is given as thrown, so that those still running reject nowhere. */
function begin(
  connection: Connection,
  project: FleetProject,
  options: ReadOptions,
): Promise<Settled> {
  const self = () => settled;
  const settled: Promise<Settled> = readOne(connection, project, options).then(
    (reading) => ({ kind: "given", reading, self }),
    (error: unknown) => ({ kind: "thrown", error, self }),
  );
  return settled;
}

function iteratorOf<T>(source: Iterable<T> | AsyncIterable<T>): Iterator<T> | AsyncIterator<T> {
  return Symbol.asyncIterator in source
    ? source[Symbol.asyncIterator]()
    : source[Symbol.iterator]();
}

async function readOne(
  connection: Connection,
  project: FleetProject,
  options: ReadOptions,
): Promise<FleetReading> {
  const counting = counted(connection);
  try {
    const reading = await readParts(counting.connection, project, options);
    return { ...reading, project, requests: counting.count() };
  } catch (failure) {
    const isOnlyThis =
      failure instanceof Failure && (failure.reason === "api" || failure.reason === "usage");
    if (!isOnlyThis) throw failure;
    return { kind: "failed", failure, project, requests: counting.count() };
  }
}

async function readParts(
  connection: Connection,
  project: FleetProject,
  { vendor, known, operator, everyFile = false }: ReadOptions,
) {
  const ofApi = { vendor, because: "from its API", rivals: [] };
  const found = await findEnvironment(
    connection,
    project.id,
    undefined,
    // A project whose environments can't be listed is one that failed, and looked at again in the next run.
    await listedEnvironments(connection, project.id),
    async () => (await readProject(connection, project.id)).defaultBranch,
  );
  const { environment, environments: all, unnamed, gaps } = found;
  const parts = openParts(connection, project.id, environment);
  const deployment = await parts.deployment();
  const deployed = valueIn(deployment);
  const use = deployed === undefined ? inDoubt : cliUseIn(deployed);
  const areCronsOn = (environment.deploymentState?.crons ?? "running") === "running";
  const [subjects, variables, ofProject, runs] = await Promise.all([
    use.isBuiltOrRun || use.hasToken || everyFile
      ? subjectsOf(connection, project.id, { environment, deployment: deployed, known })
      : undefined,
    use.isRun || use.hasToken ? parts.variables() : notNeeded,
    use.isRun || use.hasToken ? parts.projectVariables() : notNeeded,
    use.isCron && use.hasToken && areCronsOn ? parts.runs() : notNeeded,
  ]);
  const withoutAccess: PlatformFacts = {
    project: projectWith(project, environment),
    environment,
    environments: all,
    unnamed,
    gaps,
    variables,
    projectVariables: ofProject,
    access: notNeeded,
    deployment,
    runs,
    // Of CI nothing is read.
    integrations: notNeeded,
    settings: notNeeded,
    machineUser: tokenNotGiven,
    vendor,
    operator: operator === undefined ? { kind: "absent" } : { kind: "known", value: operator },
    readAt: new Date(),
  };
  const isSomebodys = hasMakers(subjects ?? [], withoutAccess);
  const access = isSomebodys ? await parts.access({ addresses: false }) : notNeeded;
  const detected = subjects === undefined ? ofApi : vendorOfSubjects(subjects, { env: {} });
  const facts = { ...withoutAccess, vendor: detected.vendor, access };
  return subjects === undefined
    ? ({ kind: "unused", vendor: detected, facts } as const)
    : ({ kind: "read", vendor: detected, facts, subjects } as const);
}

/** Whether somebody's work shows in the runs of the crons. */
function hasMakers(subjects: readonly Subject[], platform: PlatformFacts): boolean {
  const apps = subjects.flatMap((subject) => (subject.kind === "read" ? subject.app : []));
  const [app] = apps;
  return app !== undefined && madeByCron({ app, apps, platform }).size > 0;
}

async function subjectsOf(
  connection: Connection,
  projectId: string,
  {
    environment: { id, headCommit: commit },
    deployment,
    known,
  }: {
    readonly environment: Environment;
    readonly deployment: Deployment | undefined;
    readonly known: KnownObjects;
  },
): Promise<readonly Subject[]> {
  const revision = commit === undefined ? { branch: id } : { commit };
  const roots = deployment?.apps.map(({ root }) => root);
  const tree = branchTree(connection, projectId, revision, known);
  const files = await branchFiles(tree, projectId, roots);
  return readSubjects(files.top, {}, files);
}

/** The same connection, with a count of the requests that are made over it; those tried again count once. */
function counted(connection: Connection): {
  readonly connection: Connection;
  count(): number;
} {
  let count = 0;
  return {
    connection: {
      ...connection,
      get(path, parse) {
        count += 1;
        return connection.get(path, parse);
      },
    },
    count: () => count,
  };
}
