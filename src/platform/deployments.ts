import * as v from "valibot";
import { type Fact, known } from "../fact.ts";
import { path } from "./answers/path.ts";
import { optionalText, reader, requiredList, requiredText, word } from "./answers/schema.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Connection } from "./connection.ts";

/** What runs on an environment, as opposed to what is configured or pushed. */
export interface Deployment {
  /** By name. */
  readonly apps: readonly DeployedApp[];
  /** As the apps see them, after inheritance; those that are switched off are not there. */
  readonly variables: readonly DeployedVariable[];
  /** Who may connect over SSH, by the account's id; what changes in the access list comes here with a redeployment. */
  readonly access: readonly { readonly user: string; readonly role: string }[];
  /** When it was made or last changed, RFC 3339. */
  readonly updatedAt: string | undefined;
}

/** An application as it was deployed. Texts are as they were written in its file; one that is empty is left out. */
interface DeployedApp {
  readonly name: string;
  readonly crons: readonly DeployedCron[];
  readonly hooks: {
    readonly build?: string;
    readonly deploy?: string;
    readonly postDeploy?: string;
  };
  readonly sourceOperations: readonly DeployedOperation[];
  /** The least role that may connect over SSH: "admin", "contributor" or "viewer". */
  readonly sshRole: string | undefined;
  /** In which the crons' schedules count; undefined means UTC. */
  readonly timezone: string | undefined;
  /** The folder in the repository that it was built from, without slashes around it; empty for the top. */
  readonly root: string;
}

interface DeployedCron {
  readonly name: string;
  readonly spec: string;
  /** Undefined where the answer doesn't say. */
  readonly command: string | undefined;
}

interface DeployedOperation {
  readonly name: string;
  /** Undefined where the answer doesn't say: the API's description lets it be null. */
  readonly command: string | undefined;
}

/** A variable without its value, which is never read. */
interface DeployedVariable {
  readonly name: string;
  /** Undefined where the answer doesn't say, as real ones often don't. */
  readonly visibleAtRuntime: boolean | undefined;
}

/**
 * What is deployed on an environment now; undefined when nothing is, because it is inactive or was never deployed
 * (platform API reference, deployments). Throws `ApiFailure`.
 */
export async function currentDeployment(
  connection: Connection,
  projectId: string,
  environmentId: string,
): Promise<Deployment | undefined> {
  const item = path`/projects/${projectId}/environments/${environmentId}/deployments/current`;
  try {
    return await connection.get(item, parseDeployment);
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * The names of the apps that are deployed on an environment now; absent where nothing is deployed, and unread where the
 * API doesn't tell it. Throws `ApiFailure` ("signedOut").
 */
export async function deployedApps(
  connection: Connection,
  projectId: string,
  environmentId: string,
): Promise<Fact<readonly string[]>> {
  try {
    const { apps = [] } = (await currentDeployment(connection, projectId, environmentId)) ?? {};
    return apps.length === 0 ? { kind: "absent" } : known(apps.map(({ name }) => name));
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.reason === "signedOut") throw error;
    return { kind: "unread", why: error.parts.why ?? error.parts.what };
  }
}

/** `cmd` is what crons of an older form have, and what newer ones repeat. */
const cron = v.object({
  spec: v.string(),
  commands: v.nullish(v.object({ start: v.nullish(v.string()) })),
  cmd: v.nullish(v.string()),
});

const hooks = v.object({ build: requiredText, deploy: requiredText, post_deploy: requiredText });

const source = v.object({
  root: requiredText,
  operations: v.nullable(v.record(v.string(), v.object({ command: optionalText })), {}),
});

const webapp = v.object({
  crons: v.nullable(v.record(v.string(), cron), {}),
  hooks: v.nullable(hooks),
  source: v.nullable(source),
  access: v.nullish(v.object({ ssh: optionalText })),
  timezone: optionalText,
});

const variable = v.pipe(
  v.object({
    name: word,
    visible_runtime: v.nullish(v.boolean()),
  }),
  v.transform(
    ({ name, visible_runtime }): DeployedVariable => ({
      name,
      visibleAtRuntime: visible_runtime ?? undefined,
    }),
  ),
);

const parseDeployment = reader(
  v.pipe(
    v.object({
      webapps: v.record(v.string(), webapp),
      variables: requiredList(variable),
      access: requiredList(v.object({ entity_id: word, role: word })),
      created_at: optionalText,
      updated_at: optionalText,
    }),
    v.transform(
      ({ webapps, variables, access, created_at, updated_at }): Deployment => ({
        apps: Object.entries(webapps)
          .map(([name, app]) => deployedApp(name, app))
          .sort((one, other) => (one.name < other.name ? -1 : 1)),
        variables,
        access: access.map(({ entity_id, role }) => ({ user: entity_id, role })),
        // Real answers have updated_at null as long as nothing was changed.
        updatedAt: updated_at ?? created_at,
      }),
    ),
  ),
);

function deployedApp(name: string, app: v.InferOutput<typeof webapp>): DeployedApp {
  const { build, deploy, post_deploy } = app.hooks ?? {};
  return {
    name,
    crons: Object.entries(app.crons).map(([cronName, { spec, commands, cmd }]) => ({
      name: cronName,
      spec,
      command: commands?.start ?? cmd ?? undefined,
    })),
    hooks: {
      ...(build === undefined ? {} : { build }),
      ...(deploy === undefined ? {} : { deploy }),
      ...(post_deploy === undefined ? {} : { postDeploy: post_deploy }),
    },
    sourceOperations: Object.entries(app.source?.operations ?? {}).map(
      ([operation, { command }]) => ({ name: operation, command }),
    ),
    sshRole: app.access?.ssh,
    timezone: app.timezone,
    root: (app.source?.root ?? "").replace(/^\/+|\/+$/g, ""),
  };
}
