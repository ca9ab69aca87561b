import { quoted } from "./job-frame.ts";
import type { NewJob } from "./new-job.ts";
import { archiveAddress } from "./pins.ts";

/** The systems whose files a person edits. */
export type PastedSystem = "bitbucket" | "circleci" | "jenkins" | "azure";

/** What a person puts into a CI system by hand. */
export interface JobToPaste {
  /** The file that it goes into: "bitbucket-pipelines.yml". */
  readonly file: string;
  readonly lines: readonly string[];
  /** Where the token becomes a secret, as a page or as the way there. */
  readonly secretPage: string;
  /** What else there is to do, a clause; none where the text says it all. */
  readonly also?: string;
}

/** The job of a task as text for a system whose files machinist doesn't write. */
export function jobToPaste(system: PastedSystem, job: NewJob): JobToPaste {
  switch (system) {
    case "bitbucket":
      return forBitbucket(job);
    case "circleci":
      return forCircleci(job);
    case "jenkins":
      return forJenkins(job);
    case "azure":
      return forAzure(job);
  }
}

function defaultBranchOf({ defaultBranch }: NewJob): string {
  return defaultBranch ?? "DEFAULT-BRANCH";
}

function nameOf({ task }: NewJob): string {
  return `machinist-${task}`;
}

/** The packages that a job needs in an image of Debian. */
function packagesFor({ start }: NewJob): string {
  return `ca-certificates curl${start.kind === "push" ? " git openssh-client" : ""}`;
}

/** Bitbucket's page "bitbucket-pipelines.yml reference": a schedule starts a custom pipeline, and a push that of its branch. */
function forBitbucket(job: NewJob): JobToPaste {
  const { start } = job;
  const repository = job.repository ?? "OWNER/REPOSITORY";
  const isPush = start.kind === "push";
  return {
    file: "bitbucket-pipelines.yml",
    lines: [
      "pipelines:",
      isPush ? "  branches:" : "  custom:",
      isPush ? `    ${quoted(start.branch)}:` : `    ${nameOf(job)}:`,
      "      - step:",
      "          image: debian:12-slim",
      "          max-time: 60",
      "          clone:",
      isPush ? "            depth: full" : "            enabled: false",
      "          script:",
      "            - apt-get update -qq",
      `            - apt-get install -qq --yes --no-install-recommends ${packagesFor(job)}`,
      "            - |",
      ...script(job, 14),
    ],
    secretPage: `https://bitbucket.org/${repository}/admin/pipelines/repository-variables (secured)`,
    ...(isPush
      ? {}
      : {
          also: `add a schedule for ${nameOf(job)} (${start.schedule}, UTC) on the repository's page Pipelines, Schedules`,
        }),
  };
}

/** CircleCI's page "Configuration reference". */
function forCircleci(job: NewJob): JobToPaste {
  const { start } = job;
  const repository = job.repository ?? "OWNER/REPOSITORY";
  const name = nameOf(job);
  return {
    file: ".circleci/config.yml, below version: 2.1",
    lines: [
      "jobs:",
      `  ${name}:`,
      "    docker:",
      "      - image: cimg/base:current",
      "    steps:",
      ...(start.kind === "push" ? ["      - checkout"] : []),
      "      - run:",
      "          no_output_timeout: 60m",
      "          command: |",
      ...script(job, 12).map(withoutParameters),
      "workflows:",
      `  ${name}:`,
      ...(start.kind === "push"
        ? [
            "    jobs:",
            `      - ${name}:`,
            `          filters: {branches: {only: [${quoted(withoutParameters(start.branch))}]}}`,
          ]
        : [
            "    triggers:",
            "      - schedule:",
            `          cron: '${start.schedule}'`,
            `          filters: {branches: {only: [${quoted(withoutParameters(defaultBranchOf(job)))}]}}`,
            `    jobs: [${name}]`,
          ]),
    ],
    secretPage: `https://app.circleci.com/settings/project/github/${repository}/environment-variables`,
  };
}

/** Two of these begin a parameter of CircleCI. */
function withoutParameters(text: string): string {
  return text.replaceAll("<<", "\\<<");
}

/** The manual of Jenkins, "Pipeline syntax". */
function forJenkins(job: NewJob): JobToPaste {
  const { start, tokenEnv, task } = job;
  const isPush = start.kind === "push";
  return {
    file: isPush
      ? `Jenkinsfile, of a pipeline of the branch ${start.branch}`
      : "Jenkinsfile, of a pipeline of its own",
    lines: [
      "pipeline {",
      "  agent { label 'linux' }",
      "  options { timeout(time: 60, unit: 'MINUTES'); disableConcurrentBuilds() }",
      ...(isPush ? [] : [`  triggers { cron('${start.schedule}') }`]),
      `  environment { ${tokenEnv} = credentials('${tokenEnv}') }`,
      "  stages {",
      `    stage('${task}') {`,
      "      steps {",
      ...(isPush ? ["        checkout scm"] : []),
      "        sh '''#!/bin/bash",
      // A backslash and three quotes mean something to Groovy.
      ...script(job, 0).map((line) => line.replaceAll("\\", "\\\\").replaceAll("'''", "\\'\\'\\'")),
      "        '''",
      "      }",
      "    }",
      "  }",
      "}",
    ],
    secretPage: `Manage Jenkins, Credentials: a secret text with the id ${tokenEnv}`,
    ...(isPush
      ? {
          also: "have the pipeline clone without “Shallow clone”: the platform takes whole histories only",
        }
      : {}),
  };
}

/** Azure's page "YAML schema reference". */
function forAzure(job: NewJob): JobToPaste {
  const { start, tokenEnv, task } = job;
  const isPush = start.kind === "push";
  return {
    file: `azure-pipelines-${task}.yml, of a pipeline of its own`,
    lines: [
      ...(isPush
        ? ["trigger:", `  branches: {include: [${quoted(start.branch)}]}`, "pr: none"]
        : [
            "trigger: none",
            "pr: none",
            "schedules:",
            `  - cron: '${start.schedule}'`,
            `    branches: {include: [${quoted(defaultBranchOf(job))}]}`,
            "    always: true",
          ]),
      "jobs:",
      `  - job: ${task.replaceAll("-", "_")}`,
      "    timeoutInMinutes: 60",
      "    pool: {vmImage: ubuntu-24.04}",
      "    steps:",
      ...(isPush
        ? ["      - checkout: self", "        fetchDepth: 0"]
        : ["      - checkout: none"]),
      "      - bash: |",
      ...script(job, 10),
      "        env:",
      `          ${tokenEnv}: $(${tokenEnv})`,
    ],
    secretPage: `the pipeline's page, Edit, Variables: ${tokenEnv}, kept secret`,
  };
}

/** The lines that install the CLI, look at the token and do the work, in bash. */
function script(job: NewJob, columns: number): readonly string[] {
  const { binary, cli, tokenEnv, prefix, lines } = job;
  return [
    "set -euo pipefail",
    "cli=$(mktemp -d)",
    `curl -fsSL ${archiveAddress(cli)} -o "$cli/cli.tar.gz"`,
    `echo "${cli.sha256}  $cli/cli.tar.gz" | sha256sum -c -`,
    `tar -xzf "$cli/cli.tar.gz" -C "$cli" ${binary}`,
    'export PATH="$cli:$PATH"',
    `export ${prefix}NO_INTERACTION=1`,
    `[ -n "\${${tokenEnv}:-}" ] || { echo "${tokenEnv} is missing"; exit 1; }`,
    `${binary} --version | grep -F ${cli.version}`,
    ...lines,
  ].map((line) => " ".repeat(columns) + line);
}
