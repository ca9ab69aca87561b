import { realpath } from "node:fs/promises";
import { relative, sep } from "node:path";
import type { CommitChange } from "../../change/change.ts";
import { replyText } from "../../dialogue/reply.ts";
import { Failure } from "../../failure.ts";
import { branchOf, headOf, hindrance } from "../../git/commit.ts";
import { committedText, stagedEntry, storedId } from "../../git/file-state.ts";
import { gitRefusal, openRepository } from "../../git/repository.ts";
import { checkoutFacts } from "../checkout/checkout-facts.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";

/** A commit of the files that were changed, and of nothing else, when the person wants one. Nothing is pushed. */
export const commit: Step = {
  id: "commit",
  title: "Commit",
  plan: { settings: [] },
  needed: ({ answers }) =>
    Object.entries(answers).some(
      ([id, answer]) =>
        (id === "installer" ||
          id === "verify-job" ||
          id.startsWith("cron:") ||
          id.startsWith("ci:")) &&
        answer.origin === "applied",
    ),
  basis: () => "",
  open: async (session, context) => {
    const wanted = session.request.given.commit !== undefined;
    const plan = await planCommit(session, context);
    if (plan.kind === "impossible") {
      if (wanted) {
        throw new Failure("uneditable", {
          what: "The change can't be committed",
          why: plan.why,
          next: "commit it by hand, or leave out --commit",
        });
      }
      return {
        kind: "settled",
        answer: { value: "no", shown: "left to you", because: plan.why },
      };
    }
    if (session.request.effect === "rehearse") {
      return {
        kind: "settled",
        answer: { value: "no", shown: "would be asked for", because: "this is a rehearsal" },
      };
    }
    const { files, branch, message } = plan.change;
    const shown = files.map(({ path }) => path).join(", ");
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: `Commit ${shown}?`,
        help: [
          "Only what machinist wrote is committed: what you have staged of other files stays staged, and is in no commit.",
          "Your own name and signature are used, as with git commit; no hook and no filter is run. Nothing is pushed; the push is what deploys it.",
        ],
        facts: [
          `On the branch ${branch}, with the message:`,
          ...message.split("\n").filter((line) => line !== ""),
          ...plan.facts,
        ],
        flag: "--commit",
        item: {
          title: files.length === 1 ? "Commit the file" : "Commit the files",
          says: `on ${branch}; not pushed`,
          marked: "commit",
          unmarked: "no",
        },
        choices: [
          { value: "no", label: "Leave it to me", detail: "look at git diff first" },
          { value: "commit", label: "Commit it", detail: "not pushed" },
        ],
        preset: { value: "no", because: "nothing is committed unless you say so", certain: true },
      },
    };
  },
  take: async (session, reply, context) => {
    const value = replyText(reply);
    if (value === "no") {
      const answer = { value, shown: "left to you", because: "you chose" };
      return { kind: "answered", answer, applied: false };
    }
    const plan = await planCommit(session, context);
    if (value !== "commit" || plan.kind === "impossible") {
      const sentence = plan.kind === "impossible" ? plan.why : "The answer is commit or no";
      return { kind: "again", problem: { sentence, reason: "usage" } };
    }
    const shown = await context.apply(plan.change);
    return { kind: "answered", answer: { value, shown, because: "you agreed" }, applied: true };
  },
};

type CommitPlan =
  | { readonly kind: "commit"; readonly change: CommitChange; readonly facts: readonly string[] }
  | { readonly kind: "impossible"; readonly why: string };

/** What would be committed, or why nothing can be: that Git doesn't answer takes nothing else down. */
async function planCommit(session: Session, context: SetupContext): Promise<CommitPlan> {
  try {
    return await whatToCommit(session, context);
  } catch (error) {
    const why = gitRefusal(error);
    if (why === undefined) throw error;
    return { kind: "impossible", why };
  }
}

/** What would be committed, or why nothing can be without committing more than was shown. Throws as Git does. */
async function whatToCommit(session: Session, context: SetupContext): Promise<CommitPlan> {
  const changes = writtenBy(session, context);
  const [first] = changes;
  if (first === undefined) return { kind: "impossible", why: "no file was changed" };
  if (context.checkout.root === undefined) {
    return { kind: "impossible", why: "the folder is in no Git checkout" };
  }
  const root = await realpath(context.checkout.root);
  const repository = await openRepository(root, context.env).catch(() => undefined);
  if (repository === undefined) {
    return { kind: "impossible", why: "Git doesn't answer in this checkout" };
  }
  const [branch, parent] = await Promise.all([branchOf(repository), headOf(repository)]);
  if (branch === undefined) {
    return { kind: "impossible", why: "no branch is checked out (detached HEAD)" };
  }
  if (parent === undefined) return { kind: "impossible", why: "the branch has no commit yet" };
  const files = new Map<string, { before: string | undefined; after: string }>();
  for (const change of changes) {
    const name = relative(root, change.path).split(sep).join("/");
    const before = change.kind === "file" ? change.before : undefined;
    const first = files.get(name);
    files.set(name, { before: first === undefined ? before : first.before, after: change.after });
  }
  for (const [name, { before }] of files) {
    const [last, inIndex] = await Promise.all([
      committedText(repository, name),
      stagedEntry(repository, name),
    ]);
    // A commit of the file would put what is staged of it out of the index.
    if (inIndex?.id !== last?.id || inIndex?.mode !== last?.mode) {
      return { kind: "impossible", why: `${name} held changes of yours that are staged` };
    }
    if (before === undefined && last === undefined) continue;
    if (last === undefined || before === undefined) {
      const why = last === undefined ? "is not in the last commit" : "is in the last commit";
      return { kind: "impossible", why: `${name} ${why}` };
    }
    if (last.id !== (await storedId(repository, name, before))) {
      return { kind: "impossible", why: `${name} held changes of yours that aren't committed` };
    }
  }
  const why = await hindrance(repository, [...files.keys()]);
  if (why !== undefined) return { kind: "impossible", why };
  const message = commitMessage(changes.map(({ purpose }) => purpose));
  return {
    kind: "commit",
    change: {
      kind: "commit",
      root,
      branch,
      parent,
      files: await Promise.all(
        [...files].map(async ([path, { after }]) => ({
          path,
          after,
          blob: await storedId(repository, path, after),
        })),
      ),
      message,
    },
    facts: await checkoutFacts(session, context, first.path),
  };
}

/** The files that were written in this run, and while a plan is made those that would be, in order. */
function writtenBy({ request }: Session, { attempts, changes }: SetupContext) {
  const made = attempts.flatMap(({ state, change }) => (state === "done" ? change : []));
  return [...(request.effect === "apply" ? [] : made), ...changes].filter(
    (change) => change.kind === "file" || change.kind === "file-creation",
  );
}

const widest = 72;

/**
 * A commit message: a subject in the imperative of at most 72 characters, and a body where that can't hold it all.
 *
 * @param purposes what the changes do, in the imperative: "add the cron backup"; at least one
 */
function commitMessage(purposes: readonly string[]): string {
  const distinct = [...new Set(purposes)];
  const whole = capitalized(distinct.join(" and "));
  if (whole.length <= widest) return whole;
  return [
    "Have the platform's CLI do the recurring work",
    "",
    ...distinct.map((purpose) => `- ${capitalized(purpose)}`),
  ].join("\n");
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
