import * as v from "valibot";
import { type Permission, projectAccess, samePermissions } from "./access.ts";
import { certainly } from "./answers/certainty.ts";
import { path } from "./answers/path.ts";
import { list, nothing, optionalText, reader, requiredList, word } from "./answers/schema.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Connection } from "./connection.ts";

/** An invitation to a project. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  /** "pending", "processing", "accepted", "cancelled" or "error". */
  readonly state: string;
  /** The project role. */
  readonly role: string;
  /** In the form of `Permission`, the project role first, as the account will have them. */
  readonly permissions: readonly string[];
}

/** The invitations to the project that wait for an answer. Throws `ApiFailure`. */
export function pendingInvitations(
  connection: Connection,
  projectId: string,
): Promise<readonly Invitation[]> {
  const collection = path`/projects/${projectId}/invitations`;
  return connection.get(
    `${collection}?filter%5Bstate%5D=pending&page%5Bsize%5D=100`,
    parseInvitations,
  );
}

/**
 * Invites an address to the project; the platform sends the mail. Gives the invitation's id; undefined when the answer
 * was lost and the address, having an account, was let in at once. Throws `ApiFailure`, with status 409
 * when an invitation of that address is pending and not to be replaced, and 402 when the plan has no room for another user.
 */
export async function invite(
  connection: Connection,
  projectId: string,
  guest: {
    readonly email: string;
    readonly permissions: readonly Permission[];
    /** Whether an invitation of that address that is pending is cancelled by this one. */
    readonly replacing?: boolean;
  },
): Promise<{ readonly id: string | undefined }> {
  const body = {
    email: guest.email,
    role: guest.permissions.includes("admin") ? "admin" : "viewer",
    permissions: guest.permissions.flatMap((permission) => {
      const [type, role] = permission.split(":");
      return role === undefined ? [] : [{ type, role }];
    }),
    force: guest.replacing ?? false,
  };
  try {
    const collection = path`/projects/${projectId}/invitations`;
    return await certainly<{ readonly id: string | undefined }>(
      () => connection.send("POST", collection, body, parseInvitation),
      async () => {
        const waiting = await pendingInvitations(connection, projectId);
        const sent = waiting.find(({ email }) => sameAddress(email, guest.email));
        const wanted = asInvited(guest.permissions);
        if (sent !== undefined && samePermissions(sent.permissions, wanted))
          return { outcome: sent };
        const accounts = await projectAccess(connection, projectId);
        const inside = accounts.find(({ email }) => sameAddress(email ?? "", guest.email));
        return inside !== undefined && samePermissions(inside.permissions, wanted)
          ? { outcome: { id: undefined } }
          : undefined;
      },
    );
  } catch (error) {
    throw error instanceof ApiFailure ? explained(error) : error;
  }
}

/** Takes back an invitation that is pending. Throws `ApiFailure`. */
export function cancelInvitation(
  connection: Connection,
  projectId: string,
  id: string,
): Promise<void> {
  const item = path`/projects/${projectId}/invitations/${id}`;
  return certainly(
    () => connection.send("DELETE", item, undefined, nothing),
    async () => {
      const waiting = await pendingInvitations(connection, projectId);
      return waiting.some((invitation) => invitation.id === id)
        ? undefined
        : { outcome: undefined };
    },
  );
}

function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** An invitation always has a project role: "viewer" for everyone but a project admin. */
function asInvited(permissions: readonly Permission[]): readonly string[] {
  return permissions.includes("admin") ? ["admin"] : ["viewer", ...permissions];
}

/** Meanings of a status that only invitations have (platform API reference, invitations). */
function explained(failure: ApiFailure): ApiFailure {
  const sentence = meanings.get(failure.status);
  if (sentence === undefined) return failure;
  return new ApiFailure("api", { ...failure.parts, ...sentence }, failure.status);
}

const meanings = new Map<number | undefined, { what: string; next: string }>([
  [
    402,
    {
      what: "The plan has no room for another user",
      next: "add a user to the project's plan in the console, then try again",
    },
  ],
  [
    409,
    {
      what: "An invitation for this address is pending already",
      next: "accept it in the mail that was sent, or cancel it in the console",
    },
  ],
]);

const typeRole = v.object({ type: word, role: word });

const invitationSchema = v.pipe(
  v.object({
    id: word,
    email: word,
    state: word,
    role: optionalText,
    permissions: v.nullish(v.array(typeRole)),
    environments: list(typeRole),
  }),
  v.transform(({ id, email, state, role = "viewer", permissions, environments }): Invitation => {
    const onTypes = (permissions ?? environments).map((on) => `${on.type}:${on.role}`);
    return { id, email, state, role, permissions: [role, ...new Set(onTypes)] };
  }),
);

const parseInvitation = reader(invitationSchema);
const parseInvitations = reader(requiredList(invitationSchema));
