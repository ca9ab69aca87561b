import { readCiScript } from "../../shell/ci-script.ts";
import { flagValue, hasFlag, waitsByDefault } from "../../shell/cli-call.ts";
import { shellWord } from "../../shell/guard.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";
import { type CiTask, detailsOf } from "../tasks/chosen.ts";

/** Commands about the CLI itself, or about files: they take no project. */
const withoutProject =
  /^(?:|help|list|completion|docs|decode|clear-cache|auth:.*|self:.*|local:.*)$/u;
/** Commands about a project as a whole, or about more, take no environment; a push has a target in its stead. */
const withoutEnvironment =
  /^(?:environment:push$|(?:project|user|domain|certificate|integration|organization|team|ssh-key|subscription):)/u;

/** The lines that do a task in a job. */
export function linesOf(
  task: CiTask,
  session: Session,
  { vendor }: Pick<SetupContext, "vendor">,
): readonly string[] {
  const script = task.work.script(vendor.binary, detailsOf(session));
  return linesForCi(script, {
    project: projectOf(session),
    environment: environmentOf(session),
  });
}

/**
 * The lines of a task as a job of CI runs them: in a container the CLI knows where it is, in a job each call is told its
 * project and its environment, and waits, so that the job is green only once it is done.
 *
 * @param lines as a cron runs them
 */
export function linesForCi(
  lines: readonly string[],
  { project, environment }: { readonly project: string; readonly environment: string },
): readonly string[] {
  const script = lines.join("\n");
  const { calls } = readCiScript(script, { errexit: true, pipefail: true });
  const edits = calls.flatMap((call) => {
    const noWait = call.arguments.find(({ text }) => text === "--no-wait");
    const words = [
      ...(withoutProject.test(call.name) || flagValue(call, "--project", "p") !== undefined
        ? []
        : ["--project", shellWord(project)]),
      ...(call.name === "environment:push" && flagValue(call, "--target") === undefined
        ? ["--target", shellWord(environment)]
        : []),
      ...(withoutProject.test(call.name) ||
      withoutEnvironment.test(call.name) ||
      flagValue(call, "--environment", "e") !== undefined
        ? []
        : ["--environment", shellWord(environment)]),
      ...(waitsByDefault(call) && noWait === undefined && !hasFlag(call, "--wait")
        ? ["--wait"]
        : []),
    ];
    const added = words.map((word) => ` ${word}`).join("");
    return [
      { start: call.nameEnd, end: call.nameEnd, text: added },
      ...(noWait === undefined ? [] : [{ start: noWait.start, end: noWait.end, text: "--wait" }]),
    ];
  });
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end),
      script,
    )
    .split("\n");
}
