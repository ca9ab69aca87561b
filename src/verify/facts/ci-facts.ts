import { actsFromCi, type CiUse, ciUses, secretNameOf } from "../../automation/ci-jobs.ts";
import { taskVariable } from "../../cifile/job-frame.ts";
import type { CiReading } from "../../cifile/read.ts";
import { type HostProgram, type NoProgram, openHost, whyNotRun } from "../../cihost/host.ts";
import { type HostedJob, type HostedJobFacts, hostedJobFacts } from "../../cihost/runs.ts";
import { type StoredSecret, secretStore } from "../../cihost/secret-store.ts";
import type { Fact } from "../../fact.ts";
import { Failure } from "../../failure.ts";
import type { HostedRepository } from "../../git/hosts.ts";
import { hostProgramContext, repositoryOf } from "../../setup/ci/target.ts";
import type { SetupContext } from "../../setup/context.ts";
import { environmentOf, projectOf, type Session } from "../../setup/session.ts";
import { changesPlatform } from "../../shell/cli-call.ts";

/** A job of CI that changes something on the environment that is looked at, or that may. */
export interface CiWork {
  readonly use: CiUse;
  /** The commands that change something there, by their names; and those of which that can't be told. */
  readonly commands: readonly string[];
  readonly unclear: readonly string[];
  /** What its host tells of it; none where none of its commands is known to act there. */
  readonly hosted: CiHosted | undefined;
}

/** What the host of a repository tells of a job. */
export interface CiHosted extends HostedJobFacts {
  /** "acme/shop"; undefined where it isn't known. */
  readonly repository: string | undefined;
  /** The name of the secret or variable with the token; undefined where the job takes it from elsewhere. */
  readonly secretName: string | undefined;
  readonly secret: Fact<StoredSecret>;
}

/** The jobs of CI that work on the environment, each with what its host tells of it. */
export async function ciWorks(
  reading: CiReading,
  session: Session,
  context: SetupContext,
): Promise<readonly CiWork[]> {
  const place = { project: projectOf(session), environment: environmentOf(session) };
  const works = ciUses(reading).flatMap((use) => {
    const changing = use.calls.filter(({ call }) => changesPlatform(call));
    const names = (acts: "yes" | "unknown") => [
      ...new Set(
        changing.flatMap((each) => (actsFromCi(each, place) === acts ? each.call.name : [])),
      ),
    ];
    const [commands, unclear] = [names("yes"), names("unknown")];
    return commands.length + unclear.length === 0 ? [] : { use, commands, unclear };
  });
  if (works.length === 0) return [];
  const host = new Host(session, context);
  return Promise.all(
    works.map(async (work) => ({
      ...work,
      hosted: work.commands.length === 0 ? undefined : await host.tells(work.use),
    })),
  );
}

/** The host of the repository, asked once for what all jobs have in common. */
class Host {
  readonly #session: Session;
  readonly #context: SetupContext;
  readonly #programs = new Map<string, Promise<HostProgram | NoProgram>>();

  constructor(session: Session, context: SetupContext) {
    this.#session = session;
    this.#context = context;
  }

  async tells(use: CiUse): Promise<CiHosted> {
    const { job } = use;
    const secretName = secretNameOf(use, this.#context.vendor.tokenEnv);
    const repository = this.#found();
    if ("why" in repository) return unreadAs(repository.why, undefined, secretName);
    const { host, path } = repository;
    const program = await this.#program(job.system, host);
    if ("why" in program) return unreadAs(program.why, path, secretName);
    const at = { system: job.system, host, repository: path };
    // A program that stops answering leaves unread what it was asked, and nothing else.
    const unasked = (error: unknown) =>
      unreadAs(whyNotRun(program.name)(error).why, path, secretName);
    const [secret, told] = await Promise.all([
      secretName === undefined
        ? ({ kind: "unread", why: "the job takes it from elsewhere" } as const)
        : secretStore(program, job.system)
            .reaching({ ...at, name: secretName }, job.environment?.text)
            .catch((error: unknown) => unasked(error).secret),
      job.file.triggers.events.has("workflow_call")
        ? unreadAs("other workflows call it", path, secretName)
        : hostedJobFacts(program, {
            ...at,
            file: job.spot.in.shown,
            job: job.id,
            named: nameOf(use),
            scheduled: job.file.triggers.schedules.length > 0,
            startedBy: startedBy(use),
          }).catch(unasked),
    ]);
    const { lastRun } = told;
    return { repository: path, secretName, secret, switch: told.switch, lastRun };
  }

  #found(): HostedRepository | NoProgram {
    try {
      const found = repositoryOf(this.#session, this.#context);
      return found ?? { why: "no remote of the checkout names its repository" };
    } catch (error) {
      if (error instanceof Failure && error.reason === "usage") return { why: error.parts.what };
      throw error;
    }
  }

  #program(system: CiUse["job"]["system"], host: string): Promise<HostProgram | NoProgram> {
    const open =
      this.#programs.get(system) ?? openHost({ system, host }, hostProgramContext(this.#context));
    this.#programs.set(system, open);
    return open;
  }
}

function unreadAs(
  why: string,
  repository: string | undefined,
  secretName: string | undefined,
): CiHosted {
  const fact = { kind: "unread", why } as const;
  return { repository, secretName, secret: fact, switch: fact, lastRun: fact };
}

/** The name that a workflow gives a job of its own. */
function nameOf({ job: { map } }: CiUse): string | undefined {
  const name = map.get("name");
  return typeof name === "string" ? name : undefined;
}

/** What starts a job which setup wrote for GitLab, by its rules. */
function startedBy({ job: { system, map, spot } }: CiUse): HostedJob["startedBy"] {
  if (system !== "gitlab") return undefined;
  const [start = 0, , end = 0] = map.range ?? [];
  const rules = spot.in.text.slice(start, end);
  if (/\$CI_PIPELINE_SOURCE == "push" && \$CI_COMMIT_BRANCH == /u.test(rules))
    return { kind: "push" };
  const written = new RegExp(`\\$${taskVariable} == "([^"]+)"`, "u");
  const value = written.exec(rules)?.[1];
  return value === undefined ? undefined : { kind: "schedule", variable: taskVariable, value };
}
