import * as v from "valibot";
import { cancelInvitation } from "../../platform/invitations.ts";
import { permissionWords } from "../words.ts";
import { changeKind, fact, nothingMore, nothingToDo } from "./kind.ts";
import { needConnection, onPlatform } from "./on-platform.ts";

/** Withdraws an invitation that the setup sent, and that another one takes the place of. */
export interface InvitationWithdrawal {
  readonly kind: "invitation-withdrawal";
  readonly project: string;
  /** The invitation's. */
  readonly id: string;
  readonly email: string;
  /** What it gives. */
  readonly permissions: readonly string[];
}

/** The withdrawal of an invitation that nobody has accepted. */
export const invitationWithdrawalKind = changeKind<InvitationWithdrawal>()({
  ...onPlatform,
  kind: "invitation-withdrawal",
  record: v.object({
    kind: v.literal("invitation-withdrawal"),
    project: v.string(),
    id: v.string(),
    email: v.string(),
  }),
  toRecord: ({ kind, project, id, email }) => ({ kind, project, id, email }),
  preview: ({ email, project, permissions }) => ({
    title: `Withdraw the invitation of ${email} to project ${project}`,
    lines: [
      { kind: "removed", text: permissionWords(permissions) },
      fact("the link in its mail no longer works"),
    ],
  }),
  done: ({ email }) => `Withdrew the invitation of ${email}`,
  title: ({ email, project }) => `Withdrawn invitation of ${email} to project ${project}`,
  apply: async ({ project, id }, connection) => {
    await cancelInvitation(needConnection(connection), project, id);
    return nothingMore;
  },
  assess: () =>
    nothingToDo("the invitation was one of the setup's own, and is not there, as before the setup"),
});
