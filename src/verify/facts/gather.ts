import type { AppFile } from "../../appfile/app-file.ts";
import { readAuditSettings } from "../../audit/audit-settings.ts";
import { onlyThisPart, whyOf } from "../../audit/main-environment.ts";
import { factOf, readPlatform } from "../../audit/platform-facts.ts";
import type { PlatformFacts } from "../../audit/rule.ts";
import { readNeighbours, readSubjects, type Subject } from "../../audit/subject.ts";
import { filesWithTokens } from "../../audit/token-files.ts";
import { tokenNotGiven } from "../../audit/unread.ts";
import { verdictOn } from "../../audit/verdict.ts";
import { pushesFromCi } from "../../automation/ci-jobs.ts";
import { ciAround } from "../../cifile/gather.ts";
import { type Fact, known, valueIn } from "../../fact.ts";
import { Failure } from "../../failure.ts";
import { readBranches } from "../../git/checkout.ts";
import {
  type Activity,
  environmentActivities,
  hasEnded,
  watchActivity,
} from "../../platform/activities.ts";
import { followLog } from "../../platform/activity-log.ts";
import { ownApiTokens } from "../../platform/api-tokens.ts";
import type { Connection } from "../../platform/connection.ts";
import { type TokenFacts, tokenFacts } from "../../platform/users.ts";
import type { SetupContext } from "../../setup/context.ts";
import { environmentOf, otherOwners, projectOf, type Session } from "../../setup/session.ts";
import { mostActivities, workTypes } from "../checks/work-checks.ts";
import { ciWorks } from "./ci-facts.ts";
import type { Build, TokenLook, VerificationFacts } from "./facts.ts";

/** The types of activities that build or deploy. */
const deploying = [
  "environment.push",
  "environment.activate",
  "environment.initialize",
  "environment.merge",
  "environment.redeploy",
  "environment.synchronize",
  "environment.variable.create",
  "environment.variable.delete",
  "environment.variable.update",
];

/** Reads all that the checklist looks at; with `wait`, after the deployment that is under way. */
export async function gatherFacts(
  session: Session,
  context: SetupContext,
  o: { readonly wait: boolean },
): Promise<VerificationFacts> {
  const platform = context.platform();
  const { connection, operator } = platform;
  const [project, id] = [projectOf(session), environmentOf(session)];
  const latest = () =>
    factOf(environmentActivities(connection, project, id, { count: 20, type: deploying }));
  if (o.wait) await waitFor(valueIn(await latest()) ?? [], project, context);
  platform.forget();
  const { directory, appFile } = session.request;
  const name = session.answers.app?.value ?? "";
  const where = { app: name, ...(appFile === undefined ? {} : { appFile }) };
  const [subjects, neighbours, git, tokenSearch, ci, said, token] = await Promise.all([
    readSubjects(directory, where),
    readNeighbours(directory, where),
    readBranches(directory, context.env),
    filesWithTokens(directory, context.env),
    ciAround(directory),
    readAuditSettings({ directory }),
    lookWithToken(context),
  ]);
  const app = appIn(subjects);
  const [read, deployments, activities, access, works] = await Promise.all([
    // Of other environments, nothing is read: they are looked at when they are named.
    readPlatform(connection, context.vendor, project, id, { jobs: [], pushes: pushesFromCi(ci) }),
    latest(),
    factOf(
      environmentActivities(connection, project, id, { count: mostActivities, type: workTypes }),
    ),
    platform.access(project).catch(unseen),
    ciWorks(ci, session, context),
  ]);
  const machineUser = machineUserSeen(token);
  const facts: PlatformFacts = { ...read, machineUser, operator: known(operator.id) };
  return {
    now: new Date(),
    app,
    neighbours,
    otherOwners: otherOwners(session),
    platform: facts,
    verdict: verdictOn(
      {
        subjects,
        neighbours,
        whole: false,
        vendor: { vendor: context.vendor, because: "from its API", rivals: [] },
        git,
        tokenSearch,
        ci,
        online: { kind: "read", facts },
      },
      said,
    ),
    underWay: underWayIn(deployments),
    build: await buildIn(valueIn(deployments) ?? [], app.name, project, connection),
    activities,
    token,
    ciWorks: works,
    addresses: new Map(
      access.flatMap(({ user, email }) => (email === undefined ? [] : [[user, email] as const])),
    ),
  };
}

function machineUserSeen(token: TokenLook): Fact<TokenFacts> {
  if (token.kind === "seen") return known(token.facts);
  return token.kind === "unread" ? token : tokenNotGiven;
}

function underWayIn(deployments: Fact<readonly Activity[]>): Fact<Activity> {
  if (deployments.kind !== "known") return deployments;
  const running = deployments.value.find((activity) => !hasEnded(activity));
  return running === undefined ? { kind: "absent" } : known(running);
}

/** The app that is looked at. Throws a `Failure` ("uneditable") where its file can't be read. */
function appIn([subject]: readonly Subject[]): AppFile {
  if (subject?.kind === "read") return subject.app;
  throw (
    subject?.failure ?? new Failure("usage", { what: "There is no app any more", where: "--app" })
  );
}

/** Whoever isn't the project's admin may not see who else is on it. */
function unseen(error: unknown): readonly [] {
  if (error instanceof Failure && error.reason === "api") return [];
  throw error;
}

async function waitFor(
  activities: readonly Activity[],
  project: string,
  { platform, signal, pollMs, progress }: SetupContext,
): Promise<void> {
  for (const { id } of activities.filter((activity) => !hasEnded(activity)).toReversed()) {
    await watchActivity(platform().connection, project, id, {
      signal,
      intervalMs: pollMs,
      onProgress: ({ description, percent }) => progress(`${percent} %: ${description}`),
      onLog: ({ text }) => progress(text),
    });
  }
}

async function lookWithToken(context: SetupContext): Promise<TokenLook> {
  const { machineToken } = context;
  if (machineToken === undefined) return { kind: "skipped" };
  const connection = context.connectAs(machineToken);
  try {
    const facts = await tokenFacts(connection);
    return { kind: "seen", facts, made: await madeAt(connection, facts.owner.id) };
  } catch (error) {
    if (error instanceof Failure && error.reason === "signedOut")
      return { kind: "refused", why: error.parts.why ?? error.parts.what };
    return { kind: "unread", why: whyOf(onlyThisPart(error)) };
  } finally {
    await connection.close();
  }
}

/** When the account's own tokens were made; unread where the API would not list them. */
async function madeAt(connection: Connection, user: string): Promise<Fact<readonly string[]>> {
  try {
    const tokens = await ownApiTokens(connection, user);
    const made = tokens.flatMap(({ createdAt }) => createdAt ?? []);
    return made.length === tokens.length
      ? known(made)
      : { kind: "unread", why: "the API doesn't say when each of its tokens was made" };
  } catch (error) {
    if (!(error instanceof Failure) || error.reason === "interrupted") throw error;
    return { kind: "unread", why: error.parts.what };
  }
}

const mostLogs = 8;
const logMs = 10_000;

/** The latest log that tells of a build of the app; a deployment that only took an earlier build over says so. */
async function buildIn(
  deployments: readonly Activity[],
  app: string,
  project: string,
  connection: Connection,
): Promise<Build> {
  const over = deployments.filter(hasEnded).slice(0, mostLogs);
  let wasReused = false;
  for (const { id, completedAt } of over) {
    const lines: string[] = [];
    const onLog = ({ text }: { readonly text: string }) => void lines.push(...text.split("\n"));
    await followLog(connection, project, id, { onLog, stop: AbortSignal.timeout(logMs) });
    const log = buildLog(lines, app);
    if (log?.kind === "built") return { kind: "log", at: completedAt, lines: log.lines };
    wasReused ||= log?.kind === "reused";
  }
  return { kind: wasReused ? "reused" : "unknown" };
}

/** What the log of a deployment tells of the build of an app; undefined when the app isn't in it. */
export type BuildLog =
  | { readonly kind: "built"; readonly lines: readonly string[] }
  | { readonly kind: "reused" }
  | undefined;

/**
 * Reads the log of a deployment, as the platform writes it: "Building application 'app' (runtime type: …)", and in the
 * next line whether an earlier build is taken over.
 *
 * @param lines from first to last, without their line ends
 * @returns the lines from there on, which are those of the build first
 */
export function buildLog(lines: readonly string[], app: string): BuildLog {
  const start = lines.findIndex(
    (line) => /^\s*Building application/u.test(line) && line.includes(`'${app}'`),
  );
  if (start === -1) return undefined;
  if (lines[start + 1]?.includes("Reusing existing build")) return { kind: "reused" };
  return { kind: "built", lines: lines.slice(start) };
}
