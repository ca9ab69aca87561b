import { type AccountFault, accountFaults, permissionsOfToken } from "../automation/account.ts";
import type { Fact } from "../fact.ts";
import type { TokenFacts } from "../platform/users.ts";

/** One line of the checklist. */
export type TokenCheck =
  | { readonly kind: "good"; readonly sentence: string }
  /** The task could not be done with this token. */
  | { readonly kind: "lacking"; readonly sentence: string; readonly next: string }
  /** The token can do more than the task needs. */
  | { readonly kind: "extra"; readonly sentence: string; readonly next: string }
  /** It isn't known. */
  | { readonly kind: "unknown"; readonly sentence: string };

/**
 * What is good and what is wrong about the account of a token, in sentences: a machine user is on one project with
 * exactly the permissions of its tasks, has no SSH key and no rights in an organization.
 *
 * @param needed the least permissions of its tasks
 */
export function tokenChecklist(
  facts: TokenFacts,
  project: string,
  needed: Fact<readonly string[]>,
): readonly TokenCheck[] {
  const faults = accountFaults(facts, project, needed);
  const has = (...kinds: readonly AccountFault["kind"][]) =>
    faults.some(({ kind }) => kinds.includes(kind));
  const role = has("no access", "too weak", "too strong")
    ? []
    : roleChecks(permissionsOfToken(facts, project), needed);
  return [
    good(`it belongs to ${facts.owner.email}`),
    ...role,
    ...(has("other projects") ? [] : [good("it sees no other project")]),
    ...(facts.sshKeys === undefined
      ? [{ kind: "unknown", sentence: "whether it has SSH keys" } as const]
      : has("SSH keys")
        ? []
        : [good("it has no SSH key")]),
    ...(has("rights in an organization") ? [] : [good("it has no rights in an organization")]),
    ...faults.map(faultCheck),
  ];
}

/** How a line of the checklist is written: a word for how it stands, the sentence, and what to do. */
export function checkLine(check: TokenCheck): string {
  const next = "next" in check ? `; ${check.next}` : "";
  return `${{ good: "ok", lacking: "missing", extra: "too much", unknown: "not known" }[check.kind]}: ${check.sentence}${next}`;
}

function good(sentence: string): TokenCheck {
  return { kind: "good", sentence };
}

function roleChecks(
  held: readonly string[],
  needed: Fact<readonly string[]>,
): readonly TokenCheck[] {
  switch (needed.kind) {
    case "known":
      return [good(`its role is exactly ${needed.value.join(", ")}`)];
    case "absent":
      return [good(`its role is ${held.join(", ")}`)];
    case "unread":
      return [
        good(`its role is ${held.join(", ")}`),
        { kind: "unknown", sentence: `which role its work needs: ${needed.why}` },
      ];
  }
}

const otherRole =
  "change its role under Settings, Access, or run the step of the machine user again";

function faultCheck(fault: AccountFault): TokenCheck {
  switch (fault.kind) {
    case "no access":
      return {
        kind: "lacking",
        sentence: "it can't see the project yet",
        next: "accept the invitation with that account",
      };
    case "too weak":
      return {
        kind: "lacking",
        sentence: `the task needs ${fault.lacking.join(", ")}`,
        next: otherRole,
      };
    case "too strong":
      return {
        kind: "extra",
        sentence: `it is ${fault.beyond.join(", ")} as well`,
        next: otherRole,
      };
    case "other projects": {
      const { ids } = fault;
      const more = ids.length > 3 ? ` and ${ids.length - 3} more` : "";
      return {
        kind: "extra",
        sentence: `it sees other projects: ${ids.slice(0, 3).join(", ")}${more}`,
        next: "use an account of its own for each project, or remove this one there",
      };
    }
    case "SSH keys":
      return {
        kind: "extra",
        sentence: `it has SSH keys: ${fault.keys.map(({ title }) => title).join(", ")}`,
        next: "delete them in its profile; the CLI needs none",
      };
    case "rights in an organization":
      return {
        kind: "extra",
        sentence: `it has rights in an organization: ${fault.organizations.map(({ id, permissions }) => `${id} (${permissions.join(", ")})`).join("; ")}`,
        next: "take them away under the organization's Users",
      };
  }
}
