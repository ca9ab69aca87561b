import { keyText } from "../yaml/scalar-text.ts";
import { archiveAddress, checkoutStep, type PinnedCli } from "./pins.ts";

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
  /** The secret or variable with the token: "UPSUN_CLI_TOKEN". */
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

/** What starts a job, beside a person: a schedule of five fields, in UTC; or a push to a branch, which it then checks out. */
type JobStart =
  | { readonly kind: "schedule"; readonly schedule: string }
  | { readonly kind: "push"; readonly branch: string };

/** By its first line a file of a setup is known again. */
export const firstLine = "# Written by machinist setup; it may be edited.";

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
  const { task, title, binary, prefix, secret, cli, lines, start } = job;
  const condition = conditionOf(job);
  return `${[
    firstLine,
    `name: ${keyText(`${binary} ${task}`)}`,
    "on:",
    "  workflow_dispatch:",
    ...(start.kind === "schedule"
      ? [
          "  schedule:",
          "    # UTC. Runs start late at full hours; after 60 days without a commit GitHub switches schedules of public repositories off.",
          `    - cron: ${quoted(start.schedule)}`,
          "permissions: {}",
        ]
      : [
          "  push:",
          `    branches: [${quoted(patternOf(start.branch))}]`,
          "permissions:",
          "  contents: read",
        ]),
    "concurrency:",
    `  group: ${groupOf(job)}`,
    "  cancel-in-progress: false",
    "defaults:",
    "  run:",
    "    shell: bash",
    "jobs:",
    `  ${task}:`,
    ...(condition === undefined ? [] : [`    if: ${condition}`]),
    "    runs-on: ubuntu-24.04",
    `    timeout-minutes: ${limitMinutes}`,
    "    env:",
    `      CLI_VERSION: ${quoted(cli.version)}`,
    `      ${prefix}NO_INTERACTION: '1'`,
    `      ${prefix}UPDATES_CHECK: '0'`,
    "    steps:",
    // The CLI pushes what the clone has: all of its history, and no login of GitHub.
    ...(start.kind === "schedule"
      ? []
      : [
          checkoutStep,
          "        with:",
          "          fetch-depth: 0",
          "          persist-credentials: false",
        ]),
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
    `          ${secret}: \${{ secrets.${secret} }}`,
    "        run: |",
    ...indented(
      [
        `if [ -z "$${secret}" ]; then`,
        `  echo "::error::The secret ${secret} is missing"`,
        "  exit 1",
        "fi",
        `${binary} --version | grep -F "$CLI_VERSION"`,
        ...lines,
      ],
      10,
    ),
  ].join("\n")}\n`;
}

/** A branch as a pattern of GitHub that only it fits (its page “Workflow syntax”, “Filter pattern cheat sheet”). */
function patternOf(branch: string): string {
  return branch.replaceAll(/[*+?!\\[\]]/gu, "\\$&");
}

/** Forks don't run it; and by hand, no other branch is deployed. */
function conditionOf({ repository, start }: NewJob): string | undefined {
  const tests = [
    ...(repository === undefined ? [] : [`github.repository == ${quoted(repository)}`]),
    ...(start.kind === "schedule" ? [] : [`github.ref == ${quoted(`refs/heads/${start.branch}`)}`]),
  ];
  return tests.length === 0 ? undefined : tests.join(" && ");
}

/** The name by which a schedule of GitLab starts the job of a task, in its variables. */
export const taskVariable = "MACHINIST_TASK";

/**
 * A job of GitLab, for a file that the pipeline includes. It runs in the schedules that name its task, or when its branch
 * is pushed, and in no other pipeline: a schedule starts every job of a file that has no rules.
 *
 * @param stage one that the pipeline has; GitLab's own `test` where it names none
 */
export function gitlabJobText(job: NewJob, stage: string | undefined): string {
  const { task, binary, prefix, secret, cli, lines, start } = job;
  const isPush = start.kind === "push";
  const rule = isPush
    ? `$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "${start.branch}"`
    : `$CI_PIPELINE_SOURCE == "schedule" && $${taskVariable} == "${task}"`;
  return `${[
    firstLine,
    `machinist-${task}:`,
    "  image: debian:12-slim",
    ...(stage === undefined ? [] : [`  stage: ${keyText(stage)}`]),
    "  rules:",
    `    - if: ${quoted(rule)}`,
    `  resource_group: ${groupOf(job)}`,
    "  interruptible: false",
    `  timeout: ${limitMinutes} minutes`,
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
        `${binary} --version | grep -F "$CLI_VERSION"`,
        ...lines,
      ],
      6,
    ),
  ].join("\n")}\n`;
}

/** One run at a time for each environment, whatever its task. */
function groupOf({ binary, project, environment }: NewJob): string {
  return `${binary}-${project}-${environment.replaceAll(/[^\w-]+/gu, "-")}`;
}

/** A text as YAML has it between single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Lines moved to the right; one that is empty stays so. */
export function indented(lines: readonly string[], columns: number): readonly string[] {
  return lines.flatMap((line) =>
    line.split("\n").map((each) => (each === "" ? "" : " ".repeat(columns) + each)),
  );
}
