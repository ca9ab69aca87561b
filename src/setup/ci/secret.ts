import { realpath } from "node:fs/promises";
import { type CiUse, ciUses, secretNameOf } from "../../automation/ci-jobs.ts";
import type { CiSecretChange } from "../../change/change.ts";
import { secretsNamed } from "../../cifile/expressions.ts";
import { readCi } from "../../cifile/gather.ts";
import { gitlabJobPath, workflowPath } from "../../cifile/new-job.ts";
import { type CiReading, workflow } from "../../cifile/read.ts";
import { type NoProgram, whyNotRun } from "../../cihost/host.ts";
import {
  openSecretStore,
  type SecretPlace,
  type SecretStore,
  type StoredSecret,
} from "../../cihost/secret-store.ts";
import type { Fact } from "../../fact.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import { allCiTasks, ciTasks } from "../tasks/chosen.ts";
import { calledWithFile, jobThere } from "./job-there.ts";
import { linesOf } from "./lines.ts";
import {
  hostProgramContext,
  repositoryOf,
  rootOf,
  type WrittenSystem,
  writtenSystemOf,
} from "./target.ts";

/** Where the token is kept for jobs of CI; undefined where the repository isn't known. */
export async function secretPlaceOf(
  session: Session,
  context: SetupContext,
): Promise<SecretPlace | undefined> {
  const system = writtenSystemOf(session);
  const repository = system === undefined ? undefined : repositoryOf(session, context);
  if (system === undefined || repository === undefined) return undefined;
  const { host, path } = repository;
  const name = secretNameFor(system, session, context, await ciOf(session, context));
  return { system, host, repository: path, name };
}

/** What other jobs have to do with the secret, each a sentence: that there are two, or that it is theirs as well. */
export async function sharedSecret(
  { system, name }: SecretPlace,
  session: Session,
  context: SetupContext,
): Promise<readonly string[]> {
  const { tokenEnv } = context.vendor;
  const ci = await ciOf(session, context);
  const other = jobWithSecret(name, system, session, context, ci);
  if (other !== undefined)
    return [`${name} is the token of ${other} as well, which works as this account from then on.`];
  const usual =
    name === tokenEnv ? undefined : jobWithSecret(tokenEnv, system, session, context, ci);
  return usual === undefined
    ? []
    : [`${tokenEnv} is the token of ${usual}: this job has a secret of its own.`];
}

async function ciOf({ request }: Session, context: SetupContext): Promise<CiReading> {
  return readCi(await realpath(rootOf(context)), context.files, request.directory);
}

/**
 * The name of the secret that the job of a task takes the token from: what the job that is there says, else the name of
 * the CLI's variable; and where another job has its token by that name, one of the task's own, since a secret holds the
 * token of one account.
 */
export function secretNameFor(
  system: WrittenSystem,
  session: Session,
  context: SetupContext,
  ci: CiReading,
): string {
  const { tokenEnv } = context.vendor;
  const own = ownUses(system, session, context, ci);
  const there = own.flatMap((use) => secretNameOf(use, tokenEnv) ?? [])[0];
  if (there !== undefined) return there;
  const [task] = tasksOf(session);
  return task === undefined || jobWithSecret(tokenEnv, system, session, context, ci) === undefined
    ? tokenEnv
    : `${tokenEnv}_${task.toUpperCase().replaceAll("-", "_")}`;
}

/** Which other job takes its token from a secret, in words; undefined where none is known to. */
function jobWithSecret(
  name: string,
  system: WrittenSystem,
  session: Session,
  context: SetupContext,
  ci: CiReading,
): string | undefined {
  const { tokenEnv, binary } = context.vendor;
  const own = ownUses(system, session, context, ci);
  const other = ciUses(ci).find(
    (use) =>
      use.job.system === system &&
      !own.includes(use) &&
      // On GitLab every job has the variable; those that call the CLI need it.
      (system === "github" || use.calls.some(({ call }) => call.binary === binary)) &&
      secretNameOf(use, tokenEnv) === name,
  );
  if (other !== undefined) return calledWithFile(other.job);
  if (system === "gitlab") return undefined;
  return workflowNaming(
    name,
    ci,
    own.map(({ job }) => job.spot.in.file),
  );
}

/**
 * A workflow that names a secret, as it is shown; undefined where none does. An action, another workflow or a program may
 * be handed it, which is no use of the CLI that is seen.
 *
 * @param except the workflows, by absolute path, in which it may be named
 */
export function workflowNaming(
  secret: string,
  { texts }: CiReading,
  except: readonly string[] = [],
): string | undefined {
  // GitHub tells no capitals from small letters there.
  const isNamed = (text: string) =>
    secretsNamed(text).some((name) => name.toUpperCase() === secret.toUpperCase());
  const [file] = [...texts].filter(
    ([path, { file, text }]) => workflow.test(path) && !except.includes(file) && isNamed(text),
  );
  return file?.[1].shown;
}

/** The ids of the tasks that are meant, asked for or not. */
function tasksOf({ answers, request }: Session): readonly string[] {
  const ids = (answers.task?.value ?? request.given.task ?? "").split(",");
  return allCiTasks.flatMap(({ id }) => (ids.includes(id) ? id : []));
}

/** The jobs that do the tasks: those in the files that setup writes, and others that do the same. */
function ownUses(
  system: WrittenSystem,
  session: Session,
  context: SetupContext,
  ci: CiReading,
): readonly CiUse[] {
  const pathOf = system === "gitlab" ? gitlabJobPath : workflowPath;
  const files = tasksOf(session).flatMap((id) => ci.texts.get(pathOf(id))?.file ?? []);
  const doing = ciTasks(session).flatMap((task) => {
    const there = jobThere(task, session, ci, {
      repository: repositoryOf(session, context)?.path,
      lines: linesOf(task, session, context),
    });
    return there?.differences.length === 0 ? there.called : [];
  });
  return ciUses(ci).filter(
    ({ job: { system: of, called, spot } }) =>
      of === system &&
      (files.includes(spot.in.file) || doing.includes(calledWithFile({ called, spot }))),
  );
}

/** The host's program, or why there is none that can be used. */
export function storeFor(
  place: SecretPlace,
  context: SetupContext,
): Promise<SecretStore | NoProgram> {
  return openSecretStore(place, hostProgramContext(context));
}

/** The secret as the host's program tells of it. */
export async function storedSecret(
  session: Session,
  context: SetupContext,
): Promise<Fact<StoredSecret>> {
  const place = await secretPlaceOf(session, context);
  if (place === undefined)
    return { kind: "unread", why: "no remote of the checkout names its repository" };
  const store = await storeFor(place, context);
  return "why" in store ? { kind: "unread", why: store.why } : lookUp(store, place);
}

/** What is known of a secret; unread where the host's program can't be run, or gives no answer in time. */
export function lookUp(store: SecretStore, place: SecretPlace): Promise<Fact<StoredSecret>> {
  return store.find(place).catch((error: unknown) => ({
    kind: "unread",
    ...whyNotRun("the program of the host")(error),
  }));
}

/** The change that sets the secret. */
export function secretChange(
  place: SecretPlace,
  value: CiSecretChange["value"],
  there: Fact<StoredSecret>,
  context: SetupContext,
): CiSecretChange {
  return {
    kind: "ci-secret",
    ...place,
    value,
    // What could not be looked at may be there; undo must not delete it then.
    replaces: there.kind !== "absent",
    root: rootOf(context),
  };
}
