import * as v from "valibot";
import { projectAccess, samePermissions, updateAccess } from "../../platform/access.ts";
import { permissionWords } from "../words.ts";
import { changeKind, nothingMore, nothingToDo, ready } from "./kind.ts";
import { assessOnPlatform, blockedOnPlatform, needConnection, onPlatform } from "./on-platform.ts";
import { strings } from "./schema-parts.ts";

/** Another role for an account that already has access. */
export interface AccessChange {
  readonly kind: "access";
  readonly project: string;
  readonly user: string;
  readonly email: string;
  /** As the API has them: there may be words among them that this program does not know. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The change of what an account may do on a project. */
export const accessKind = changeKind<AccessChange>()({
  ...onPlatform,
  kind: "access",
  record: v.object({
    kind: v.literal("access"),
    project: v.string(),
    user: v.string(),
    email: v.string(),
    before: strings,
    after: strings,
  }),
  toRecord: ({ kind, project, user, email, before, after }) => ({
    kind,
    project,
    user,
    email,
    before,
    after,
  }),
  preview: ({ email, project, before, after }) => ({
    title: `Change the role of ${email} in project ${project}`,
    lines: [
      { kind: "removed", text: permissionWords(before) },
      { kind: "added", text: permissionWords(after) },
    ],
  }),
  done: ({ email, project, after }) =>
    `${email} is now ${permissionWords(after)} in project ${project}`,
  title: ({ email, project }) => `Role of ${email} in project ${project}`,
  apply: async ({ project, user, after }, connection) => {
    await updateAccess(needConnection(connection), project, user, after);
    return nothingMore;
  },
  assess: ({ project, user, email, before, after }, standing) =>
    assessOnPlatform(standing, async (connection) => {
      const account = (await projectAccess(connection, project)).find((one) => one.user === user);
      if (account === undefined)
        return nothingToDo(`${email} has no access to the project any more`);
      if (samePermissions(account.permissions, before))
        return nothingToDo(`${email} has the role of before`);
      if (!samePermissions(account.permissions, after))
        return blockedOnPlatform(
          `The role of ${email} was changed since`,
          `change it in the console under Access; before the run it was ${permissionWords(before)}`,
        );
      return ready<AccessChange>({
        kind: "access",
        project,
        user,
        email,
        before: after,
        after: before,
      });
    }),
});
