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
  const name = `machinist-${job.task}`;
  const repository = job.repository ?? "OWNER/REPOSITORY";
  switch (system) {
    case "bitbucket":
      return {
        file: "bitbucket-pipelines.yml",
        lines: [
          "pipelines:",
          "  custom:",
          `    ${name}:`,
          "      - step:",
          "          image: debian:12-slim",
          "          max-time: 60",
          "          clone:",
          "            enabled: false",
          "          script:",
          "            - apt-get update -qq",
          "            - apt-get install -qq --yes --no-install-recommends ca-certificates curl",
          "            - |",
          ...script(job, 14),
        ],
        secretPage: `https://bitbucket.org/${repository}/admin/pipelines/repository-variables (secured)`,
        also: `add a schedule for ${name} (${job.schedule}, UTC) on the repository's page Pipelines, Schedules`,
      };
    case "circleci":
      return {
        file: ".circleci/config.yml",
        lines: [
          "jobs:",
          `  ${name}:`,
          "    docker:",
          "      - image: cimg/base:current",
          "    steps:",
          "      - run:",
          "          no_output_timeout: 60m",
          "          command: |",
          ...script(job, 12),
          "workflows:",
          `  ${name}:`,
          "    triggers:",
          "      - schedule:",
          `          cron: '${job.schedule}'`,
          "          filters: {branches: {only: [main]}}",
          `    jobs: [${name}]`,
        ],
        secretPage: `https://app.circleci.com/settings/project/github/${repository}/environment-variables`,
      };
    case "jenkins":
      return {
        file: "Jenkinsfile, of a pipeline of its own",
        lines: [
          "pipeline {",
          "  agent { label 'linux' }",
          "  options { timeout(time: 60, unit: 'MINUTES'); disableConcurrentBuilds() }",
          `  triggers { cron('${job.schedule}') }`,
          `  environment { ${job.secret} = credentials('${job.secret}') }`,
          "  stages {",
          `    stage('${job.task}') {`,
          "      steps {",
          "        sh '''#!/bin/bash",
          // A backslash and three quotes mean something to Groovy; the lines of a task have neither.
          ...script(job, 0),
          "        '''",
          "      }",
          "    }",
          "  }",
          "}",
        ],
        secretPage: `Manage Jenkins, Credentials: a secret text with the id ${job.secret}`,
      };
    case "azure":
      return {
        file: `azure-pipelines-${job.task}.yml, of a pipeline of its own`,
        lines: [
          "trigger: none",
          "schedules:",
          `  - cron: '${job.schedule}'`,
          "    branches: {include: [main]}",
          "    always: true",
          "jobs:",
          `  - job: ${job.task.replaceAll("-", "_")}`,
          "    timeoutInMinutes: 60",
          "    pool: {vmImage: ubuntu-24.04}",
          "    steps:",
          "      - checkout: none",
          "      - bash: |",
          ...script(job, 10),
          "        env:",
          `          ${job.secret}: $(${job.secret})`,
        ],
        secretPage: `the pipeline's page, Edit, Variables: ${job.secret}, kept secret`,
      };
  }
}

/** The lines that install the CLI, look at the token and do the work, in bash. */
function script(job: NewJob, columns: number): readonly string[] {
  const { binary, cli, secret, prefix, lines } = job;
  return [
    "set -euo pipefail",
    "cli=$(mktemp -d)",
    `curl -fsSL ${archiveAddress(cli)} -o "$cli/cli.tar.gz"`,
    `echo "${cli.sha256}  $cli/cli.tar.gz" | sha256sum -c -`,
    `tar -xzf "$cli/cli.tar.gz" -C "$cli" ${binary}`,
    'export PATH="$cli:$PATH"',
    `export ${prefix}NO_INTERACTION=1`,
    `[ -n "\${${secret}:-}" ] || { echo "${secret} is missing"; exit 1; }`,
    `${binary} --version | grep -F ${cli.version}`,
    ...lines,
  ].map((line) => " ".repeat(columns) + line);
}
