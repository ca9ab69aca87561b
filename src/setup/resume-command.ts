import type { Failure } from "../failure.ts";
import { shellWord } from "../shell/guard.ts";
import { allCronTasks } from "./chosen-tasks.ts";
import type { SetupContext } from "./context.ts";
import { parts, type Session, type SetupRequest, type StepId } from "./session.ts";
import { taskIds } from "./tasks/task.ts";

/** What stands before the command to go on: after a failure there is something to put right first. */
export function goingOn(failure: Failure | undefined): string {
  return failure === undefined || failure.reason === "interrupted" ? "to go on" : "then go on";
}

/**
 * The command line that asks only what has not been answered yet, with every flag of the run. It holds no secret: none is
 * ever an answer.
 *
 * @param command as the command line names it: "setup"
 * @param own words of flags that answer no question, which only this command has
 */
export function resumeCommand(
  command: string,
  { request, answers }: Session,
  { repeated, changes }: Pick<SetupContext, "repeated" | "changes">,
  own: readonly string[] = [],
): string {
  const isSet =
    command === "setup" &&
    changes.some(({ kind }) => kind === "variable-creation" || kind === "variable-update");
  const answerTo = (id: StepId) => {
    // What was set a moment ago is not to be set again.
    if (id === "if-set" && isSet) return "leave";
    const value = answers[id]?.origin === "asked" ? answers[id].value : request.given[id];
    return id === "task" ? wantedTasks(value, answers) : value;
  };
  const words = [
    "machinist",
    command,
    request.directory,
    ...(command === "setup" ? whatIsSetUp(request) : []),
    ...valueFlags.flatMap(([id, flag]) => {
      const value = answerTo(id);
      return value === undefined ? [] : [flag, value];
    }),
    ...toggles.flatMap(([id, value, flag]) => (answerTo(id) === value ? [flag] : [])),
    ...[request.given["machine-user"], request.given.strays].filter((flag) => flag !== undefined),
    ...(request.given["old-token"] === undefined ? [] : ["--revoke", request.given["old-token"]]),
    ...allCronTasks.flatMap(({ id }) => {
      const spec = answerTo(`schedule:${id}`);
      return spec === undefined ? [] : ["--schedule", `${id}=${spec}`];
    }),
    ...own,
    ...repeated.filter((flag) => flag !== tokenFlag || !isSet),
  ];
  return words.map(shellWord).join(" ");
}

const tokenFlag = "--machine-token-stdin";

/** Without those that were not wanted after all: a task that a flag names isn't asked about. */
function wantedTasks(tasks: string | undefined, answers: Session["answers"]): string | undefined {
  const declined = taskIds.filter((id) => answers[`doubt:${id}`]?.value === "no");
  const wanted = tasks?.split(",").filter((task) => !declined.some((id) => id === task));
  return wanted?.length === 0 ? undefined : wanted?.join(",");
}

/** The flags that say what a setup is about, as far as they were given. */
function whatIsSetUp({ offline, only, cronNames, installer, cliVersion }: SetupRequest) {
  const isDefault = only.length === (offline ? 2 : parts.length);
  return [
    ...(offline ? ["--offline"] : []),
    ...(isDefault ? [] : ["--only", only.join(",")]),
    ...Object.entries(cronNames).flatMap(([id, name]) => ["--cron-name", `${id}=${name}`]),
    ...(installer === "bash" ? [] : ["--installer", installer]),
    ...(cliVersion === undefined ? [] : ["--cli-version", cliVersion]),
  ];
}

/** The flags that answer a step, in the order of the steps. */
const valueFlags = [
  ["project", "--project"],
  ["environment", "--environment"],
  ["task", "--task"],
  ["app", "--app"],
  ["operation", "--operation"],
  ["commands", "--command"],
  ["email", "--email"],
  ["if-set", "--if-set"],
  ["guard", "--guard"],
  ["branch", "--branch"],
] as const;

/** The flags that give a step this one answer. */
const toggles = [
  ["keychain", "keep", "--keychain"],
  ["other-project", "yes", "--other-project"],
  ["commit", "commit", "--commit"],
  ["token-check", "accept", "--accept-extra-rights"],
  ["backup-kind", "live", "--live"],
] as const;
