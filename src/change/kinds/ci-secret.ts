import * as v from "valibot";
import {
  openSecretStore,
  type SecretPlace,
  type SecretStore,
  secretPage,
} from "../../cihost/secret-store.ts";
import { Failure } from "../../failure.ts";
import type { Secret } from "../../secret.ts";
import { theValue } from "../words.ts";
import { type Action, changeKind, fact, nothingMore, ready, stays } from "./kind.ts";
import { onPlatform } from "./on-platform.ts";

/** A secret of a CI system, set by the host's own program. */
export interface CiSecretChange extends SecretPlace {
  readonly kind: "ci-secret";
  readonly value: Secret;
  /** Whether one of that name is there already; its value is gone then. */
  readonly replaces: boolean;
  /** The checkout's top folder, in which no program is looked for. */
  readonly root: string;
}

/** Deletes a secret of a CI system that a run of ours set where none was. */
interface CiSecretDeletion extends SecretPlace {
  readonly kind: "ci-secret-deletion";
  readonly root: string;
}

const deletion: Action<CiSecretDeletion> = {
  kind: "ci-secret-deletion",
  preview: ({ name, repository, host }) => ({
    title: `Delete the secret ${name} of ${repository} on ${host}`,
    lines: [fact("jobs that use it are no longer signed in")],
  }),
  done: ({ name, repository, host }) => `Deleted the secret ${name} of ${repository} on ${host}`,
  apply: async (change, _connection, env) => {
    await (await secretStore(change, env)).remove(change);
    return nothingMore;
  },
};

/** The setting of a secret of a CI system, by the system's own program. */
export const ciSecretKind = changeKind<CiSecretChange>()({
  kind: "ci-secret",
  record: v.object({
    kind: v.literal("ci-secret"),
    system: v.picklist(["github", "gitlab"]),
    host: v.string(),
    repository: v.string(),
    name: v.string(),
    /** Whether one was there before; its value is nowhere. */
    replaces: v.boolean(),
    /** The checkout's top folder. */
    root: v.string(),
  }),
  reversals: [deletion],
  toRecord: ({ kind, system, host, repository, name, replaces, root }) => ({
    kind,
    system,
    host,
    repository,
    name,
    replaces,
    root,
  }),
  preview: ({ replaces, name, repository, host, system }) => ({
    title: `${replaces ? "Replace" : "Set"} the secret ${name} of ${repository} on ${host}`,
    lines: [
      fact(
        `value: ${theValue}, handed to ${system === "github" ? "gh" : "glab"} on its standard input`,
      ),
      fact(
        system === "github"
          ? "every workflow of the repository can read it, but for those of forks"
          : "masked, and for jobs of protected branches and tags only",
      ),
      ...(replaces ? [fact("the old value is kept nowhere: undo can't bring it back")] : []),
    ],
  }),
  done: ({ name, repository, host }) => `Set the secret ${name} of ${repository} on ${host}`,
  title: ({ name, repository, host }) => `Secret ${name} of ${repository} on ${host}`,
  apply: async (change, _connection, env) => {
    await (await secretStore(change, env)).set(change, change.value, change.replaces);
    return nothingMore;
  },
  /** A secret that was there before can't be brought back: its value is nowhere. */
  assess: ({ replaces, system, host, repository, name, root }) =>
    replaces
      ? stays("the value that was there before is kept nowhere")
      : ready<CiSecretDeletion>({
          kind: "ci-secret-deletion",
          system,
          host,
          repository,
          name,
          root,
        }),
  whereToLook: (change) => `look at ${secretPage(change)}`,
  interrupted: onPlatform.interrupted,
});

/** Throws a Failure ("signedOut") where the host's program is gone, or nobody is signed in with it. */
async function secretStore(
  change: SecretPlace & { readonly root: string },
  env: NodeJS.ProcessEnv,
): Promise<SecretStore> {
  const { root, host } = change;
  const store = await openSecretStore(change, { env, root });
  if (!("why" in store)) return store;
  throw new Failure("signedOut", {
    what: `The secrets of ${change.repository} on ${host} can't be changed from here`,
    why: store.why,
    next: `do it at ${secretPage(change)}`,
  });
}
