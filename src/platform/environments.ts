import * as v from "valibot";
import { type Fact, known } from "../fact.ts";
import type { EnvironmentType } from "./access.ts";
import { environmentActivities, hasEnded } from "./activities.ts";
import { certainly } from "./answers/certainty.ts";
import { linksSchema, operationsOf } from "./answers/links.ts";
import { path } from "./answers/path.ts";
import { optionalText, reader, requiredList } from "./answers/schema.ts";
import { parseWrite, type Write } from "./answers/write.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Connection } from "./connection.ts";

/** An environment of a project, as far as it is asked about here. */
export interface Environment {
  /** The branch's name, slashes and all. */
  readonly id: string;
  readonly title: string;
  /** Undefined where the answer names none of these. */
  readonly type: EnvironmentType | undefined;
  /** "active", "inactive", "paused", "dirty" (an activity runs) or "deleting"; undefined where the answer doesn't say. */
  readonly status: string | undefined;
  readonly parent?: string;
  /** Whether it is the environment of the default branch; undefined where the answer doesn't say. */
  readonly isMain: boolean | undefined;
  /** What this account may do with it now: "backup", "redeploy", "manage-variables"… */
  readonly operations: readonly string[];
  /** The commit that its branch is at; undefined when it has no code. */
  readonly headCommit?: string;
  /** How the latest deployment left it; undefined when there was none. */
  readonly deploymentState?: DeploymentState;
  /** Whether changes wait there until somebody deploys them. */
  readonly hasStaged?: true;
}

interface DeploymentState {
  /** Undefined where the answer doesn't say. */
  readonly successful: boolean | undefined;
  /** RFC 3339. */
  readonly at: string | undefined;
  /** What ended with another code than 0 in a deployment that failed, as far as the API tells (Upsun, since March 2026). */
  readonly failed?: readonly FailedCommand[];
  /** Why it failed, as far as the API tells: "shell" where a hook ended with another code than 0, or "error". */
  readonly reason?: string | undefined;
  /**
   * Whether crons run: "running", or "paused" and "sleeping", under which none does; "off" when they are disabled;
   * undefined where the answer doesn't say.
   */
  readonly crons: string | undefined;
}

/** A hook that a deployment failed at. */
interface FailedCommand {
  readonly app: string;
  /** The API's name for it: "deploy", "post_deploy". */
  readonly hook: string;
  readonly exitCode: number;
}

/** What the API answers for the environments of a project. */
export interface ListedEnvironments {
  /** Those that the account sees: those of types it has no role on are missing. */
  readonly environments: readonly Environment[];
  /** How many more the answer has without a name, so that nobody can say which these are. */
  readonly unnamed: number;
}

/** The environments of a project, also where some of the answer can't be read. */
export function listedEnvironments(
  connection: Connection,
  projectId: string,
): Promise<ListedEnvironments> {
  return connection.get(path`/projects/${projectId}/environments`, parseListed);
}

/**
 * The environments that the account sees: those of types it has no role on are missing. Throws `ApiFailure` where the
 * answer has one without a name, too: what is changed rests on all of them.
 */
export function environments(
  connection: Connection,
  projectId: string,
): Promise<readonly Environment[]> {
  return connection.get(path`/projects/${projectId}/environments`, parseEnvironments);
}

/** One environment. Throws `ApiFailure` with status 403 or 404 when the account can't see it. */
export function readEnvironment(
  connection: Connection,
  projectId: string,
  id: string,
): Promise<Environment> {
  return connection.get(path`/projects/${projectId}/environments/${id}`, parseEnvironment);
}

/**
 * The environment of this name, also where some of the answer can't be read, its name among it. Throws `ApiFailure` as
 * `readEnvironment` does.
 */
export function environmentByName(
  connection: Connection,
  projectId: string,
  id: string,
): Promise<Environment> {
  return connection.get(path`/projects/${projectId}/environments/${id}`, (answer) => {
    const read = readableOf(typeof answer === "object" ? { ...answer, id, name: id } : answer);
    return read ?? parseEnvironment(answer);
  });
}

/**
 * Whether what is changed on an environment waits there until somebody deploys it ("deployment type" of the official
 * CLI). It doesn't where the API has no such setting; unread where the API doesn't tell it.
 */
export async function deploysByHand(
  connection: Connection,
  projectId: string,
  id: string,
): Promise<Fact<boolean>> {
  try {
    return await connection.get(
      path`/projects/${projectId}/environments/${id}/settings`,
      parseDeploymentType,
    );
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.reason === "signedOut") throw error;
    if (error.status === 404) return known(false);
    return { kind: "unread", why: error.parts.why ?? error.parts.what };
  }
}

const parseDeploymentType = reader(
  v.pipe(
    v.object({ enable_manual_deployments: v.nullish(v.boolean()) }),
    v.transform(
      ({ enable_manual_deployments: byHand }): Fact<boolean> =>
        byHand === null || byHand === undefined
          ? { kind: "unread", why: "the API doesn't say it" }
          : known(byHand),
    ),
  ),
);

const deploymentState = v.pipe(
  v.object({
    last_deployment_successful: v.nullish(v.boolean()),
    last_deployment_at: optionalText,
    last_deployment_commands: v.nullish(
      v.array(
        v.object({ app: optionalText, type: optionalText, exit_code: v.nullish(v.number()) }),
      ),
      [],
    ),
    last_deployment_failure_reason: optionalText,
    crons: v.nullish(v.object({ enabled: v.nullish(v.boolean(), true), status: optionalText })),
  }),
  v.transform(
    ({
      last_deployment_successful,
      last_deployment_at,
      last_deployment_commands: commands,
      last_deployment_failure_reason: reason,
      crons,
    }): DeploymentState => ({
      successful: last_deployment_successful ?? undefined,
      at: last_deployment_at,
      failed: commands.flatMap(({ app, type, exit_code }) =>
        exit_code ? [{ app: app ?? "an app", hook: type ?? "a hook", exitCode: exit_code }] : [],
      ),
      reason,
      crons: crons?.enabled === false ? "off" : crons?.status,
    }),
  ),
);

const environmentSchema = v.pipe(
  v.object({
    id: optionalText,
    name: optionalText,
    title: optionalText,
    type: v.fallback(v.optional(v.picklist(["production", "staging", "development"])), undefined),
    status: optionalText,
    parent: optionalText,
    is_main: v.nullish(v.boolean()),
    head_commit: optionalText,
    deployment_state: v.nullish(deploymentState),
    has_staged_activities: v.nullish(v.boolean()),
    _links: linksSchema,
  }),
  // Both are the branch's name (platform API reference, environments), so that one is enough.
  v.forward(
    v.check(({ id, name }) => (id ?? name) !== undefined, "a name"),
    ["name"],
  ),
  v.transform(
    ({ id, name = "", title, type, status, parent, is_main, _links, ...more }): Environment => ({
      id: id ?? name,
      title: title ?? (name || (id ?? "")),
      type,
      status,
      ...(parent === undefined ? {} : { parent }),
      isMain: is_main ?? undefined,
      operations: operationsOf(_links),
      ...(more.head_commit === undefined ? {} : { headCommit: more.head_commit }),
      ...(more.deployment_state ? { deploymentState: more.deployment_state } : {}),
      ...(more.has_staged_activities ? { hasStaged: true as const } : {}),
    }),
  ),
);

const parseEnvironment = reader(environmentSchema);
const parseEnvironments = reader(requiredList(environmentSchema));

const parseListed = reader(
  v.pipe(
    requiredList(v.unknown()),
    v.transform((listed): ListedEnvironments => {
      const named = listed.flatMap((each) => readableOf(each) ?? []);
      return { environments: named, unnamed: listed.length - named.length };
    }),
  ),
);

/** An environment in the API's answer, whose members in another form say as little as null; undefined without a name. */
function readableOf(answer: unknown): Environment | undefined {
  const whole = v.safeParse(environmentSchema, answer);
  if (whole.success) return whole.output;
  if (typeof answer !== "object" || answer === null) return undefined;
  const odd = whole.issues.map(({ path: [{ key } = { key: "" }] = [] }) => String(key));
  // A state is there, whatever its form; null would say that nothing was ever deployed.
  const silent = odd.map((key) => [key, key === "deployment_state" ? {} : null] as const);
  const rest = v.safeParse(environmentSchema, { ...answer, ...Object.fromEntries(silent) });
  return rest.success ? rest.output : undefined;
}

/** Why the latest deployment of an environment failed, as a sentence without its beginning; undefined where nobody says that it did. */
export function failureOfDeployment({ deploymentState }: Environment): string | undefined {
  if (deploymentState?.successful !== false) return undefined;
  const { failed = [], reason = "" } = deploymentState;
  const hooks = failed.map(
    ({ app, hook, exitCode }) => `the ${hook} hook of ${app} ended with ${exitCode}`,
  );
  return hooks.length === 0 ? reasonInWords(reason) : hooks.join(", ");
}

function reasonInWords(reason: string): string {
  if (reason === "shell") return "a hook ended with another code than 0";
  return reason === "error"
    ? "at something other than a hook, which its log names"
    : "the platform doesn't say at what";
}

/**
 * Deploys an environment anew, with what is configured now. Should the answer be lost, a redeployment that was not
 * there before is taken for this one. Throws `ApiFailure`.
 */
export async function redeployEnvironment(
  connection: Connection,
  projectId: string,
  environmentId: string,
): Promise<Write> {
  const latest = () =>
    environmentActivities(connection, projectId, environmentId, {
      count: 10,
      type: "environment.redeploy",
    });
  const before = new Set((await latest()).map(({ id }) => id));
  const operation = path`/projects/${projectId}/environments/${environmentId}/redeploy`;
  return certainly(
    () => connection.send("POST", operation, undefined, parseWrite),
    async () => {
      const begun = (await latest()).filter(({ id }) => !before.has(id));
      return begun.length === 0
        ? undefined
        : { outcome: { activities: begun.filter((one) => !hasEnded(one)) } };
    },
  );
}
