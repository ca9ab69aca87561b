import { projectFailure } from "../server/reply.ts";
import { shortId } from "../state/identifiers.ts";
import type { Account, Store, StoredActivity, StoredEnvironment, StoredProject } from "../store.ts";
import { runningApps, startActivity, takeEffect } from "./activities.ts";

/** An environment, and who has it do something. */
export interface Work {
  readonly store: Store;
  readonly project: StoredProject;
  readonly environment: StoredEnvironment;
  readonly actor: Account;
}

/** @throws Refusal with 400 on an environment with nothing deployed, or of a suspended project */
export function requireActive({
  project,
  environment,
}: Pick<Work, "project" | "environment">): void {
  if (environment.status !== "active" || project.suspended) {
    throw projectFailure(400, "The environment is not active.");
  }
}

/** Makes a backup; it is there when the activity is complete. Throws as `requireActive` does. */
export function backUp(work: Work, safe: boolean): StoredActivity {
  requireActive(work);
  const { store, project, environment, actor } = work;
  const id = shortId();
  const activity = startActivity(store, project, environment, actor, {
    type: "environment.backup",
    deed: `created a backup of <environment>${environment.id}</environment>`,
    payload: { backup_name: id },
  });
  if (activity.result === "success") {
    environment.backups.push({ id, createdAt: activity.endsAt, safe });
  }
  return activity;
}

/** Deploys what Git and the variables have now. Throws as `requireActive` does. */
export function redeployNow(work: Work): StoredActivity {
  requireActive(work);
  const { store, project, environment, actor } = work;
  const activity = startActivity(store, project, environment, actor, {
    type: "environment.redeploy",
    deed: `redeployed environment <environment>${environment.id}</environment>`,
  });
  takeEffect(project, environment, activity);
  return activity;
}

/** What a synchronization brings along, as the API spells it. */
export interface SynchronizedParts {
  readonly synchronize_code: boolean;
  readonly synchronize_data: boolean;
  readonly synchronize_resources: boolean;
  readonly rebase?: boolean;
}

/**
 * Copies from the parent; the sandbox has no data to show. Throws a Refusal with 400 where there is no parent or nothing
 * to copy, and as `requireActive` does.
 */
export function synchronize(work: Work, asked: SynchronizedParts): StoredActivity {
  requireActive(work);
  const { store, project, environment, actor } = work;
  const { parent } = environment;
  if (parent === undefined) throw projectFailure(400, "The environment has no parent.");
  if (!asked.synchronize_code && !asked.synchronize_data && !asked.synchronize_resources) {
    throw projectFailure(400, "Nothing to synchronize.");
  }
  const code = asked.synchronize_code ? project.code.get(parent) : undefined;
  if (code !== undefined) project.code.set(environment.id, code);
  const activity = startActivity(store, project, environment, actor, {
    type: "environment.synchronize",
    deed: `synchronized <environment>${environment.id}</environment> from <environment>${parent}</environment>`,
    payload: { ...asked },
  });
  takeEffect(project, environment, activity);
  return activity;
}

/** Throws a Refusal with 400 when no app that runs there has such an operation, and as `requireActive` does. */
export function runSourceOperation(work: Work, operation: string): StoredActivity {
  requireActive(work);
  const { store, project, environment, actor } = work;
  const isKnown = runningApps(environment, store.now()).some((app) => operation in app.operations);
  if (!isKnown) throw projectFailure(400, `The source operation ${operation} is not defined.`);
  return startActivity(store, project, environment, actor, {
    type: "environment.source-operation",
    deed: `ran source operation <em>${operation}</em>`,
    payload: { operation },
  });
}

/** Has an app's container run one of its operations. Throws as `runSourceOperation` does. */
export function runOperation(work: Work, app: string, operation: string): StoredActivity {
  requireActive(work);
  const { store, project, environment, actor } = work;
  const isKnown = runningApps(environment, store.now()).some(
    ({ name, runtimeOperations = {} }) => name === app && operation in runtimeOperations,
  );
  if (!isKnown) throw projectFailure(400, `${app} has no operation ${operation}.`);
  return startActivity(store, project, environment, actor, {
    type: "environment.operation",
    deed: `ran operation <em>${operation}</em>`,
    payload: { operation, service: app },
  });
}

/** Runs a task, in a container of its own. Throws as `requireActive` does. */
export function runEnvironmentTask(work: Work, task: string): StoredActivity {
  requireActive(work);
  const { store, project, environment, actor } = work;
  return startActivity(store, project, environment, actor, {
    type: "environment.task",
    deed: `ran task <em>${task}</em>`,
    payload: { task },
  });
}
