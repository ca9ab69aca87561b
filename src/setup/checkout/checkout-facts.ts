import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";

/**
 * What a person should know of the checkout before a file in it is changed or committed, one sentence each: no branch,
 * another branch than the one that runs it, changes of one's own in the file.
 *
 * @param file absolute path of the file
 */
export async function checkoutFacts(
  session: Session,
  { checkout, changes }: Pick<SetupContext, "checkout" | "changes">,
  file: string,
): Promise<readonly string[]> {
  if (checkout.root === undefined) return [];
  const branch = await checkout.branchNow();
  const runs = (session.answers.branch ?? session.answers.environment)?.value;
  const ours = changes.some(
    (change) => (change.kind === "file" || change.kind === "file-creation") && change.path === file,
  );
  const state = ours ? "as committed" : await checkout.state(file);
  return [
    ...(branch === null
      ? ["No branch is checked out (detached HEAD): a commit here would be on none."]
      : []),
    ...(typeof branch === "string" && runs !== undefined && branch !== runs
      ? [`You are on the branch ${branch}; it runs on ${runs}, once it is merged there.`]
      : []),
    ...(state === "changed"
      ? ["The file holds changes of yours that aren't committed; they stay as they are."]
      : []),
    ...(state === "unknown"
      ? ["Whether the file holds changes of yours that aren't committed is not known."]
      : []),
  ];
}
