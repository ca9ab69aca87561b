import { dirname } from "node:path";
import { branchOf } from "../change/commit.ts";
import type { SetupContext } from "./context.ts";
import type { Session } from "./session.ts";

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
  const branch = await branchOf(dirname(file));
  const runs = (session.answers.branch ?? session.answers.environment)?.value;
  const ours = changes.some((change) => change.kind === "file" && change.path === file);
  return [
    ...(branch === undefined
      ? ["No branch is checked out (detached HEAD): a commit here would be on none."]
      : []),
    ...(branch !== undefined && runs !== undefined && branch !== runs
      ? [`You are on the branch ${branch}; it runs on ${runs}, once it is merged there.`]
      : []),
    ...(!ours && (await checkout.dirty(file))
      ? ["The file holds changes of yours that aren't committed; they stay as they are."]
      : []),
  ];
}
