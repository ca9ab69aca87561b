import { Failure, isSurelyNotDone } from "../failure.ts";
import type { DocumentOf } from "../json-document.ts";
import type { SetupContext } from "../setup/context.ts";
import { resumeCommand } from "../setup/resume-command.ts";
import { projectOf, type Session } from "../setup/session.ts";
import type { Procedure, Step } from "../setup/step.ts";
import { appLookedAt } from "../setup/steps/app.ts";
import { keychain } from "../setup/steps/keychain.ts";
import { signInStep } from "../setup/steps/sign-in.ts";
import { signInWith } from "../setup/steps/sign-in-with.ts";
import { likelyVendor } from "../setup/steps/vendor.ts";
import { type Check, checksOf } from "./checks/check.ts";
import { checklistLines, checklistStanding, verificationChecklist } from "./checks/checklist.ts";
import { gatherFacts } from "./facts/gather.ts";
import { lookToken, withToken } from "./look.ts";
import { environmentLookedAt, projectLookedAt } from "./place.ts";
import type { verifyForm } from "./report-form.ts";

/** A look at what was set up, and what it found. Nothing is changed. */
export interface Verification {
  readonly plan: Procedure;
  /** What was found, once the plan came to its end. */
  found(): readonly Check[];
}

/** @param o.wait whether a deployment that is under way is waited for */
export function verification(o: { readonly wait: boolean }): Verification {
  let checks: readonly Check[] = [];
  const look: Step = {
    id: "look",
    title: "Checklist",
    needed: () => true,
    basis: () => "",
    open: async (session, context) => {
      context.progress("looking at the file, the deployment and the activities");
      const facts = await gatherFacts(session, context, o);
      checks = verificationChecklist(facts);
      if (facts.token.kind === "seen") checks = [...checks, ...(await keepToken(session, context))];
      const shown = checklistLines(checks).at(-1) ?? "";
      return {
        kind: "settled",
        answer: { value: "looked", shown, because: "as of now", ...checklistStanding(checks) },
      };
    },
    take: async () => ({ kind: "reopen" }),
  };
  const plan: Procedure = {
    command: "verify",
    rehearsed: false,
    planned: false,
    resumable: false,
    steps: [
      likelyVendor,
      signInWith,
      signInStep,
      keychain,
      projectLookedAt,
      environmentLookedAt,
      appLookedAt,
      withToken,
      lookToken,
      look,
    ],
    ending: (session, context, { how }) =>
      how.kind === "finished"
        ? checklistLines(checks)
        : [`to look again: ${resumeCommand("verify", session, context)}`],
    leftToDo: () =>
      checks.flatMap(({ state, next }) => (state === "wrong" && next !== undefined ? [next] : [])),
    details: () => checklistLines(checks),
    report: ({ request, answers }): DocumentOf<typeof verifyForm> => ({
      version: 1,
      command: "verify",
      directory: request.directory,
      project: answers.project?.value,
      environment: answers.environment?.value,
      app: answers.app?.value,
      good: checks.every(({ state }) => state !== "wrong"),
      checks: checks.map(({ subject, state, sentence, next }) => ({
        subject,
        state,
        sentence,
        ...(next === undefined ? {} : { next }),
      })),
    }),
  };
  return { plan, found: () => checks };
}

/** A token that the platform took is kept for the next time, when the person says so. */
async function keepToken(session: Session, context: SetupContext): Promise<readonly Check[]> {
  const { machineToken, kept } = context;
  if (machineToken === undefined || session.request.given.keychain === undefined) return [];
  try {
    await kept.keep({ machineUserOf: projectOf(session) }, machineToken);
    return [];
  } catch (error) {
    if (!(error instanceof Failure) || error.reason === "interrupted") throw error;
    const why = [error.parts.what, error.parts.why].filter(Boolean).join(": ");
    const known = isSurelyNotDone(error)
      ? "the token is not kept"
      : "it isn't known whether the token is kept; machinist logout forgets it";
    return [checksOf("token").open(`${known}. ${why}`)];
  }
}
