import type { RecordedAnswer } from "../dialogue/session.ts";
import type { Failure } from "../failure.ts";
import { shellWord } from "../shell/guard.ts";
import type { SetupContext } from "./context.ts";
import { inTheFile, parts } from "./parts.ts";
import type { RepeatableFlag } from "./repeatable-flag.ts";
import type { Session, StepId } from "./session.ts";
import { allCronTasks } from "./tasks/chosen.ts";
import { type TaskId, taskIds } from "./tasks/task.ts";

/** What stands before the command to go on: after a failure there is something to put right first. */
export function goingOn(failure: Failure | undefined): string {
  return failure === undefined || failure.reason === "interrupted" ? "to go on" : "then go on";
}

/**
 * The command line that asks only what has not been answered yet, with every flag of the run. It holds no secret: none is
 * ever an answer.
 *
 * @param command as the command line names it: "setup"
 */
export function resumeCommand(
  command: string,
  { request, answers }: Session,
  { flags, changes }: Pick<SetupContext, "flags" | "changes">,
): string {
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
  const wished = whatIsSetUp({ request, answers });
  const wordsFor = ({ flag, answers: answered, given }: RepeatableFlag): readonly string[] => {
    if (flag === tokenFlag && isSet) return [];
    if (answered === undefined) return wished[flag] ?? given;
    if ("stepOfEachTask" in answered)
      return allCronTasks.flatMap(({ id }) => {
        const answer = answerTo(`${answered.stepOfEachTask}:${id}`);
        return answer === undefined ? [] : [flag, `${id}=${answer}`];
      });
    const { step, as, repeats } = answered;
    const value = repeats === undefined ? answerTo(step) : request.given[step];
    if (as !== undefined) return value === as ? [flag] : [];
    return value === undefined ? [] : [flag, value];
  };
  return ["machinist", command, request.directory, ...flags.flatMap(wordsFor)]
    .map(shellWord)
    .join(" ");
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
  request,
  answers,
}: Pick<Session, "request" | "answers">): Readonly<Partial<Record<string, readonly string[]>>> {
  const { offline, only, cronNames, given, installer, cliVersion, repository } = request;
  const names = Object.entries(cronNames).filter(
    ([id]) => !taskIds.some((task) => task === id && isDropped(task, answers)),
  );
  const isDefault = only.length === (offline ? inTheFile : parts).length;
  return {
    "--offline": offline ? ["--offline"] : [],
    "--only": isDefault ? [] : ["--only", only.join(",")],
    "--cron-name": names.flatMap(([id, name]) => ["--cron-name", `${id}=${name}`]),
    "--installer": given.installer === undefined ? [] : ["--installer", installer],
    "--repository": repository === undefined ? [] : ["--repository", repository],
    "--cli-version": cliVersion === undefined ? [] : ["--cli-version", cliVersion],
  };
}
