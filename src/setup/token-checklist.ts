import { covers, lackingOf } from "../platform/permissions.ts";
import type { Grants } from "../platform/projects.ts";
import type { SshKey } from "../platform/ssh-keys.ts";
import { rightsIn, type TokenFacts } from "../platform/token-facts.ts";

/** One line of the checklist. */
export type TokenCheck =
  | { readonly kind: "good"; readonly sentence: string }
  /** The task could not be done with this token. */
  | { readonly kind: "lacking"; readonly sentence: string; readonly next: string }
  /** The token can do more than the task needs. */
  | { readonly kind: "extra"; readonly sentence: string; readonly next: string }
  /** The API would not say. */
  | { readonly kind: "unknown"; readonly sentence: string };

/**
 * Whether an account is what a machine user should be: on this project with exactly the permissions of its tasks, on no
 * other project, with no SSH key and no rights in an organization.
 *
 * @param needed the least permissions of the tasks, as `neededBy` gives them; undefined where the tasks aren't known
 */
export function tokenChecklist(
  facts: TokenFacts,
  project: string,
  needed: readonly string[] | undefined,
): readonly TokenCheck[] {
  return [
    { kind: "good", sentence: `it belongs to ${facts.owner.email}` },
    ...roleChecks(facts.grants, project, needed),
    otherProjects(facts.grants, project),
    sshKeyCheck(facts.sshKeys),
    organizationCheck(facts.grants),
  ];
}

/** How a line of the checklist is written: a word for how it stands, the sentence, and what to do. */
export function checkLine(check: TokenCheck): string {
  const next = "next" in check ? `; ${check.next}` : "";
  return `${{ good: "ok", lacking: "missing", extra: "too much", unknown: "not known" }[check.kind]}: ${check.sentence}${next}`;
}

function roleChecks(
  { projects }: Grants,
  project: string,
  needed: readonly string[] | undefined,
): readonly TokenCheck[] {
  const held = projects.find(({ id }) => id === project)?.permissions;
  if (held === undefined) {
    return [
      {
        kind: "lacking",
        sentence: "it can't see the project yet",
        next: "accept the invitation with that account",
      },
    ];
  }
  if (needed === undefined) {
    return [
      { kind: "good", sentence: `its role is ${held.join(", ")}` },
      { kind: "unknown", sentence: "which role its work needs: no cron here calls the CLI" },
    ];
  }
  const lacking = lackingOf(held, needed);
  const extra = held.filter((each) => !needed.includes(each) && !covers(needed, each));
  const next = "change its role under Settings, Access, or run the step of the machine user again";
  return [
    ...(lacking.length === 0
      ? []
      : [{ kind: "lacking", sentence: `the task needs ${lacking.join(", ")}`, next } as const]),
    ...(extra.length === 0
      ? []
      : [{ kind: "extra", sentence: `it is ${extra.join(", ")} as well`, next } as const]),
    ...(lacking.length + extra.length === 0
      ? [{ kind: "good", sentence: `its role is exactly ${needed.join(", ")}` } as const]
      : []),
  ];
}

function otherProjects({ projects }: Grants, project: string): TokenCheck {
  const others = projects.filter(({ id }) => id !== project).map(({ id }) => id);
  if (others.length === 0) return { kind: "good", sentence: "it sees no other project" };
  const named = others.slice(0, 3).join(", ");
  const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
  return {
    kind: "extra",
    sentence: `it sees other projects: ${named}${more}`,
    next: "use an account of its own for each project, or remove this one there",
  };
}

function sshKeyCheck(keys: readonly SshKey[] | undefined): TokenCheck {
  if (keys === undefined) return { kind: "unknown", sentence: "whether it has SSH keys" };
  if (keys.length === 0) return { kind: "good", sentence: "it has no SSH key" };
  return {
    kind: "extra",
    sentence: `it has SSH keys: ${keys.map(({ title }) => title).join(", ")}`,
    next: "delete them in its profile; the CLI needs none",
  };
}

/** Every project user is in the project's organization; only permissions there are rights. */
function organizationCheck(grants: Grants): TokenCheck {
  const rights = rightsIn(grants);
  if (rights.length === 0) return { kind: "good", sentence: "it has no rights in an organization" };
  return {
    kind: "extra",
    sentence: `it has rights in an organization: ${rights.map(({ id, permissions }) => `${id} (${permissions.join(", ")})`).join("; ")}`,
    next: "take them away under the organization's Users",
  };
}
