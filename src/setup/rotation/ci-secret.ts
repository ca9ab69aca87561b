import { disk } from "../../appfile/files.ts";
import { type CiUse, ciCutShort, ciUses, secretNameOf } from "../../automation/ci-jobs.ts";
import { previewOf } from "../../change/preview.ts";
import { readCi } from "../../cifile/gather.ts";
import type { CiReading } from "../../cifile/read.ts";
import { readerSecret } from "../../cifile/verify-job.ts";
import { type SecretPlace, secretPage } from "../../cihost/secret-store.ts";
import { agrees, leftOut } from "../../dialogue/reply.ts";
import { basisOf } from "../../dialogue/session.ts";
import { type Fact, known } from "../../fact.ts";
import { Failure } from "../../failure.ts";
import { ciFilesIn } from "../ci/found.ts";
import { calledWithFile } from "../ci/job-there.ts";
import { lookUp, secretChange, storeFor, workflowNaming } from "../ci/secret.ts";
import { repositoryOf } from "../ci/target.ts";
import type { SetupContext } from "../context.ts";
import { isWithoutCheckout, type Session } from "../session.ts";
import type { Step } from "../step.ts";
import type { RotationProgress } from "./progress.ts";

/**
 * The new token as the secret of the CI system, where a job of the checkout uses it. As long as that has the old one, the
 * old one is not revoked.
 */
export function ciSecretIn(progress: RotationProgress): Step {
  return {
    id: "ci-secret",
    title: "Secret of CI",
    plan: { settings: [] },
    needed: (session) =>
      (session.request.ciSystem !== undefined || isWithoutCheckout(session)) &&
      session.answers.variable?.leftOut === undefined,
    basis: ({ answers }) => basisOf(answers.project, answers.token),
    open: async (session, context) => {
      const { root } = context.checkout;
      if (root === undefined || isWithoutCheckout(session)) {
        const why = "there is no checkout of the project here";
        progress.ci = { unread: why };
        return unread("files of CI were not looked at", why);
      }
      const hidden = await whatMayUseIt(root, context);
      if (hidden !== undefined) {
        progress.ci = { unread: hidden };
        return unread("whether a job of CI uses the token can't be told", hidden);
      }
      const use = await secretInUse(root, session, context);
      if (use.kind === "absent") {
        progress.ci = "none";
        return settled("none", "no job of CI uses the token", "as its files say");
      }
      progress.ci = "old";
      if (use.kind === "unread") return byHand("the secret that has the old one", "in CI", use.why);
      const place = use.value;
      if (place.repository === "")
        return byHand(place.name, "in the CI system", "which repository it is isn't known");
      const store = await storeFor(place, context);
      if ("why" in store) return byHand(place.name, `at ${secretPage(place)}`, store.why);
      const { machineToken } = context;
      if (machineToken === undefined) {
        const shown = `${place.name} of ${place.repository} would get the new token`;
        return settled("none", shown, "this is a dry run");
      }
      const there = await lookUp(store, place);
      const change = secretChange(place, machineToken, there, context);
      const { title } = previewOf(change);
      return {
        kind: "question",
        question: {
          kind: "agreement",
          title: "Put the new token into the secret of CI?",
          help: ["Until it has the new one, the old token is not revoked: jobs of CI use it."],
          facts: [],
          flag: "--yes",
          previews: [previewOf(change)],
          item: { title: "Renew the secret of CI", says: title },
          agree: "Replace the secret",
          decline: "Leave the old token there",
        },
      };
    },
    take: async (session, reply, context) => {
      if (!agrees(reply)) return { kind: "answered", answer: leftOut, applied: false };
      const { machineToken } = context;
      const { root } = context.checkout;
      if (root === undefined) return { kind: "reopen" };
      const use = await secretInUse(root, session, context);
      const place = use.kind === "known" ? use.value : undefined;
      const store = place && (await storeFor(place, context));
      if (
        machineToken === undefined ||
        place === undefined ||
        store === undefined ||
        "why" in store
      )
        return { kind: "reopen" };
      const change = secretChange(place, machineToken, await lookUp(store, place), context);
      const shown = await context.apply(change);
      const unseen = await fileUnread(root);
      if (session.request.effect === "apply")
        progress.ci = unseen === undefined ? "new" : { unread: unseen };
      return {
        kind: "answered",
        answer: { value: "replaced", shown, because: "you agreed" },
        applied: true,
      };
    },
  };
}

/** Why a job of CI may use the token although none is known to; undefined where that would be known. */
async function whatMayUseIt(root: string, { vendor }: SetupContext): Promise<string | undefined> {
  const reading = await readCi(root, disk);
  const uses = usesOfOthers(reading, vendor);
  if (uses.some((use) => usesToken(use, vendor))) return undefined;
  const unseen = await fileUnread(root);
  if (unseen !== undefined) return unseen;
  const jobs = reading.files.flatMap((file) => file.jobs);
  const [missing] = jobs.flatMap(({ notFollowed }) => notFollowed);
  if (missing !== undefined) return `${missing.what} in ${missing.spot.in.shown} can't be followed`;
  const [cut] = ciCutShort(reading);
  if (cut !== undefined) return `${calledWithFile(cut.job)} isn't read to its end: ${cut.why}`;
  const named = workflowNaming(vendor.tokenEnv, reading);
  if (named !== undefined)
    return `${named} hands the secret ${vendor.tokenEnv} to something that isn't followed`;
  const unclear = uses.find(
    ({ binaries, usesByAction, calls, parts }) =>
      binaries.has(vendor.binary) ||
      usesByAction ||
      calls.some(({ call }) => call.binary === vendor.binary) ||
      parts.some(({ text }) => text.includes(vendor.tokenEnv)),
  );
  return unclear && `where ${unclear.job.called} takes its token from can't be told`;
}

/** The file of a CI system that isn't read, whose jobs have a secret of their own; undefined where there is none. */
async function fileUnread(root: string): Promise<string | undefined> {
  const files = await ciFilesIn(root);
  const file = files.find(({ system }) => system !== "github" && system !== "gitlab");
  return file && `${file.path} is not read`;
}

/** The jobs that have to do with the CLI, but those whose token is of an account that only looks: it stays as it is. */
function usesOfOthers(reading: CiReading, { tokenEnv }: SetupContext["vendor"]): readonly CiUse[] {
  return ciUses(reading).filter((use) => secretNameOf(use, tokenEnv) !== readerSecret);
}

function usesToken(
  { tokens, calls, job }: CiUse,
  { tokenEnv, binary }: SetupContext["vendor"],
): boolean {
  return (
    tokens.some(({ name }) => name === tokenEnv) ||
    // The settings of GitLab give its variables to every job.
    (job.system === "gitlab" && calls.some(({ call }) => call.binary === binary))
  );
}

/**
 * The secret that a job of the checkout takes the token from; unread where a file of CI can't be read, and where jobs of
 * two systems use one each. Without a repository that is known, its path is empty.
 */
async function secretInUse(
  root: string,
  session: Session,
  context: SetupContext,
): Promise<Fact<SecretPlace>> {
  const { vendor } = context;
  const reading = await readCi(root, disk);
  const [unreadable] = reading.unreadable;
  if (unreadable !== undefined)
    return { kind: "unread", why: `${unreadable.file.shown} can't be read` };
  const uses = usesOfOthers(reading, vendor).filter((use) => usesToken(use, vendor));
  const [system, second] = new Set(uses.map(({ job }) => job.system));
  if (system === undefined) return { kind: "absent" };
  if (second !== undefined)
    return { kind: "unread", why: "jobs of two CI systems use one each, and only one is set here" };
  const names = [...new Set(uses.map((use) => secretNameOf(use, vendor.tokenEnv)))];
  const [name] = names;
  if (name === undefined || names.length > 1) {
    const said = names.flatMap((each) => each ?? []).join(", ");
    const why = `its jobs don't take the token from one secret${said === "" ? "" : `, but from ${said}`}`;
    return { kind: "unread", why: `${why}: which of them has the old one, no host tells` };
  }
  const named = workflowNaming(vendor.tokenEnv, reading);
  if (named !== undefined && (system !== "github" || name !== vendor.tokenEnv))
    return { kind: "unread", why: `${named} names the secret ${vendor.tokenEnv} as well` };
  const own = uses.find(({ job }) => job.environment !== undefined);
  if (own !== undefined)
    return { kind: "unread", why: `${own.job.called} may take it from an environment of GitHub` };
  const { host = "", path = "" } = oneRepository(session, context) ?? {};
  return known({ system, host, repository: path, name });
}

function oneRepository(session: Session, context: SetupContext) {
  try {
    return repositoryOf(session, context);
  } catch (error) {
    if (error instanceof Failure && error.reason === "usage") return undefined;
    throw error;
  }
}

function settled(value: string, shown: string, because: string) {
  return { kind: "settled", answer: { value, shown, because } } as const;
}

function unread(shown: string, because: string) {
  return {
    kind: "settled",
    answer: { value: "none", shown, because, stands: "not known" },
  } as const;
}

function byHand(name: string, where: string, because: string) {
  return {
    kind: "settled",
    answer: {
      value: "by-hand",
      shown: `left to you: give ${name} the new token ${where}`,
      because,
      leftOut: true,
      stands: "by hand",
    },
  } as const;
}
