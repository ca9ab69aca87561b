import type { VariableFlags } from "../platform/variables.ts";
import { printable } from "../printable.ts";
import { redact } from "../secret.ts";
import type { Change, VariableUpdate } from "./change.ts";
import { diffLines } from "./kinds/diff-lines.ts";
import type { Reversal } from "./kinds/reversal.ts";
import { flagWords, permissionWords, variableWords } from "./words.ts";

/** One line of a preview: a line of a diff, or a fact about a request. */
export interface PreviewLine {
  readonly kind: "place" | "context" | "added" | "removed" | "fact";
  readonly text: string;
}

/** What stands above the question whether to apply a change. Every text is printable and holds no secret. */
export interface Preview {
  readonly title: string;
  readonly lines: readonly PreviewLine[];
}

/**
 * What a change does, before it is done: the unified diff of a file's real text with three lines around it, or the
 * request to the API in words. A variable's value is never in it.
 */
export function previewOf(change: Change | Reversal): Preview {
  const { title, lines } = previewed(change);
  return {
    title: printable(redact(title)),
    lines: lines.map(({ kind, text }) => ({ kind, text: printable(redact(text)) })),
  };
}

const theValue = "the machine user's token";

function previewed(change: Change | Reversal): Preview {
  switch (change.kind) {
    case "file":
      return { title: `${change.shown}: ${change.purpose}`, lines: diffLines(change) };
    case "file-creation":
      return {
        title: `Make ${change.shown}: ${change.purpose}`,
        lines: diffLines({ ...change, before: "" }),
      };
    case "file-removal":
      return {
        title: `Remove ${change.shown}, which was made by the run`,
        lines: diffLines({ ...change, after: "" }),
      };
    case "commit":
      return {
        title: `Commit ${change.files.map(({ path }) => path).join(", ")} on ${change.branch}`,
        lines: [
          ...change.message.split("\n").map(fact),
          fact("nothing else is in the commit, and nothing is pushed"),
        ],
      };
    case "commit-removal":
      return {
        title: `Take the commit ${change.commit.slice(0, 7)} off ${change.branch}`,
        lines: [fact("it was not pushed; the files stay as they are")],
      };
    case "invitation":
      return {
        title: `Invite ${change.email} to project ${change.project} as ${permissionWords(change.permissions)}`,
        lines: [
          fact("the platform sends an e-mail to this address"),
          ...(change.replaces === undefined
            ? []
            : [
                fact("the invitation that is waiting is cancelled; its link no longer works"),
                { kind: "removed", text: permissionWords(change.replaces) } as const,
                { kind: "added", text: permissionWords(change.permissions) } as const,
              ]),
        ],
      };
    case "redeployment":
      return {
        title: `Redeploy ${change.environment} of project ${change.project}`,
        lines: [fact("the site may not answer for some seconds while its containers are replaced")],
      };
    case "token-revocation":
      return {
        title: `Revoke the API token ${change.name} of ${change.email}`,
        lines: [fact("whatever still uses it is refused then; undo can't bring it back")],
      };
    case "access":
      return {
        title: `Change the role of ${change.email} in project ${change.project}`,
        lines: [
          { kind: "removed", text: permissionWords(change.before) },
          { kind: "added", text: permissionWords(change.after) },
        ],
      };
    case "ci-secret":
      return {
        title: `${change.replaces ? "Replace" : "Set"} the secret ${change.name} of ${change.repository} on ${change.host}`,
        lines: [
          fact(
            `value: ${theValue}, handed to ${change.system === "github" ? "gh" : "glab"} on its standard input`,
          ),
          fact(
            change.system === "github"
              ? "every workflow of the repository can read it, but for those of forks"
              : "masked, and for jobs of protected branches and tags only",
          ),
          ...(change.replaces
            ? [fact("the old value is kept nowhere: undo can't bring it back")]
            : []),
        ],
      };
    case "ci-secret-deletion":
      return {
        title: `Delete the secret ${change.name} of ${change.repository} on ${change.host}`,
        lines: [fact("jobs that use it are no longer signed in")],
      };
    case "variable-creation":
      return {
        title: `Create the variable ${variableWords(change)}`,
        lines: [
          fact(`value: ${theValue}`),
          ...flagWords.map(({ name, word }) => fact(`${name}: ${word(change.flags)}`)),
        ],
      };
    case "variable-update":
      return {
        title: `Change the variable ${variableWords(change)}`,
        lines: [
          fact(`value: ${valueWords(change)}`),
          ...(change.overrides
            ? [
                fact(
                  "it is inherited now: this makes one of the environment's own, and undo deletes that",
                ),
              ]
            : change.value === undefined
              ? []
              : [fact("the old value is kept nowhere: undo can't bring it back")]),
          ...flagChanges(change.before, change.after),
        ],
      };
    case "invitation-cancellation":
      return {
        title: `Cancel the invitation of ${change.email} to project ${change.project}`,
        lines: [fact("the invitation is not accepted yet")],
      };
    case "access-removal":
      return {
        title: `Remove ${change.email} from project ${change.project}`,
        lines: [
          fact("the invitation was accepted meanwhile"),
          { kind: "removed", text: permissionWords(change.permissions) },
        ],
      };
    case "variable-deletion":
      return {
        title: `Delete the variable ${variableWords(change)}`,
        lines: [
          fact("its value is gone then, and no undo brings it back"),
          fact(
            change.environment === undefined
              ? "each environment has it until its next deployment"
              : "the environment is redeployed by this",
          ),
        ],
      };
  }
}

function fact(text: string): PreviewLine {
  return { kind: "fact", text };
}

function valueWords({ value }: VariableUpdate): string {
  return value === undefined ? "stays as it is" : `replaced by ${theValue}`;
}

function flagChanges(before: VariableFlags, after: VariableFlags): PreviewLine[] {
  return flagWords.flatMap(({ name, word }): PreviewLine[] => {
    const [old, now] = [word(before), word(after)];
    if (old === now) return [fact(`${name}: ${now}`)];
    return [
      { kind: "removed", text: `${name}: ${old}` },
      { kind: "added", text: `${name}: ${now}` },
    ];
  });
}
