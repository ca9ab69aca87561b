import { Failure } from "../../failure.ts";
import { accountByEmail, addAccount, addApiToken } from "../state/accounts.ts";
import { grantAccess } from "../state/project-access.ts";
import type { Store } from "../store.ts";

/**
 * Plays the person who was invited: accepts every pending invitation of the address, to projects and organizations, with an account
 * made for it when there is none, and makes an API token as one does in the console.
 *
 * @returns the API token
 * @throws Failure when there is neither an invitation nor an account for the address
 */
export function acceptInvitations(store: Store, email: string): string {
  const waiting = [...store.projects.values()].flatMap((project) =>
    [...project.invitations.values()]
      .filter((invitation) => invitation.state === "pending")
      .filter((invitation) => invitation.email.toLowerCase() === email.toLowerCase())
      .map((invitation) => ({ project, invitation })),
  );
  const joining = [...store.organizations.values()].flatMap((organization) =>
    [...organization.invitations.values()]
      .filter((invitation) => invitation.state === "pending")
      .filter((invitation) => invitation.email.toLowerCase() === email.toLowerCase())
      .map((invitation) => ({ organization, invitation })),
  );
  const known = accountByEmail(store, email);
  if (waiting.length === 0 && joining.length === 0 && known === undefined) {
    throw new Failure("api", {
      what: "There is no invitation to accept",
      where: email,
      next: "Invite the address to a project or an organization first.",
    });
  }
  const account = known ?? addAccount(store, email, { first: "Machine", last: "User" });
  for (const { project, invitation } of waiting) {
    grantAccess(store, project, account.id, invitation.permissions);
    invitation.state = "accepted";
    invitation.finishedAt = store.now();
  }
  for (const { organization, invitation } of joining) {
    const { permissions } = invitation;
    organization.members.set(account.id, { permissions, since: store.now() });
    invitation.state = "accepted";
    invitation.finishedAt = store.now();
  }
  return addApiToken(store, account, "machinist");
}
