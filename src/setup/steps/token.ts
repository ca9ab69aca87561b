import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { variableWords } from "../../change/words.ts";
import type { SecretQuestion } from "../../dialogue/question.ts";
import { answerOnly, secret } from "../../dialogue/reply.ts";
import { basisOf } from "../../dialogue/session.ts";
import type { ReplyProblem } from "../../dialogue/step.ts";
import { Failure } from "../../failure.ts";
import { isAccessToken } from "../../platform/access-token.ts";
import { apiTokensConsole } from "../../platform/addresses.ts";
import { currentUser } from "../../platform/users.ts";
import { variableValue } from "../../platform/variables.ts";
import { Secret } from "../../secret.ts";
import { storedSecret } from "../ci/secret.ts";
import { ciSystemOf } from "../ci/target.ts";
import type { SetupContext } from "../context.ts";
import { projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";
import { runsOnPlatform } from "../tasks/chosen.ts";
import { strayVariables } from "../token/stray-variables.ts";
import { ownTokenVariable } from "../token/token-variable.ts";
import { emailOf, sameAddress } from "./email.ts";

/** The machine user's API token: handed over unseen, and proven with the token itself. */
export const token: Step = {
  id: "token",
  title: "Token",
  plan: { settings: ["email"] },
  needed: ({ request: { offline, only, machineToken } }) =>
    !offline &&
    (only.includes("token") || (only.includes("variable") && machineToken !== undefined)),
  basis: ({ answers }) =>
    basisOf(answers.project, answers.environment, answers.email, answers["if-set"]),
  open: async (session, context) => {
    const { effect, machineToken } = session.request;
    if (machineToken === undefined && (await isToStay(session, context))) {
      return settled("the one the variable holds", "the variable is set already");
    }
    if (machineToken === undefined && (effect === "plan" || effect === "show")) {
      const { facts } = await ask(session, context);
      const why = effect === "plan" ? "only its own account can make it" : "this is a dry run";
      return { ...settled(toCome, why), yours: { ...yours, facts } };
    }
    if (machineToken === undefined && effect === "rehearse" && context.colleague !== undefined)
      return settled("would be asked for", "this is a dry run");
    return { kind: "question", question: await ask(session, context) };
  },
  take: async (session, reply, context) => {
    const candidate = secret(reply);
    const problem = await problemOf(candidate, session, context);
    if (problem !== undefined) return { kind: "again", problem };
    context.machineToken = candidate;
    const email = session.answers.email?.value;
    return answerOnly({
      value: email ?? "given",
      shown: `proven: it belongs to ${email ?? "another account than yours"}`,
      because: "you handed it over",
    });
  },
};

/** What the token is while nothing is done yet, unless it was handed over before. */
const toCome = "to come";

const yours = { title: "You: accept the invitation, make its token", says: "" };

/** Whether there will be a token by the time that the plan is carried out. */
export function isToCome({ answers }: Session): boolean {
  return answers.token?.shown === toCome;
}

/** Stands for the token on a plan and in a dry run, which say nothing of the value. */
export const standIn = new Secret(randomUUID());

function settled(shown: string, because: string) {
  return { kind: "settled", answer: { value: "none", shown, because } } as const;
}

/** Whether the variable has a value that is not to be replaced. */
async function isToStay(session: Session, context: SetupContext): Promise<boolean> {
  if (session.answers["if-set"]?.value === "replace") return false;
  if (ciSystemOf(session) !== undefined)
    return (
      session.request.given["if-set"] !== "replace" &&
      (await isOnProject(session, context)) &&
      (await storedSecret(session, context)).kind === "known"
    );
  return (await ownTokenVariable(session, context)) !== undefined;
}

/** Whether the machine user's account is on the project: one that is yet to be made has made no token that is there. */
async function isOnProject(session: Session, context: SetupContext): Promise<boolean> {
  const email = session.answers.email?.value;
  if (email === undefined) return true;
  const access = await context.platform().access(projectOf(session));
  return access.some((entry) => sameAddress(email, entry.email));
}

async function ask(session: Session, context: SetupContext): Promise<SecretQuestion> {
  const email = session.answers.email?.value;
  const address = apiTokensConsole(context.addresses);
  const elsewhere = await elsewhereOf(session, context);
  return {
    kind: "secret",
    title: "The machine user's API token",
    help: [
      "A token can only be made by its own account: open the invitation that was sent to the address, in a private window of the browser, and register with that address.",
      "The token is exchanged at once, and taken only if it belongs to that account and sees this project.",
      "It is kept in memory, and leaves this computer only for the platform.",
    ],
    facts: [
      `1. Open the invitation sent to ${email ?? "its address"}, in a private window, and make the account.`,
      "2. As that account: its name, My profile, API tokens, Create API token.",
      "3. Copy the token (it is shown once) and paste it here.",
      "You may leave meanwhile: machinist setup goes on here.",
    ],
    flag: "--machine-token-stdin",
    ...handedOver(session),
    address,
    open: () => context.browse(address),
    ...(elsewhere === undefined ? {} : { elsewhere }),
    ...(email === undefined
      ? {}
      : { watch: (show, signal) => watchAcceptance(session, context, show, signal) }),
  };
}

/** The token that came with the command itself, on standard input. */
export function handedOver({
  request: { machineToken },
}: Session): Pick<SecretQuestion, "handedOver"> {
  return machineToken === undefined ? {} : { handedOver: machineToken };
}

/** The demo's colleague; or a stray variable whose value the API shows, so that it can be moved. */
async function elsewhereOf(
  session: Session,
  context: SetupContext,
): Promise<SecretQuestion["elsewhere"]> {
  const { colleague } = context;
  if (colleague !== undefined) {
    return { label: colleague.label, read: () => colleague.token(emailOf(session)) };
  }
  if (!session.request.only.includes("variable") || !runsOnPlatform(session)) return undefined;
  const { found } = await strayVariables(session, context);
  const stray = found.find(({ variable }) => !variable.flags.sensitive);
  if (stray === undefined) return undefined;
  const { place, variable } = stray;
  return {
    label: `take over the value of ${variableWords({ ...place, name: variable.name })}`,
    onlyAsked: true,
    read: async () => {
      const { connection } = context.platform();
      const { project, environment } = place;
      const value = await variableValue(connection, project, environment, variable.name);
      if (value !== undefined) return value;
      throw new Failure("api", {
        what: "The value can't be read any more",
        next: "paste a token instead",
      });
    },
  };
}

/** Looks again and again whether the invitation was accepted, and says so once it was. */
async function watchAcceptance(
  session: Session,
  context: SetupContext,
  show: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const email = emailOf(session);
  try {
    for (;;) {
      const platform = context.platform();
      platform.forget();
      // In this order, an acceptance in between is seen.
      const invitations = await platform.invitations(projectOf(session));
      const access = await platform.access(projectOf(session));
      if (access.some((entry) => sameAddress(email, entry.email))) {
        show(`${email} is on the project`);
        return;
      }
      show(
        invitations.some((invitation) => sameAddress(email, invitation.email))
          ? "the invitation isn't accepted yet"
          : `the invitation for ${email} isn't there any more; start again to send it anew`,
      );
      await pause(context.pollMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted && error instanceof Failure)
      show(`can't see whether it was accepted: ${error.message}`);
  }
}

/** What is wrong with a token, or undefined when it is the machine user's. */
export async function problemOf(
  candidate: Secret,
  session: Session,
  context: SetupContext,
): Promise<ReplyProblem | undefined> {
  const refused = (sentence: string): ReplyProblem => ({ sentence, reason: "signedOut" });
  const connection = context.connectAs(candidate);
  try {
    context.progress("checking whose token it is");
    const owner = await currentUser(connection);
    if (owner.id === context.platform().operator.id) {
      return refused("That is your own token; the machine user needs one of its own account");
    }
    // Where nobody was asked for the address, whose it is needn't be known, only whose it isn't.
    const email = session.answers.email?.value;
    if (email !== undefined && !sameAddress(email, owner.email)) {
      return refused(`That token belongs to ${owner.email}, not to ${email}`);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Failure && error.reason === "signedOut") {
      return refused(
        isAccessToken(candidate)
          ? error.parts.what
          : "The platform refuses that token; it may be mistyped or revoked",
      );
    }
    throw error;
  } finally {
    await connection.close();
  }
}
