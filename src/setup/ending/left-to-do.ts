import { join, sep } from "node:path";
import type { Change } from "../../change/change.ts";
import { taskVariable } from "../../cifile/job-frame.ts";
import { gitlabJobPath, workflowPath } from "../../cifile/new-job.ts";
import { packageVariable, readerSecret, verifyTask } from "../../cifile/verify-job.ts";
import { productionBranch } from "../../git/production.ts";
import { shellWord } from "../../shell/guard.ts";
import { manualAddress } from "../../vendors/manual.ts";
import { notedToPaste, scheduleFor } from "../ci/job.ts";
import { ciSystemOf, writtenSystemOf } from "../ci/target.ts";
import { ownRelease, verifySchedule, verifySystemOf } from "../ci/verify-job.ts";
import type { SetupContext } from "../context.ts";
import type { Part } from "../parts.ts";
import { isStaged, type Session } from "../session.ts";
import { chosenTasks, ciTasks, detailsOf, isCronTask } from "../tasks/chosen.ts";

/**
 * What the person still has to do, with what was written and for the tasks of a CI system: one sentence an entry, with the
 * text to paste as further lines of it.
 */
export function leftToDo(session: Session, context: SetupContext): readonly string[] {
  const { vendor, changes } = context;
  const project = session.answers.project?.value;
  const inCi = chosenTasks(session).flatMap(({ work }) =>
    work.kind === "ci" && project !== undefined ? work.handOver({ vendor, project }) : [],
  );
  const before =
    ciSystemOf(session) === undefined
      ? partsByHand(session, context)
      : ciLeftToDo(session, context);
  const isChanged = changes.some((change) => writesFile(change) || setsVariable(change));
  return [
    ...inCi,
    ...before,
    ...verifyJobLeft(session, context),
    ...pushLeft(session, context),
    ...(ciSystemOf(session) === undefined && isChanged ? stagedLeft(session, context) : []),
  ];
}

/** The push of what was written, once for all of it and after all that is to be edited in it. */
function pushLeft(session: Session, context: SetupContext): readonly string[] {
  const { changes } = context;
  if (!changes.some(writesFile)) return [];
  const isNew = changes.some(({ kind }) => kind === "file-creation");
  const jobs = [
    ...(ciTasks(session).some(({ id }) => isWritten(id, context)) ? ["the job is"] : []),
    ...(isWritten(verifyTask, context) ? ["the daily look is"] : []),
  ];
  const [first, second] = jobs;
  const there = second === undefined ? first : "the job and the daily look are";
  const follows = [
    ...(changes.some(({ kind }) => kind === "file") && ciSystemOf(session) === undefined
      ? [deployment(session)]
      : []),
    ...(there === undefined ? [] : [`${there} there once it is on the default branch`]),
  ].join("; ");
  if (!changes.some(({ kind }) => kind === "commit"))
    return [`look at ${isNew ? "git status" : "git diff"}, commit and push; ${follows}`];
  return [`${isPackageOpen(context) ? "commit that too, then " : ""}git push; ${follows}`];
}

/** Whether the file of a job was written in this run. */
function isWritten(task: string, { changes }: SetupContext): boolean {
  return [gitlabJobPath(task), workflowPath(task)].some((file) =>
    changes.some(
      (change) => change.kind === "file-creation" && change.path.endsWith(join(sep, file)),
    ),
  );
}

function writesFile({ kind }: Change): boolean {
  return kind === "file" || kind === "file-creation";
}

/** Whether the file of the daily look leaves open what npm is to install. */
function isPackageOpen(context: SetupContext): boolean {
  return ownRelease === undefined && isWritten(verifyTask, context);
}

/** What is left of the job that looks every day: its token, on GitLab its schedule, and its package. */
function verifyJobLeft(session: Session, context: SetupContext): readonly string[] {
  const isGitlab = verifySystemOf(session) === "gitlab";
  const file = isGitlab ? gitlabJobPath(verifyTask) : workflowPath(verifyTask);
  const store = isGitlab
    ? `glab variable set ${readerSecret} --masked`
    : `gh secret set ${readerSecret}`;
  const release = ownRelease === undefined ? "this machinist is no release" : `as ${ownRelease}`;
  const name = `in ${file}, say in ${packageVariable} what npm is to install: ${release}`;
  const token = `give the daily look the token of an account that may look, a viewer of the project who is admin of the environment's type: ${store}`;
  const schedule = isGitlab
    ? [
        `have GitLab start it every day: glab schedule create --cron ${shellWord(verifySchedule(session))} --ref ${scheduledRef(context)} --description 'machinist verify' --variable ${taskVariable}:${verifyTask}`,
      ]
    : [];
  if (isWritten(verifyTask, context))
    return [token, ...schedule, ...(isPackageOpen(context) ? [name] : [])];
  const unlessDone = (lines: readonly string[]) =>
    lines.map((line) => `unless that is done: ${line}`);
  switch (session.answers["verify-job"]?.value) {
    case "unfilled":
      return [`${name}; then commit and push it`, ...unlessDone([token, ...schedule])];
    case "no-secret":
      return [token, ...unlessDone(schedule)];
    case "secret-unread":
      return unlessDone([token, ...schedule]);
    case "there":
      return unlessDone(schedule);
    default:
      return [];
  }
}

/** The branch that a schedule of GitLab runs on, as a word of a command; where it isn't known, the person puts it in. */
function scheduledRef({ checkout }: SetupContext): string {
  return shellWord(productionBranch(checkout) ?? "DEFAULT-BRANCH");
}

/** What is left of a job of CI: what is pasted, the secret, and the schedule where that is in no file. */
function ciLeftToDo(session: Session, context: SetupContext): readonly string[] {
  const { answers } = session;
  const secret = answers["ci-secret"];
  return [
    ...toPaste(context),
    ...(secret?.value === "by-hand" ? [secret.shown.replace("left to you: ", "")] : []),
    ...(writtenSystemOf(session) === "gitlab"
      ? ciTasks(session)
          .filter(isCronTask)
          .filter(({ id }) => isWritten(id, context))
          .map(
            (task) =>
              `have GitLab start it: glab schedule create --cron ${shellWord(scheduleFor(task, session))} --ref ${scheduledRef(context)} --description ${shellWord(task.title)} --variable ${taskVariable}:${task.id}`,
          )
      : []),
  ];
}

/** The jobs that a person puts into files of a CI system, and what else there is to do for them. */
export function toPaste(context: SetupContext): readonly string[] {
  return notedToPaste(context).flatMap(({ file, lines, also }) => [
    `put this into ${file}:\n${lines.join("\n")}`,
    ...(also === undefined ? [] : [also]),
  ]);
}

/** The parts that were asked for and that only a person can do for this vendor, in order. */
function partsByHand(session: Session, context: SetupContext): readonly string[] {
  const { byHand, only } = session.request;
  if (byHand === undefined) return [];
  const { name, binary, tokenVariable, manual } = context.vendor;
  const branch = session.answers.branch?.value;
  const production = productionBranch(context.checkout);
  const environment = branch ?? production ?? "main";
  const isProduction = branch === undefined || branch === production;
  // Of what type another environment is, only the platform knows.
  const roles = chosenTasks(session)
    .flatMap((task) => task.permissions("production", detailsOf(session)))
    .map((role) =>
      isProduction ? role : role.replace(/^production:(.+)$/u, `$1 on the type of ${branch}`),
    );
  // The only app of a checkout is settled; one of several is chosen, and it alone gets the token.
  const { app } = session.answers;
  const scope =
    app === undefined || app.origin === "settled" ? [] : ["--app-scope", shellWord(app.value)];
  const steps: Readonly<Partial<Record<Part, string>>> = {
    "machine-user": `in the console of ${name}, give an account of the machine user's own the least roles on the project: ${[...new Set(roles)].join(", ")} (${manualAddress("administration/users", manual)})`,
    token: `signed in as that account, make its API token (${manualAddress("administration/cli/api-tokens", manual)})`,
    variable: `put it into ${tokenVariable}, which asks for the value: ${[
      binary,
      "variable:create --level environment --environment",
      shellWord(environment),
      `--name ${tokenVariable} --sensitive true --inheritable false`,
      "--visible-build false --visible-runtime true",
      ...scope,
    ].join(" ")}`,
    installer: `unless the build hook installs ${binary} already, add what the manual of ${name} says, and below it: ${binary} --version || exit 1`,
  };
  return byHand.asked.only.flatMap((part) => (only.includes(part) ? [] : (steps[part] ?? [])));
}

/** What is left where the environment is deployed by hand: the command that deploys what waits there. */
export function stagedLeft(
  { request, answers }: Session,
  { vendor: { binary } }: Pick<SetupContext, "vendor">,
): readonly string[] {
  const [project, environment] = [answers.project?.value, answers.environment?.value];
  if (project === undefined || environment === undefined) return [];
  const words = ["--project", project, "--environment", shellWord(environment)].join(" ");
  const deploy = `${binary} environment:deploy ${words}`;
  const { deploysByHand } = request;
  if (deploysByHand?.kind === "unread")
    return [`where ${environment} is deployed by hand, which can't be told: ${deploy}`];
  return isStaged(request) ? [`deploy what is staged: ${deploy}`] : [];
}

function setsVariable({ kind }: Change): boolean {
  return kind === "variable-creation" || kind === "variable-update";
}

/** What the push sets going: a build where the hook was changed, and the deployment of the branch that runs the cron. */
function deployment({ answers, request }: Session): string {
  if (isStaged(request)) return "the push is staged, not live";
  const runs = (answers.branch ?? answers.environment)?.value;
  if (runs === undefined) return "the push deploys it";
  const builds =
    answers.installer?.origin === "applied" ? "is built anew and redeployed" : "is redeployed";
  return `the push deploys it: ${runs} ${builds}`;
}
