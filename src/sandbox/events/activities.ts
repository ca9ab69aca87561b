import type { AppDefinition } from "../projects/app-definition.ts";
import { appsOfBranch } from "../projects/app-reading.ts";
import { shortId } from "../state/identifiers.ts";
import { effectiveVariables } from "../state/variables.ts";
import type { Account, Store, StoredActivity, StoredEnvironment, StoredProject } from "../store.ts";

/** How far an activity is at one moment. */
export type ActivityProgress =
  | { readonly state: "staged" | "pending"; readonly percent: 0 }
  | { readonly state: "in_progress"; readonly percent: number }
  | { readonly state: "complete"; readonly percent: 100 }
  | { readonly state: "cancelled"; readonly percent: 100 };

/** What the clock says about an activity; there is no timer behind it. */
export function progressOf(activity: StoredActivity, now: number): ActivityProgress {
  if (activity.staged) return { state: "staged", percent: 0 };
  if (now >= activity.endsAt) {
    return { state: activity.result === "cancelled" ? "cancelled" : "complete", percent: 100 };
  }
  if (now < activity.startsAt) return { state: "pending", percent: 0 };
  const share = (now - activity.startsAt) / (activity.endsAt - activity.startsAt);
  return { state: "in_progress", percent: Math.floor(share * 100) };
}

/**
 * Queues an activity. One environment runs one activity at a time: a later one is pending until the
 * earlier is complete; the first quarter of its time it is pending in any case.
 *
 * @param about its type, what was done, and what goes into the payload beside the user
 */
export function startActivity(
  store: Store,
  project: StoredProject,
  environment: StoredEnvironment | undefined,
  actor: Pick<Account, "id">,
  about: {
    readonly type: string;
    readonly deed: string;
    readonly payload?: Readonly<Record<string, unknown>>;
    readonly log?: readonly string[];
  },
): StoredActivity {
  const createdAt = store.now();
  const environments = environment === undefined ? [] : [environment.id];
  const free = project.activities
    .filter(({ staged }) => staged === undefined)
    .filter((earlier) => environments.some((id) => earlier.environments.includes(id)))
    .reduce((latest, earlier) => Math.max(latest, earlier.endsAt), createdAt);
  const activity: StoredActivity = {
    id: shortId(),
    type: about.type,
    environments,
    account: actor.id,
    createdAt,
    startsAt: free + store.activityMs / 4,
    endsAt: free + store.activityMs,
    result: store.failNext ? "failure" : "success",
    deed: about.deed,
    payload: about.payload ?? {},
    ...(about.log === undefined ? {} : { log: about.log }),
  };
  store.failNext = false;
  project.activities.push(activity);
  return activity;
}

/** Ends an activity now; what it was to deploy is not deployed. */
export function cancel(project: StoredProject, activity: StoredActivity, now: number): void {
  for (const id of activity.environments) {
    const deployments = project.environments.get(id)?.deployments ?? [];
    const planned = deployments.findIndex(({ since }) => since === activity.endsAt);
    if (planned !== -1) deployments.splice(planned, 1);
  }
  activity.endsAt = now;
  activity.result = "cancelled";
}

/**
 * Has an environment run, once the activity is complete, with the variables as they are now and the code that its branch
 * has now; crons that were paused run again. A failed activity changes nothing, and where deployments are made by hand, one
 * that only changes something waits for that.
 */
export function takeEffect(
  project: StoredProject,
  environment: StoredEnvironment,
  activity: StoredActivity,
): void {
  if (activity.result === "failure") return;
  if (environment.manualDeployments && isChange(activity)) {
    activity.staged = true;
    return;
  }
  const pushed = appsOfBranch(project.code.get(environment.id)?.files ?? {});
  const apps = "file" in pushed ? runningApps(environment, activity.endsAt) : pushed;
  environment.crons = "running";
  environment.deployments.push({
    since: activity.endsAt,
    variables: deployable(project, environment),
    apps,
  });
}

/** A push, or a change of a variable: those can be staged (manual, "deployment types"). */
function isChange({ type }: StoredActivity): boolean {
  return type === "environment.push" || type.includes(".variable.");
}

/** What waits on an environment for somebody to deploy it. */
export function stagedActivities(
  project: StoredProject,
  environment: StoredEnvironment,
): readonly StoredActivity[] {
  return project.activities.filter(
    ({ staged, environments }) => staged === true && environments.includes(environment.id),
  );
}

/** Deploys all that waits; the activities that waited are complete when it is. */
export function deployStaged(
  store: Store,
  project: StoredProject,
  environment: StoredEnvironment,
  actor: Account,
): StoredActivity {
  const activity = startActivity(store, project, environment, actor, {
    type: "environment.deploy",
    deed: `deployed environment <environment>${environment.id}</environment>`,
  });
  for (const waiting of stagedActivities(project, environment)) {
    delete waiting.staged;
    waiting.startsAt = activity.startsAt;
    waiting.endsAt = activity.endsAt;
  }
  takeEffect(project, environment, activity);
  return activity;
}

/** What runs on an environment at a moment; nothing before its first deployment. */
export function runningApps(environment: StoredEnvironment, now: number): readonly AppDefinition[] {
  return environment.deployments.findLast(({ since }) => since <= now)?.apps ?? [];
}

/** The environment's variables, over those of the project with other names. */
export function deployable(project: StoredProject, environment: StoredEnvironment) {
  const own = effectiveVariables(project, environment).map(({ variable }) => variable);
  const names = new Set(own.map((variable) => variable.name));
  const shared = [...project.variables.values()].filter((variable) => !names.has(variable.name));
  return [...shared, ...own].filter((variable) => variable.is_enabled);
}
