import type { RecordedAnswer } from "../dialogue/session.ts";
import type { Failure } from "../failure.ts";
import { shellWord } from "../shell/guard.ts";
import type { SetupContext } from "./context.ts";
import { inTheFile, parts } from "./parts.ts";
import type { RepeatableFlag } from "./repeatable-flag.ts";
import type { Session, SetupRequest, StepId } from "./session.ts";
import { cronTaskIds, type TaskId, taskIds } from "./tasks/task.ts";

/** What stands before the command to go on: after a failure there is something to put right first. */
export function goingOn(failure: Failure | undefined): string {
  return failure === undefined || failure.reason === "interrupted" ? "to go on" : "then go on";
}

/** What the words of a command line are taken from. */
type Flags = Pick<SetupContext, "flags" | "changes">;

/**
 * The command line that asks only what has not been answered yet, with every flag of the run. It holds no secret: none is
 * ever an answer.
 *
 * @param command as the command line names it: "setup"
 */
export function resumeCommand(command: string, session: Session, context: Flags): string {
  const words = wordsOf(command, session, context);
  return commandLine(command, session, context.flags.flatMap(words));
}

/** The flags of setup and rotate that say of what a later command is to be about. */
const placeFlags = {
  verify: ["--project", "--environment", "--app", "--app-file", "--repository", "--vendor"],
  undo: ["--vendor"],
} as const;

/**
 * The command line of what is done once this run is over, about the same: with what was said of the place by a flag or when
 * asked, and without what that command finds by itself as this one did.
 */
export function laterCommand(
  command: keyof typeof placeFlags,
  session: Session,
  context: Flags,
): string {
  const words = wordsOf(command, session, context);
  const taken: readonly string[] = placeFlags[command];
  const flags = context.flags.filter(({ flag }) => taken.includes(flag));
  return commandLine(command, session, flags.flatMap(words));
}

function commandLine(command: string, { request }: Session, words: readonly string[]): string {
  return ["machinist", command, request.directory, ...words].map(shellWord).join(" ");
}

/** Gives the words of a flag, with what was answered since. */
function wordsOf(command: string, { request, answers }: Session, { changes }: Flags) {
  const isSet =
    command === "setup" &&
    request.effect !== "plan" &&
    changes.some(({ kind }) => kind === "variable-creation" || kind === "variable-update");
  const answerTo = (id: StepId) => {
    // What was set a moment ago is not to be set again.
    if (id === "if-set" && isSet) return "leave";
    const value = answerWords(answers[id]) ?? request.given[id];
    if (id === "task") return wantedTasks(value, answers);
    const isDeclined = taskIds.some((task) => isAbout(id, task) && isDropped(task, answers));
    return isDeclined ? undefined : value;
  };
  const named = answerTo("task")?.split(",");
  const wished = whatIsSetUp(request);
  const ofTasks = (flag: string, answerOf: (id: TaskId) => string | undefined) =>
    cronTaskIds.flatMap((id) => {
      const answer = answerOf(id);
      // Of a task that isn't set up the flag would be refused.
      const isLeftOut = answer === undefined || named?.includes(id) === false;
      return isLeftOut || isDropped(id, answers) ? [] : [flag, `${id}=${answer}`];
    });
  return ({ flag, answers: answered, given }: RepeatableFlag): readonly string[] => {
    if (flag === tokenFlag && isSet) return [];
    // As long as no task is known, what was given for the one that will be says so best.
    const isOfOne = named === undefined && given.length > 0;
    if (flag === "--cron-name")
      return isOfOne ? given : ofTasks(flag, (id) => request.cronNames[id]);
    if (answered === undefined) return wished[flag] ?? given;
    if ("stepOfEachTask" in answered) {
      const { stepOfEachTask } = answered;
      return isOfOne ? given : ofTasks(flag, (id) => answerTo(`${stepOfEachTask}:${id}`));
    }
    const { step, as, repeats } = answered;
    const value = repeats === undefined ? answerTo(step) : request.given[step];
    if (as !== undefined) return value === as ? [flag] : [];
    return value === undefined ? [] : [flag, value];
  };
}

/** What a person answered, and what was guessed for them. */
export function answerWords(answer: RecordedAnswer | undefined): string | undefined {
  return answer?.origin === "asked" || answer?.origin === "guessed" ? answer.value : undefined;
}

const tokenFlag = "--machine-token-stdin";

/** Without those that were not wanted after all: a task that a flag names isn't asked about. */
function wantedTasks(tasks: string | undefined, answers: Session["answers"]): string | undefined {
  const declined = taskIds.filter((id) => isDropped(id, answers));
  const wanted = tasks?.split(",").filter((task) => !declined.some((id) => id === task));
  return wanted?.length === 0 ? undefined : wanted?.join(",");
}

function isDropped(task: TaskId, answers: Session["answers"]): boolean {
  return answers[`doubt:${task}`]?.value === "no";
}

/** Whether an answer says something about this task alone, so that without it the flag would be refused. */
function isAbout(id: StepId, task: TaskId): boolean {
  return (
    id === `schedule:${task}` ||
    (id === "operation" && task === "source-operation") ||
    (id === "commands" && task === "custom") ||
    (id === "backup-kind" && task === "backup")
  );
}

/** The words of the flags that say what a setup is about; a setup that was left before its end says it again. */
function whatIsSetUp({
  offline,
  only,
  given,
  installer,
  cliVersion,
  repository,
}: SetupRequest): Readonly<Partial<Record<string, readonly string[]>>> {
  const isDefault = only.length === (offline ? inTheFile : parts).length;
  return {
    "--offline": offline ? ["--offline"] : [],
    "--only": isDefault ? [] : ["--only", only.join(",")],
    "--installer": given.installer === undefined ? [] : ["--installer", installer],
    "--repository": repository === undefined ? [] : ["--repository", repository],
    "--cli-version": cliVersion === undefined ? [] : ["--cli-version", cliVersion],
  };
}
