import type { Vendor } from "../../vendors/vendor.ts";
import type { AppDefinition } from "../projects/app-definition.ts";
import { projectFailure, RefusedRequest } from "../server/reply.ts";
import { platformAccount } from "../state/accounts.ts";
import { type EnvironmentAction, mayOnEnvironment } from "../state/permissions.ts";
import { permissionsOn } from "../state/project-access.ts";
import type {
  Store,
  StoredActivity,
  StoredApiToken,
  StoredEnvironment,
  StoredProject,
} from "../store.ts";
import { runningApps, startActivity } from "./activities.ts";
import { type CommandRun, commandsRunBy } from "./cron-script.ts";
import {
  backUp,
  redeployNow,
  runSourceOperation,
  synchronize,
  type Work,
} from "./environment-work.ts";

type Place = Omit<Work, "actor">;

/**
 * Has a cron of an environment run now, as the platform would at its time: what runs is what is deployed, with the token
 * that is deployed, and what the CLI does is done by that token's account. The run fails as it would there: without the
 * CLI, without a token, with one that was revoked, with too weak a role.
 *
 * @param cron its name
 * @returns the activity of the run itself, after which comes what it started, and the token that it signed in with
 * @throws Refusal with 404 when nothing deployed has such a cron, with 400 when crons don't run there
 */
export function runCron(
  place: Place,
  cron: string,
): { readonly activity: StoredActivity; readonly token: StoredApiToken | undefined } {
  const { store, project, environment } = place;
  const app = runningApps(environment, store.now()).find(({ crons }) => cron in crons);
  const definition = app?.crons[cron];
  if (app === undefined || definition === undefined) {
    throw projectFailure(404, `There is no cron ${cron} on ${environment.id}.`);
  }
  if (environment.status !== "active" || environment.crons === "paused" || project.suspended) {
    throw projectFailure(400, `The crons of ${environment.id} don't run.`);
  }
  const commands = commandsRunBy(definition.start, {
    branch: environment.id,
    type: environment.type,
    files: project.code.get(environment.id)?.files ?? {},
  });
  const tried = commands.map((command) => attempt(place, app, command));
  const failed = tried.find((one) => !one.isPossible);
  const activity = startActivity(
    store,
    project,
    environment,
    { id: platformAccount },
    {
      type: "environment.cron",
      deed: `ran cron <em>${cron}</em>`,
      payload: { cron },
      log: tried.map(({ says }) => says),
    },
  );
  if (failed !== undefined) activity.result = "failure";
  for (const one of tried) if (one.isPossible) one.start();
  return { activity, token: tried.find((one) => one.isPossible)?.token };
}

/** What a command comes to: it can't be done, or it is done when the run has its place in the queue. */
type Attempt =
  | { readonly isPossible: false; readonly says: string; readonly token?: undefined }
  | {
      readonly isPossible: true;
      readonly says: string;
      readonly token: StoredApiToken;
      start(): void;
    };

function attempt(place: Place, app: AppDefinition, command: CommandRun): Attempt {
  const { store, project, environment } = place;
  const { of, name } = command;
  const { binary } = of;
  if (!/installer|cli\/releases|platformsh\/cli|upsun\/cli/u.test(app.build ?? "")) {
    return { isPossible: false, says: `sh: 1: ${binary}: not found` };
  }
  const token = deployedToken(store, environment, of);
  if (token === undefined) return { isPossible: false, says: "Authentication is required." };
  if (token === "unknown") return { isPossible: false, says: "Invalid API token." };
  const actor = store.accounts.get(token.account);
  const known = effects.find(({ names }) => names.includes(name));
  if (known === undefined || actor === undefined) {
    return { isPossible: true, token, says: `${binary} ${name}`, start: () => undefined };
  }
  token.lastUsedAt = store.now();
  if (!may(store, project, environment, { account: actor.id, action: known.action })) {
    const says = `Operation not available: ${known.action} on the environment ${environment.id}`;
    return { isPossible: false, says };
  }
  return {
    isPossible: true,
    token,
    says: `${binary} ${name}`,
    start: () => {
      try {
        known.start({ ...place, actor }, command);
      } catch (error) {
        if (!(error instanceof RefusedRequest)) throw error;
      }
    },
  };
}

const effects: readonly {
  readonly names: readonly string[];
  readonly action: EnvironmentAction;
  start(work: Work, command: CommandRun): unknown;
}[] = [
  {
    names: ["backup:create", "backup", "snapshot:create", "environment:backup"],
    action: "backup",
    start: (work, command) => backUp(work, !command.arguments.includes("--live")),
  },
  {
    names: ["environment:redeploy", "redeploy"],
    action: "redeploy",
    start: (work) => redeployNow(work),
  },
  {
    names: ["environment:synchronize", "sync"],
    action: "edit",
    start: (work, command) =>
      synchronize(work, {
        synchronize_code: command.arguments.includes("code"),
        synchronize_data: command.arguments.includes("data"),
        synchronize_resources: command.arguments.includes("resources"),
      }),
  },
  {
    names: ["source-operation:run"],
    action: "source-operation",
    start: (work, command) =>
      runSourceOperation(work, command.arguments.find((word) => !word.startsWith("-")) ?? ""),
  },
];

/** The token that the CLI finds in its environment variable; "unknown" when nobody has such a token (any more). */
function deployedToken(
  store: Store,
  environment: StoredEnvironment,
  { tokenVariable: name }: Vendor,
): StoredApiToken | "unknown" | undefined {
  const current = environment.deployments.findLast(({ since }) => since <= store.now());
  const variable = current?.variables.find((one) => one.name === name && one.visible_runtime);
  if (variable === undefined) return undefined;
  const tokens = [...store.apiTokens.values()];
  return tokens.find(({ secret }) => secret === variable.value) ?? "unknown";
}

function may(
  store: Store,
  project: StoredProject,
  environment: StoredEnvironment,
  { account, action }: { readonly account: string; readonly action: EnvironmentAction },
): boolean {
  return mayOnEnvironment(permissionsOn(store, project, account), environment.type, action);
}
