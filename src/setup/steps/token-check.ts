import { replyText } from "../../dialogue/reply.ts";
import { type Answer, basisOf } from "../../dialogue/session.ts";
import { type Fact, known } from "../../fact.ts";
import { Failure } from "../../failure.ts";
import { tokenFacts } from "../../platform/users.ts";
import type { Secret } from "../../secret.ts";
import type { SetupContext } from "../context.ts";
import { projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";
import { checkLine, type TokenCheck, tokenChecklist } from "../token-checklist.ts";
import { neededPermissions } from "./machine-user.ts";

/** The permissions that the work of the machine user needs. */
type Needed = (session: Session, context: SetupContext) => Promise<Fact<readonly string[]>>;

/** The token proven with the token itself: what its account may do, neither less nor more than the tasks need. */
export const tokenCheck: Step = tokenCheckAgainst(async (session, context) =>
  known(await neededPermissions(session, context)),
);

/** As `tokenCheck`, for work that is found out otherwise. */
export function tokenCheckAgainst(needed: Needed): Step {
  return {
    id: "token-check",
    title: "Token's rights",
    tells: true,
    needed: ({ request: { offline, only }, answers }) =>
      !offline && only.includes("token") && answers.token?.origin === "asked",
    basis: ({ answers }) =>
      basisOf(
        answers.project,
        answers.environment,
        answers.task,
        answers.commands,
        answers.email,
        answers.token,
      ),
    open: async (session, context) => {
      const { machineToken } = context;
      // Where access was only planned, the account does not have it yet.
      if (
        machineToken === undefined ||
        (context.changes.length > 0 && session.request.effect !== "apply")
      ) {
        return settled("would be looked at", "this is a dry run");
      }
      const checks = await checklistOf(machineToken, needed, session, context);
      const wrong = checks.filter(({ kind }) => kind === "lacking" || kind === "extra");
      const lines = checks.map(checkLine);
      if (wrong.length === 0) {
        return settled(
          checks
            .map(({ kind, sentence }) => (kind === "unknown" ? `not known: ${sentence}` : sentence))
            .join("; "),
          "as the token's own account sees it",
          checks.some(({ kind }) => kind === "unknown") ? { stands: "not known" } : {},
        );
      }
      const lacks = wrong.some(({ kind }) => kind === "lacking");
      return {
        kind: "question",
        question: {
          kind: "choice",
          title: lacks
            ? "The token can't do the task yet"
            : "The token can do more than the task needs",
          help: [
            "Whoever reads the token, as everyone with SSH access to the environment can, has all the rights of its account.",
            "Each line says what to do. Do it in the console, then check again: the token needn't be pasted again.",
          ],
          facts: lines,
          flag: "--accept-extra-rights",
          choices: [
            { value: "again", label: "Check again" },
            {
              value: "access",
              label: "Look at its access to the project again",
              detail: "invites it, or changes its role",
              ...(canInvite(session) ? {} : { disabled: "it is no part of this run" }),
            },
            {
              value: "accept",
              label: "Go on with these rights",
              ...(lacks ? { disabled: "the task would fail" } : {}),
            },
          ],
          otherwise: new Failure("signedOut", {
            what: lacks
              ? "The token can't do the task"
              : "The token can do more than the task needs",
            why: wrong.map(checkLine).join("; "),
            next: lacks
              ? "put it right, then start again"
              : "put it right, then start again; or accept it with --accept-extra-rights",
          }),
        },
      };
    },
    take: async (session, reply, context) => {
      const value = replyText(reply);
      if (value === "again") return { kind: "reopen" };
      if (value === "access" && canInvite(session)) {
        context.platform().forget();
        return { kind: "revisit", step: "machine-user" };
      }
      const { machineToken } = context;
      const checks =
        machineToken === undefined ? [] : await checklistOf(machineToken, needed, session, context);
      const lacking = checks.find(({ kind }) => kind === "lacking");
      if (value !== "accept" || lacking !== undefined) {
        const sentence =
          lacking === undefined ? "The answer is again, access or accept" : checkLine(lacking);
        return { kind: "again", problem: { sentence, reason: "signedOut" } };
      }
      const extra = checks.filter(({ kind }) => kind === "extra").map(({ sentence }) => sentence);
      return {
        kind: "answered",
        answer: { value, shown: `accepted: ${extra.join("; ")}`, because: "you accepted it" },
        applied: false,
      };
    },
  };
}

function canInvite({ request: { only } }: Session): boolean {
  return only.includes("machine-user");
}

function settled(shown: string, because: string, more: Pick<Answer, "stands"> = {}) {
  return { kind: "settled", answer: { value: "checked", shown, because, ...more } } as const;
}

/** Reads with the token what its account may do, anew each time. */
async function checklistOf(
  token: Secret,
  needed: Needed,
  session: Session,
  context: SetupContext,
): Promise<readonly TokenCheck[]> {
  const permissions = await needed(session, context);
  const connection = context.connectAs(token);
  try {
    context.progress("checking what the token may do");
    return tokenChecklist(await tokenFacts(connection), projectOf(session), permissions);
  } finally {
    await connection.close();
  }
}
