import { indented } from "../yaml/lines.ts";
import { gitlabFrame, quoted, runGroup, workflowFrame } from "./job-frame.ts";

/** A job of CI that looks every day whether what was set up still works. */
export interface VerifyJob {
  readonly project: string;
  readonly environment: string;
  /** The words of `machinist verify` that say where and what, each as a shell takes it. */
  readonly words: readonly string[];
  /** The variable that the token is read from: "UPSUN_CLI_TOKEN". */
  readonly tokenEnv: string;
  /** What npm is told to install: "machinist@1.0.0"; undefined where no release is known to be this program. */
  readonly installs: string | undefined;
  /** Five fields, in UTC. */
  readonly schedule: string;
  /** The repository on its host: "acme/shop"; undefined where it isn't known. */
  readonly repository: string | undefined;
}

/** In names of files and jobs, and the task that a schedule of GitLab names. */
export const verifyTask = "verify";

/** The secret with the token of an account that may look. */
export const readerSecret = "MACHINIST_READER_TOKEN";

/** What the job installs, where a person says it. */
export const packageVariable = "MACHINIST_PACKAGE";

const limitMinutes = 15;

/**
 * A workflow of GitHub that runs `machinist verify` every day: it is red, and its owner gets GitHub's mail, when a backup
 * failed or never came; the summary of the run is the record in Markdown.
 */
export function verifyWorkflowText(job: VerifyJob): string {
  const { words, tokenEnv, installs, schedule, repository } = job;
  return workflowFrame({
    task: verifyTask,
    name: `machinist ${verifyTask}`,
    start: { kind: "schedule", schedule },
    checkout: "last",
    group: groupOf(job),
    repository,
    limitMinutes,
    env: [],
    steps: [
      "      - name: Install machinist",
      "        env:",
      `          ${packageVariable}: ${quoted(installs ?? "")}`,
      "        run: |",
      ...indented(installLines("::error::"), 10),
      "      - name: Does it still work?",
      "        env:",
      `          ${tokenEnv}: \${{ secrets.${readerSecret} }}`,
      "        run: |",
      ...indented(
        [
          ...ifEmpty(tokenEnv, `::error::The secret ${readerSecret} is missing`),
          verifyCommand(words, '"$GITHUB_STEP_SUMMARY"'),
        ],
        10,
      ),
    ],
  });
}

/**
 * The same for GitLab, in a file that the pipeline includes. It runs in the schedules that name it and in no other
 * pipeline.
 *
 * @param stage one that the pipeline has; GitLab's own `test` where it names none
 */
export function gitlabVerifyText(job: VerifyJob, stage: string | undefined): string {
  const { words, tokenEnv, installs, schedule } = job;
  const record = `machinist-${verifyTask}.md`;
  return gitlabFrame({
    task: verifyTask,
    image: "node:22",
    stage,
    start: { kind: "schedule", schedule },
    group: groupOf(job),
    mayBeInterrupted: true,
    limitMinutes,
    parts: [
      "  variables:",
      `    ${packageVariable}: ${quoted(installs ?? "")}`,
      "  script:",
      "    - |",
      ...indented(
        [
          // The settings of a project give its variables to every job, and count more than what the file says.
          `unset ${tokenEnv}`,
          ...installLines("", readerSecret),
          ...ifEmpty(
            readerSecret,
            `The variable ${readerSecret} is missing; is the branch protected?`,
          ),
          `export ${tokenEnv}="$${readerSecret}"`,
          verifyCommand(words, record),
        ],
        6,
      ),
      "  artifacts:",
      "    when: always",
      "    paths:",
      `      - ${record}`,
    ],
  });
}

/**
 * Nothing is installed that nobody named.
 *
 * @param hidden a variable that what is installed doesn't find in its environment
 */
function installLines(marker: string, hidden?: string): readonly string[] {
  const install = `npm install --global "$${packageVariable}"`;
  return [
    ...ifEmpty(
      packageVariable,
      `${marker}Say in ${packageVariable}, in this file, what npm is to install`,
    ),
    hidden === undefined ? install : `(unset ${hidden}; ${install})`,
  ];
}

function ifEmpty(variable: string, message: string): readonly string[] {
  return [`if [ -z "$${variable}" ]; then`, `  echo "${message}"`, "  exit 1", "fi"];
}

function verifyCommand(words: readonly string[], record: string): string {
  return ["machinist verify", ...words, "--report", record].join(" ");
}

/** One look at a time at each environment. */
function groupOf({ project, environment }: VerifyJob): string {
  return runGroup(`machinist-${verifyTask}`, project, environment);
}
