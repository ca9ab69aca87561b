import type { AccessChange, InvitationChange } from "../../change/change.ts";
import { previewOf } from "../../change/preview.ts";
import type { ItemWords } from "../../dialogue/plan.ts";
import { agrees, leftOut } from "../../dialogue/reply.ts";
import { basisOf } from "../../dialogue/session.ts";
import { Failure } from "../../failure.ts";
import { type Permission, samePermissions } from "../../platform/access.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import type { Step } from "../step.ts";
import { neededBy } from "../tasks/chosen.ts";
import { emailOf, sameAddress } from "./email.ts";

/** The machine user's access: an invitation with exactly the role, or the role of the account that is there. */
export const machineUser: Step = {
  id: "machine-user",
  title: "Machine user",
  plan: { settings: ["email", "project", "environment"] },
  needed: ({ request: { offline, only } }) => !offline && only.includes("machine-user"),
  basis: ({ answers }) =>
    basisOf(answers.project, answers.environment, answers.task, answers.commands, answers.email),
  open: async (session, context) => {
    const plan = await planAccess(session, context);
    if (plan.kind === "nothing") {
      return {
        kind: "settled",
        answer: {
          value: "there",
          shown: `${emailOf(session)}, ${plan.why}`,
          because: "nothing to do",
          stands: "there",
        },
      };
    }
    const { change } = plan;
    return {
      kind: "question",
      question: {
        kind: "agreement",
        ...(change.kind === "invitation" ? invitationWords : roleWords(change)),
        previews: [previewOf(change)],
        item: itemOf(change),
        decline: "Leave it out",
      },
    };
  },
  take: async (session, reply, context) => {
    if (!agrees(reply)) return { kind: "answered", answer: leftOut, applied: false };
    const plan = await planAccess(session, context);
    const line = plan.kind === "nothing" ? plan.why : await context.apply(plan.change);
    const { request } = session;
    const invited = [
      ...(request.invited ?? []),
      { project: projectOf(session), email: emailOf(session) },
    ];
    return {
      kind: "answered",
      answer: { value: "there", shown: line, because: "you agreed" },
      applied: true,
      ...(request.effect === "apply" ? { request: { ...request, invited } } : {}),
    };
  },
};

function itemOf(change: InvitationChange | AccessChange): ItemWords {
  const title =
    change.kind === "invitation" ? "Invite the machine user" : "Change the machine user's role";
  return { title, says: change.email };
}

const invitationWords = {
  title: "Send the invitation?",
  help: [
    "The role is the least that does the task: nothing is needed on other environment types.",
    "The person who reads that address accepts the invitation and makes an account with it.",
  ],
  facts: ["Another user may be charged for: the organization's plan says how many are included."],
  flag: "--yes",
  agree: "Send the invitation",
};

/** `--yes` is not enough here: a slip in the address must not take a person's rights away. */
function roleWords({ email }: AccessChange) {
  return {
    title: "Change the role of the account that is there?",
    help: [
      "The role is the least that does the task: nothing is needed on other environment types.",
      "The account keeps no other right on this project, so it must not be one that a person works with.",
    ],
    facts: [`${email} is on the project already. If it belongs to a person, take another address.`],
    flag: changeRole,
    agree: "Change the role",
  };
}

/** The flag that agrees to another role for an account. */
const changeRole = "--change-role";

type AccessPlan =
  | { readonly kind: "nothing"; readonly why: string }
  | { readonly kind: "change"; readonly change: InvitationChange | AccessChange };

/** What is there, what should be there, and the change between the two. */
async function planAccess(session: Session, context: SetupContext): Promise<AccessPlan> {
  const project = projectOf(session);
  const email = emailOf(session);
  const platform = context.platform();
  const permissions = await neededPermissions(session, context);
  const [access, invitations] = await Promise.all([
    platform.access(project),
    platform.invitations(project),
  ]);
  const account = access.find((entry) => sameAddress(email, entry.email));
  if (account !== undefined) {
    if (samePermissions(account.permissions, permissions)) {
      return { kind: "nothing", why: "which has exactly this role already" };
    }
    return {
      kind: "change",
      change: {
        kind: "access",
        project,
        user: account.user,
        email,
        before: account.permissions,
        after: permissions,
      },
    };
  }
  const pending = invitations.find((invitation) => sameAddress(email, invitation.email));
  if (pending !== undefined && samePermissions(pending.permissions, permissions)) {
    return { kind: "nothing", why: "whose invitation is waiting to be accepted" };
  }
  const replaces = pending === undefined ? {} : { replaces: pending.permissions };
  return {
    kind: "change",
    change: { kind: "invitation", project, email, permissions, ...replaces },
  };
}

/** The least permissions for the task on the environment that was chosen. */
export async function neededPermissions(
  session: Session,
  context: SetupContext,
): Promise<readonly Permission[]> {
  const environments = await context.platform().environments(projectOf(session));
  const environment = environments.find(({ id }) => id === environmentOf(session));
  if (environment === undefined) {
    throw new Failure("api", {
      what: "The environment is gone",
      next: "start again and choose another one",
    });
  }
  if (environment.type === undefined)
    throw new Failure("api", {
      what: `Of which type the environment ${environment.id} is isn't known`,
      why: "a role is given on a type of environments",
      next: "choose another environment with --environment",
    });
  return neededBy(session, environment.type);
}
