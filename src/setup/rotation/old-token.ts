import type { TokenRevocation } from "../../change/change.ts";
import type { Choice } from "../../dialogue/question.ts";
import { replyText } from "../../dialogue/reply.ts";
import { environmentActivities, hasEnded } from "../../platform/activities.ts";
import type { ApiToken } from "../../platform/api-tokens.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, isWithoutCheckout, projectOf, type Session } from "../session.ts";
import type { OpenedSetupStep, Step } from "../step.ts";
import { ownTokens } from "./own-tokens.ts";
import type { RotationProgress } from "./progress.ts";

/** The old token is revoked, when the person says so and what runs has the new one. */
export function oldTokenIn(progress: RotationProgress): Step {
  return {
    id: "old-token",
    title: "Old token",
    needed: ({ answers }) => answers.variable?.leftOut === undefined,
    basis: ({ answers }) => answers.variable?.value ?? "",
    open: async (session, context) => {
      const { machineToken } = context;
      if (machineToken === undefined || session.request.effect !== "apply") {
        return kept("would be asked for", "this is a dry run");
      }
      // Where files are there that could tell, nothing is revoked on a guess; without a checkout, a person says it.
      if (typeof progress.ci === "object" && !isWithoutCheckout(session))
        return kept("not revoked", `a job of CI may use it: ${progress.ci.unread}`);
      if (progress.ci === "old")
        return kept("not revoked", "the secret of CI has it still: jobs use it");
      const why = await notDeployed(session, context);
      if (why !== undefined) return kept("not revoked", why);
      const tokens = await ownTokens(machineToken, context);
      if (tokens.kind === "unknown") return kept("not revoked", tokens.why);
      if (tokens.others.length === 0)
        return kept("there is none", "the account has only the new one");
      return ask(tokens.others, progress.ci);
    },
    take: async (session, reply, context) => {
      const wanted = replyText(reply);
      if (wanted === keep) {
        return {
          kind: "answered",
          answer: { value: keep, shown: "not revoked", because: "you chose" },
          applied: false,
        };
      }
      const { machineToken } = context;
      const tokens = machineToken && (await ownTokens(machineToken, context));
      if (machineToken === undefined || tokens?.kind !== "known") return { kind: "reopen" };
      const matching = tokens.others.filter(({ id, name }) => id === wanted || name === wanted);
      const [token, second] = matching;
      if (token === undefined || second !== undefined) {
        const sentence =
          second === undefined
            ? `The account has no other token called ${wanted}`
            : `Several tokens are called ${wanted}; name one by its id: ${matching.map(({ id }) => id).join(", ")}`;
        return { kind: "again", problem: { sentence, reason: "usage" } };
      }
      const change: TokenRevocation = {
        kind: "token-revocation",
        project: projectOf(session),
        user: tokens.owner.id,
        email: tokens.owner.email,
        token: token.id,
        name: token.name,
      };
      progress.old = "revoking";
      const connection = context.connectAs(machineToken);
      try {
        const shown = await context.apply(change, connection);
        progress.old = "revoked";
        return {
          kind: "answered",
          answer: { value: token.id, shown, because: "you agreed" },
          applied: true,
        };
      } finally {
        await connection.close();
      }
    },
  };
}

const keep = "keep";

function kept(shown: string, because: string): OpenedSetupStep {
  return { kind: "settled", answer: { value: keep, shown, because } };
}

function ask(others: readonly ApiToken[], ci: RotationProgress["ci"]): OpenedSetupStep {
  return {
    kind: "question",
    question: {
      kind: "choice",
      title: "Which token is the old one, to be revoked?",
      help: [
        "A revoked token is refused from then on, wherever it is used; nothing brings it back.",
        "Access that was gained with it lasts until it expires, some minutes later.",
      ],
      facts: [
        ...(typeof ci === "object"
          ? [`Whether a job of CI uses the old one isn't known: ${ci.unread}.`]
          : []),
        "The environment has the new token by now. These are the other tokens of the same account.",
        "Revoking can't be undone: whatever else uses that token is refused then.",
      ],
      flag: "--revoke",
      alwaysAsked: true,
      choices: [
        { value: keep, label: "None: leave them as they are" },
        ...others.map(
          (token): Choice => ({
            value: token.id,
            label: `Revoke ${token.name}`,
            detail: `made ${day(token.createdAt)}, last used ${day(token.lastUsedAt)}`,
          }),
        ),
      ],
      preset: { value: keep, because: "revoking can't be undone", certain: true },
    },
  };
}

function day(moment: string | undefined): string {
  return moment === undefined ? "never" : moment.slice(0, 16).replace("T", " ");
}

/** Why what runs may still have the old token; undefined when the redeployment with the new one was a success. */
async function notDeployed(session: Session, context: SetupContext): Promise<string | undefined> {
  const [latest] = await environmentActivities(
    context.platform().connection,
    projectOf(session),
    environmentOf(session),
    { count: 1, type: "environment.variable.update" },
  );
  if (latest === undefined) return "the environment was not redeployed";
  if (!hasEnded(latest)) return "the redeployment is not over: what runs may still use it";
  if (latest.state === "staged") return "the new one is staged: what runs still uses the old one";
  return latest.result === "success"
    ? undefined
    : "the redeployment failed: what runs still uses it";
}
