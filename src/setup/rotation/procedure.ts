import { disk } from "../../appfile/files.ts";
import { asCommand, ciUses } from "../../automation/ci-jobs.ts";
import { jobsOf } from "../../automation/job.ts";
import { roleOfWork } from "../../automation/role.ts";
import { isWhole, ledgerLines } from "../../change/ledger.ts";
import { readCi } from "../../cifile/gather.ts";
import { noCi } from "../../cifile/read.ts";
import type { End } from "../../dialogue/procedure.ts";
import type { Fact } from "../../fact.ts";
import { Failure } from "../../failure.ts";
import { apiTokensConsole } from "../../platform/addresses.ts";
import { environments } from "../../platform/environments.ts";
import type { SetupContext } from "../context.ts";
import { stagedLeft } from "../ending/left-to-do.ts";
import { runReport } from "../report.ts";
import { goingOn, laterCommand, resumeCommand } from "../resume-command.ts";
import { environmentOf, isStaged, isWithoutCheckout, projectOf, type Session } from "../session.ts";
import type { Procedure } from "../step.ts";
import { environment } from "../steps/environment.ts";
import { keychain } from "../steps/keychain.ts";
import { project } from "../steps/project.ts";
import { signInStep } from "../steps/sign-in.ts";
import { signInWith } from "../steps/sign-in-with.ts";
import { tokenCheckAgainst } from "../steps/token-check.ts";
import { vendor } from "../steps/vendor.ts";
import { account } from "./account.ts";
import { age, isYoung, whereOld } from "./age.ts";
import { ciSecretIn } from "./ci-secret.ts";
import { newToken } from "./new-token.ts";
import { oldTokenIn } from "./old-token.ts";
import type { RotationProgress } from "./progress.ts";
import { replacementIn } from "./replacement.ts";

/** Replaces the machine user's token. Wherever it ends, a token that works is in place, and it is said which. */
export function rotationProcedure(): Procedure {
  const progress: RotationProgress = { replacing: "not begun", ci: "none", old: "kept" };
  return {
    command: "rotate",
    rehearsed: true,
    planned: true,
    resumable: false,
    steps: [
      vendor,
      signInWith,
      signInStep,
      keychain,
      project,
      environment,
      age,
      ...[
        account,
        newToken,
        tokenCheckAgainst(neededByJobs),
        replacementIn(progress),
        ciSecretIn(progress),
        oldTokenIn(progress),
      ].map(whereOld),
    ],
    ending: (session, context, end) => ending(progress, session, context, end),
    leftToDo: (session, context) =>
      session.request.effect === "apply" && !isYoung(session)
        ? leftToDo(progress, session, context)
        : [],
    details: (session, context) =>
      session.request.effect === "apply" && !isYoung(session)
        ? state(progress, session, context)
        : [],
    report: (session, context, ledger, items) => ({
      ...runReport("rotate", session, context, ledger, items),
      inPlace: inPlace(progress),
    }),
  };
}

/** Which token the environment has. */
function inPlace({ replacing }: RotationProgress): "old" | "new" | "unknown" {
  return ({ "not begun": "old", begun: "unknown", done: "new" } as const)[replacing];
}

function ending(
  progress: RotationProgress,
  session: Session,
  context: SetupContext,
  { ledger, how }: End,
): readonly string[] {
  const { effect } = session.request;
  if (how.kind === "finished" && isYoung(session))
    return [
      "Nothing to do: the variable was changed since, which is taken for the age of its token.",
    ];
  const toGoOn = resumeCommand("rotate", session, context);
  if (effect !== "apply" && how.kind === "finished") return ["Dry run: nothing was changed."];
  const what = [...ledgerLines(ledger), ...state(progress, session, context)];
  const withWhat = isHandedOver(session, context) ? ", with the same new token" : "";
  if (how.kind === "left") return [...what, `${goingOn(how.failure)}${withWhat}: ${toGoOn}`];
  return [
    ...what,
    ...leftToDo(progress, session, context).map((line) => `left to you: ${line}`),
    ...(isWhole(ledger) ? [] : [`for what is not done${withWhat}: ${toGoOn}`]),
    `to look whether it works: ${laterCommand("verify", session, context)}`,
  ];
}

/** Whether there is a new token at all, be it proven or not. */
function isHandedOver({ request }: Session, { machineToken }: SetupContext): boolean {
  return (machineToken ?? request.machineToken) !== undefined;
}

/** Which token works and which one the environment has, one sentence each. */
function state(
  { replacing, ci, old }: RotationProgress,
  session: Session,
  context: SetupContext,
): readonly string[] {
  const has = {
    "not begun": isHandedOver(session, context)
      ? "the token of the environment is as it was; the new one was put nowhere"
      : "the token of the environment is as it was",
    begun:
      "whether the environment has the old token or the new one isn't known; neither is revoked",
    done: isStaged(session.request)
      ? "the environment has the new token staged; what runs has the old one until it is deployed"
      : "the environment has the new token",
  }[replacing];
  const left = {
    kept: "the old token is not revoked",
    revoking: "whether the old token was revoked isn't known; the new one works",
    revoked: "the old token is revoked",
  }[old];
  const inCi =
    typeof ci === "object"
      ? [`whether a job of CI uses the old token isn't known: ${ci.unread}`]
      : {
          none: [],
          old: ["the secret of CI has the old token still"],
          new: ["the secret of CI has the new token"],
        }[ci];
  return replacing === "done" ? [has, ...inCi, left] : [has];
}

/** What a person still has to do: with the exact clicks, where the API didn't do it. */
function leftToDo(
  { replacing, old }: RotationProgress,
  session: Session,
  context: SetupContext,
): readonly string[] {
  if (replacing !== "done")
    return isHandedOver(session, context)
      ? ["the new token was put nowhere; revoke it if it is not to be used"]
      : [];
  const { answers } = session;
  const staged = stagedLeft(session, context);
  if (old === "revoked" || answers["old-token"]?.shown === "there is none") return staged;
  const email = answers.email?.value ?? "the machine user";
  return [
    ...staged,
    `once the environment is redeployed, revoke the old token: sign in to the console as ${email}, then its name, My profile, API tokens, the old token, Delete (${apiTokensConsole(context.addresses)})`,
  ];
}

/**
 * The least permissions for all that the jobs of the checkout do with the CLI once they run, each on the environment that
 * it is for; absent where none calls it, or the folder has no app. The jobs of what may be another project's checkout say nothing.
 */
async function neededByJobs(
  session: Session,
  context: SetupContext,
): Promise<Fact<readonly string[]>> {
  const { root } = context.checkout;
  if (root !== undefined && isWithoutCheckout(session))
    return { kind: "unread", why: "the checkout here is not known to be the project's" };
  const project = projectOf(session);
  const [apps, all] = await Promise.all([
    context.everyApp().catch(noApp),
    environments(context.platform().connection, project),
  ]);
  const main = all.find(({ id }) => id === environmentOf(session));
  if (main === undefined) return { kind: "unread", why: "the environment is gone" };
  const reading = root === undefined ? noCi : await readCi(root, disk);
  const inCi = ciUses(reading).flatMap(({ calls }) => calls.map(asCommand));
  return roleOfWork(apps.flatMap(jobsOf), inCi, { project, all, main });
}

/** A folder that holds no app has no cron either. */
function noApp(error: unknown): readonly [] {
  if (error instanceof Failure && error.reason !== "interrupted") return [];
  throw error;
}
