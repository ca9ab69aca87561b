/**
 * Says why a value of a flag can't be meant, whatever the project: a whole sentence without its end, which holds what is
 * allowed; undefined for one that may be. The value comes without the blanks around it. What it takes to judge is loaded
 * when its flag is given.
 */
export type FlagJudge = (value: string) => Promise<string | undefined>;

/** Takes any text that is not empty. */
export const anyText: FlagJudge = async (value) => (value === "" ? "A value is needed" : undefined);

/** Takes the id of a project. */
export const projectId: FlagJudge = async (value) => {
  const { isProjectId } = await import("../../git/names.ts");
  return isProjectId(value)
    ? undefined
    : "This is no project's id: one has small letters and digits only, and stands in the address of the project's console";
};

/** Takes the id of an environment: the name of its branch. */
export const environmentId: FlagJudge = async (value) => {
  const { isBranchName } = await import("../../git/names.ts");
  return isBranchName(value)
    ? undefined
    : "No environment has this id: it is named after its branch, and Git allows none of that name";
};

/** Takes the name of a branch that a guard can ask for. */
export const branchName: FlagJudge = async (value) =>
  (await import("../../setup/steps/branch.ts")).problemOfBranch(value);

/** Takes the address of a machine user. */
export const emailAddress: FlagJudge = async (value) =>
  (await import("../../setup/steps/email.ts")).problemOfAddress(value);

/** Takes the ids of tasks, with commas between them. */
export const taskNames: FlagJudge = async (value) =>
  (await import("../../setup/steps/task.ts")).problemOfTasks(value);

/** Takes the commands of a task of the person's own. */
export const ownCommands: FlagJudge = async (value) =>
  (await import("../../setup/tasks/custom.ts")).problemOfCommands(value);

/** Takes the name of a source operation. */
export const operationName: FlagJudge = async (value) =>
  (await import("../../setup/steps/operation.ts")).problemOfOperation(value);

/** Takes the name of a repository, with its host or without: "acme/shop". */
export const repositoryName: FlagJudge = async (value) => {
  const { isRepositoryName } = await import("../../git/hosts.ts");
  return isRepositoryName(value)
    ? undefined
    : "This is no repository's name, as acme/shop and github.com/acme/shop are";
};

/** Takes a release of the CLI: three numbers, also behind a `v`. */
export const cliRelease: FlagJudge = async (value) => {
  const { fullRelease } = await import("../../shell/release.ts");
  return fullRelease(value) === undefined ? "A version looks like 5.11.0" : undefined;
};

/** Takes a schedule, alone or as TASK=SCHEDULE. */
export const taskSchedule = ofEachTask(async (value) => {
  const { scheduleInWords } = await import("../../automation/schedule-words.ts");
  return scheduleInWords(value, undefined).problem;
});

/** Takes the name of a cron, alone or as TASK=NAME. */
export const taskCronName = ofEachTask(async (value) =>
  /^[A-Za-z][\w-]{0,62}$/u.test(value)
    ? undefined
    : "A cron is named with letters, digits, - and _, beginning with a letter",
);

/** Judges what is said of one task, as TASK=VALUE or as the value alone. */
function ofEachTask(judge: FlagJudge): FlagJudge {
  return async (text) => {
    const { ofTask } = await import("../../setup/tasks/task.ts");
    const { task, value } = ofTask(text);
    const [, named] = (task === undefined && /^([a-z-]+)=/u.exec(value)) || [];
    return named === undefined ? judge(value.trim()) : taskNames(named);
  };
}
