import type { PinnedCli } from "../vendors/distribution.ts";
import { indented } from "../yaml/lines.ts";
import { keyText } from "../yaml/scalar-text.ts";
import { gitlabFrame, type JobStart, quoted, runGroup, workflowFrame } from "./job-frame.ts";
import { archiveAddress } from "./pins.ts";

/** A job of CI that does a task of the machine user. */
export interface NewJob {
  /** In names of files and jobs: "backup". */
  readonly task: string;
  /** In a sentence: "Back up". */
  readonly title: string;
  readonly project: string;
  readonly environment: string;
  /** The name of the CLI: "upsun". */
  readonly binary: string;
  /** What the variables begin with that it reads: "UPSUN_CLI_". */
  readonly prefix: string;
  /** The variable that the CLI reads its token from: "UPSUN_CLI_TOKEN". */
  readonly tokenEnv: string;
  /** The secret, or the variable of GitLab, that has the token: the same, or a name of the task's own. */
  readonly secret: string;
  readonly cli: PinnedCli;
  /** Lines of bash; each names its project and environment, and says whether it waits. */
  readonly lines: readonly string[];
  readonly start: JobStart;
  /** The branch on which schedules run; where it isn't known, a person puts it in. */
  readonly defaultBranch?: string;
  /** The repository on its host: "acme/shop"; undefined where it isn't known. */
  readonly repository: string | undefined;
}

/** How long a job may take, in minutes: a backup or a synchronisation of a large project takes half of it. */
const limitMinutes = 60;

/** Where the workflow of a task is, from the top of the repository. */
export function workflowPath(task: string): string {
  return `.github/workflows/machinist-${task}.yml`;
}

/** Where the job of a task is for GitLab. */
export function gitlabJobPath(task: string): string {
  return `.gitlab/machinist-${task}.yml`;
}

/**
 * A workflow of GitHub with one job: started by hand, and on a schedule or by a push; with no permissions but to read the
 * code that it deploys; one run at a time, a limit of time, the CLI by archive and checksum, and the token in the one step
 * that uses it, which looks at it first.
 */
export function workflowText(job: NewJob): string {
  const { task, title, binary, prefix, tokenEnv, secret, cli, lines, start, repository } = job;
  return workflowFrame({
    task,
    name: keyText(`${binary} ${task}`),
    start,
    // The CLI pushes what the clone has: all of its history, and no login of GitHub.
    checkout: start.kind === "schedule" ? "none" : "whole",
    group: groupOf(job),
    repository,
    limitMinutes,
    env: [
      `CLI_VERSION: ${quoted(cli.version)}`,
      `${prefix}NO_INTERACTION: '1'`,
      `${prefix}UPDATES_CHECK: '0'`,
    ],
    steps: [
      "      - name: Install the CLI",
      "        run: |",
      ...indented(
        [
          `curl -fsSL ${archiveAddress(cli)} -o "$RUNNER_TEMP/cli.tar.gz"`,
          `echo "${cli.sha256}  $RUNNER_TEMP/cli.tar.gz" | sha256sum -c -`,
          'mkdir -p "$RUNNER_TEMP/cli"',
          `tar -xzf "$RUNNER_TEMP/cli.tar.gz" -C "$RUNNER_TEMP/cli" ${binary}`,
          'echo "$RUNNER_TEMP/cli" >> "$GITHUB_PATH"',
        ],
        10,
      ),
      `      - name: ${keyText(title)}`,
      "        env:",
      `          ${tokenEnv}: \${{ secrets.${secret} }}`,
      "        run: |",
      ...indented(
        [
          `if [ -z "$${tokenEnv}" ]; then`,
          `  echo "::error::The secret ${secret} is missing"`,
          "  exit 1",
          "fi",
          `${binary} --version | grep -F "$CLI_VERSION"`,
          ...lines,
        ],
        10,
      ),
    ],
  });
}

/**
 * A job of GitLab, for a file that the pipeline includes. It runs in the schedules that name its task, or when its branch
 * is pushed, and in no other pipeline: a schedule starts every job of a file that has no rules.
 *
 * @param stage one that the pipeline has; GitLab's own `test` where it names none
 */
export function gitlabJobText(job: NewJob, stage: string | undefined): string {
  const { task, binary, prefix, tokenEnv, secret, cli, lines, start } = job;
  const isPush = start.kind === "push";
  return gitlabFrame({
    task,
    image: "debian:12-slim",
    stage,
    start,
    group: groupOf(job),
    mayBeInterrupted: false,
    limitMinutes,
    parts: [
      "  variables:",
      isPush ? "    GIT_DEPTH: '0'" : "    GIT_STRATEGY: none",
      `    CLI_VERSION: ${quoted(cli.version)}`,
      `    ${prefix}NO_INTERACTION: '1'`,
      `    ${prefix}UPDATES_CHECK: '0'`,
      "  before_script:",
      "    - |",
      ...indented(
        [
          "apt-get update -qq",
          `apt-get install -qq --yes --no-install-recommends ca-certificates curl${isPush ? " git openssh-client" : ""}`,
          `curl -fsSL ${archiveAddress(cli)} -o /tmp/cli.tar.gz`,
          `echo "${cli.sha256}  /tmp/cli.tar.gz" | sha256sum -c -`,
          `tar -xzf /tmp/cli.tar.gz -C /usr/local/bin ${binary}`,
        ],
        6,
      ),
      "  script:",
      "    - |",
      ...indented(
        [
          `if [ -z "$${secret}" ]; then`,
          `  echo "The variable ${secret} is missing here; is the branch protected?"`,
          "  exit 1",
          "fi",
          // A variable of the project's settings goes before one of the job's own, so that no `variables:` can say it.
          ...(secret === tokenEnv ? [] : [`export ${tokenEnv}="$${secret}"`]),
          `${binary} --version | grep -F "$CLI_VERSION"`,
          ...lines,
        ],
        6,
      ),
    ],
  });
}

/** One run at a time for each environment, whatever its task. */
function groupOf({ binary, project, environment }: NewJob): string {
  return runGroup(binary, project, environment);
}
