import type { InvitationWithdrawal } from "../../change/change.ts";
import { previewOf } from "../../change/preview.ts";
import { agreedParts, agrees, answerOnly } from "../../dialogue/reply.ts";
import { basisOf } from "../../dialogue/session.ts";
import type { SetupContext } from "../context.ts";
import { projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";
import { emailOf, sameAddress } from "./email.ts";

/** An invitation that the setup has sent to another address than the one that counts now: it may be withdrawn. */
export const firstInvitation: Step = {
  id: "first-invitation",
  title: "First invitation",
  plan: { settings: [] },
  needed: ({ request, answers }) =>
    request.only.includes("machine-user") &&
    (request.invited ?? []).some(({ email }) => !sameAddress(email, answers.email?.value)),
  basis: ({ answers }) => basisOf(answers.project, answers.email, answers["machine-user"]),
  open: async (session, context) => {
    const found = await withdrawals(session, context);
    if (found.length === 0)
      return {
        kind: "settled",
        answer: {
          value: "none",
          shown: "none waits for another address",
          because: "nothing to do",
        },
      };
    return {
      kind: "question",
      question: {
        kind: "agreement",
        title: "Withdraw the invitation that was sent to another address?",
        help: [
          "One machine user does the job. Who accepts the other invitation gets on the project too, with the rights that it names.",
          "It is withdrawn only if you mark it. Nothing is withdrawn that is accepted by then.",
        ],
        facts: found.map(
          ({ email }) =>
            `${email} was invited first. As long as that invitation waits, it can be accepted.`,
        ),
        flag: "",
        previews: found.map(previewOf),
        item: {
          title: "Withdraw the first invitation",
          says: found.map(({ email }) => email).join(", "),
        },
        parts: found.map(({ email }) => ({
          value: email,
          title: "Withdraw the first invitation",
          says: email,
        })),
        agree: "Withdraw it",
        decline: "Leave it",
        optional: true,
      },
    };
  },
  take: async (session, reply, context) => {
    const all = await withdrawals(session, context);
    if (!agrees(reply)) {
      const shown = `left: ${all.map(({ email }) => email).join(", ")}`;
      return answerOnly({ value: "left", shown, because: "you did not mark it" });
    }
    const parts = agreedParts(reply);
    const found = all.filter(({ email }) => parts?.includes(email) ?? true);
    const lines: string[] = [];
    for (const withdrawal of found) lines.push(await context.apply(withdrawal));
    return {
      kind: "answered",
      answer: { value: "withdrawn", shown: lines.join("; "), because: "you agreed" },
      applied: true,
    };
  },
};

/** What still waits of the invitations that the setup sent to other addresses. */
async function withdrawals(
  session: Session,
  context: SetupContext,
): Promise<readonly InvitationWithdrawal[]> {
  const project = projectOf(session);
  const others = (session.request.invited ?? []).filter(
    (sent) => sent.project === project && !sameAddress(sent.email, emailOf(session)),
  );
  const waiting = await context.platform().invitations(project);
  return waiting.flatMap(({ id, email, permissions }) =>
    others.some((sent) => sameAddress(sent.email, email))
      ? [{ kind: "invitation-withdrawal", project, id, email, permissions }]
      : [],
  );
}
