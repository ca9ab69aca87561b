import { shortId } from "./identifiers.ts";
import type { Account, Activity, Environment, Project, Store } from "./store.ts";
import { effectiveVariables } from "./variables.ts";

/** How far an activity is at one moment. */
export type Progress =
  | { readonly state: "pending"; readonly percent: 0 }
  | { readonly state: "in_progress"; readonly percent: number }
  | { readonly state: "complete"; readonly percent: 100 };

/** What the clock says about an activity; there is no timer behind it. */
export function progressOf(activity: Activity, now: number): Progress {
  if (now >= activity.endsAt) return { state: "complete", percent: 100 };
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
  project: Project,
  environment: Environment | undefined,
  actor: Account,
  about: {
    readonly type: string;
    readonly deed: string;
    readonly payload?: Readonly<Record<string, unknown>>;
  },
): Activity {
  const createdAt = store.now();
  const environments = environment === undefined ? [] : [environment.id];
  const free = project.activities
    .filter((earlier) => environments.some((id) => earlier.environments.includes(id)))
    .reduce((latest, earlier) => Math.max(latest, earlier.endsAt), createdAt);
  const activity: Activity = {
    id: shortId(),
    type: about.type,
    environments,
    account: actor.id,
    createdAt,
    startsAt: free + store.activityMs / 4,
    endsAt: free + store.activityMs,
    deed: about.deed,
    payload: about.payload ?? {},
  };
  project.activities.push(activity);
  return activity;
}

/** Has an environment run, once the activity is complete, with the variables as they are now. */
export function deploy(project: Project, environment: Environment, since: number): void {
  environment.deployments.push({ since, variables: deployable(project, environment) });
}

/** The environment's variables, over those of the project with other names. */
function deployable(project: Project, environment: Environment) {
  const own = effectiveVariables(project, environment).map(({ variable }) => variable);
  const names = new Set(own.map((variable) => variable.name));
  const shared = [...project.variables.values()].filter((variable) => !names.has(variable.name));
  return [...shared, ...own].filter((variable) => variable.is_enabled);
}
