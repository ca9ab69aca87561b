import type { SetupRequest, StepId } from "../../setup/session.ts";
import { taskIds } from "../../setup/tasks/task.ts";
import type { Flags, FlagValues } from "./flag.ts";

/**
 * The answers that the flags of a command give beforehand, by the step they answer.
 *
 * @param ofTasks for a flag that answers a step of each task: the answers by task
 */
export function answersGiven<F extends Flags>(
  flags: F,
  values: FlagValues<F>,
  ofTasks: Readonly<Partial<Record<string, Readonly<Record<string, string>>>>> = {},
): SetupRequest["given"] {
  const given: Partial<Record<StepId, string>> = {};
  for (const [name, { answers }] of Object.entries(flags)) {
    const value: unknown = values[name];
    if (answers === undefined) continue;
    if ("stepOfEachTask" in answers) {
      for (const id of taskIds) {
        const answer = ofTasks[name]?.[id];
        if (answer !== undefined) given[`${answers.stepOfEachTask}:${id}`] = answer;
      }
    } else if (answers.as === undefined) {
      if (typeof value === "string") given[answers.step] = value;
    } else if (value === true) given[answers.step] = answers.as;
  }
  return given;
}
