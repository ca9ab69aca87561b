import { indented } from "../yaml/lines.ts";
import { keyText } from "../yaml/scalar-text.ts";
import { checkoutStep } from "./pins.ts";

/** What starts a job, beside a person: a schedule of five fields, in UTC; or a push to a branch, which it then checks out. */
export type JobStart =
  | { readonly kind: "schedule"; readonly schedule: string }
  | { readonly kind: "push"; readonly branch: string };

/** What the jobs that machinist writes for any CI system have in common. */
interface JobFrame {
  /** In names of files and jobs: "backup". */
  readonly task: string;
  readonly start: JobStart;
  /** Runs of one group wait for each other. */
  readonly group: string;
  readonly limitMinutes: number;
}

/** A workflow of GitHub around the steps of its one job. */
interface WorkflowFrame extends JobFrame {
  /** As YAML has it. */
  readonly name: string;
  /** Without a checkout its own token may do nothing; otherwise the token may read the code. */
  readonly checkout: "none" | "last" | "whole";
  /** The repository on its host: "acme/shop"; undefined where it isn't known, and then forks run the job too. */
  readonly repository: string | undefined;
  /** Lines of the job's environment. */
  readonly env: readonly string[];
  /** Lines at the column of the steps. */
  readonly steps: readonly string[];
}

/** A job of GitLab around what it does. */
interface GitlabFrame extends JobFrame {
  readonly image: string;
  /** One that the pipeline has; GitLab's own `test` where it names none. */
  readonly stage: string | undefined;
  /** Whether a newer pipeline of the branch may end it. */
  readonly mayBeInterrupted: boolean;
  /** Lines at the column of the job's keys. */
  readonly parts: readonly string[];
}

/** By its first line a file of a setup is known again. */
const headComment = "# Written by machinist setup; it may be edited.";

/** The name by which a schedule of GitLab starts the job of a task, in its variables. */
export const taskVariable = "MACHINIST_TASK";

/** A workflow of GitHub with one job, started by hand and by its start; one run at a time, and no more rights than it needs. */
export function workflowFrame(frame: WorkflowFrame): string {
  const { task, name, start, checkout, group, limitMinutes, env, steps } = frame;
  const condition = conditionOf(frame);
  return `${[
    headComment,
    `name: ${name}`,
    "on:",
    "  workflow_dispatch:",
    ...(start.kind === "schedule"
      ? [
          "  schedule:",
          "    # UTC. Runs start late at full hours; after 60 days without a commit GitHub switches schedules of public repositories off.",
          `    - cron: ${quoted(start.schedule)}`,
        ]
      : ["  push:", `    branches: [${quoted(patternOf(start.branch))}]`]),
    ...(checkout === "none" ? ["permissions: {}"] : ["permissions:", "  contents: read"]),
    "concurrency:",
    `  group: ${group}`,
    "  cancel-in-progress: false",
    "defaults:",
    "  run:",
    "    shell: bash",
    "jobs:",
    `  ${task}:`,
    ...(condition === undefined ? [] : [`    if: ${condition}`]),
    "    runs-on: ubuntu-24.04",
    `    timeout-minutes: ${limitMinutes}`,
    ...(env.length === 0 ? [] : ["    env:", ...indented(env, 6)]),
    "    steps:",
    ...(checkout === "none"
      ? []
      : [
          checkoutStep,
          "        with:",
          ...(checkout === "whole" ? ["          fetch-depth: 0"] : []),
          "          persist-credentials: false",
        ]),
    ...steps,
  ].join("\n")}\n`;
}

/** A branch as a pattern of GitHub that only it fits (its page “Workflow syntax”, “Filter pattern cheat sheet”). */
function patternOf(branch: string): string {
  return branch.replaceAll(/[*+?!\\[\]]/gu, "\\$&");
}

/** Forks don't run it; and by hand, no other branch is deployed. */
function conditionOf({ repository, start }: WorkflowFrame): string | undefined {
  const tests = [
    ...(repository === undefined ? [] : [`github.repository == ${quoted(repository)}`]),
    ...(start.kind === "schedule" ? [] : [`github.ref == ${quoted(`refs/heads/${start.branch}`)}`]),
  ];
  return tests.length === 0 ? undefined : tests.join(" && ");
}

/**
 * A job of GitLab, for a file that the pipeline includes. It runs in the schedules that name its task, or when its branch
 * is pushed, and in no other pipeline: a schedule starts every job of a file that has no rules.
 */
export function gitlabFrame(frame: GitlabFrame): string {
  const { task, image, stage, start, group, mayBeInterrupted, limitMinutes, parts } = frame;
  const rule =
    start.kind === "push"
      ? `$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "${start.branch}"`
      : `$CI_PIPELINE_SOURCE == "schedule" && $${taskVariable} == "${task}"`;
  return `${[
    headComment,
    `machinist-${task}:`,
    `  image: ${image}`,
    ...(stage === undefined ? [] : [`  stage: ${keyText(stage)}`]),
    "  rules:",
    `    - if: ${quoted(rule)}`,
    `  resource_group: ${group}`,
    ...(mayBeInterrupted ? [] : ["  interruptible: false"]),
    `  timeout: ${limitMinutes} minutes`,
    ...parts,
  ].join("\n")}\n`;
}

/** The name of a group of runs that wait for each other, for an environment of a project. */
export function runGroup(prefix: string, project: string, environment: string): string {
  return `${prefix}-${project}-${environment.replaceAll(/[^\w-]+/gu, "-")}`;
}

/** A text as YAML has it between single quotes. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
