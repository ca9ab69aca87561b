import type { CodeFiles } from "../git-objects.ts";
import type { AppDefinition } from "./app-definition.ts";
import { layDownCheckout } from "./checkout.ts";
import type { SampleProject } from "./sample.ts";

/** The project where about everything went wrong that can go wrong at the same time. */
export const worstProjectId = "magazine4h7q2";

/**
 * The files of the worst project. Each mistake is one that real projects have, and each can be put right or ignored.
 *
 * `.platform.app.yaml`:
 * - the token stands in the file (`variables.env`), and viewers may open SSH sessions beside it;
 * - build: no `set -e`; the deprecated PHP installer, piped, by a curl without `-f`; what it needs is tested nowhere;
 *   a variable that exists at runtime only is asked for;
 * - deploy: `set -o pipefail`, which dash doesn't know, and the token is printed;
 * - cron backup: the old `cmd`, no guard, waits, asks, twice a day, by the old name of the command;
 * - cron renewal: a guard that only bash understands, for certificates that renew by themselves, in the minute of backup;
 * - cron update: guarded for master, which is main now, and waits; the source operation is run on production;
 * - cron sync: a guard without blanks around `=`, always true;
 * - cron report: `--no-wait` for a command that doesn't know it, a comment that cuts the command, a schedule below the
 *   minimum, `timeout` one level too deep;
 * - cron nightly: the script it calls backs up without a guard, and has the line ends of Windows.
 *
 * `.environment` replaces PATH and prints something.
 */
export const worstFiles: CodeFiles = {
  ".platform.app.yaml": `# The magazine: set up by hand, by several people, from several editions of the manual.
name: magazine
type: 'php:8.2'
timezone: 'Europe/Berlin'

access:
    ssh: viewer

variables:
    env:
        APP_ENV: prod
        PLATFORMSH_CLI_TOKEN: 'kT0w3JdVq8yRz5Lx2NfHc7Bs'

disk: 2048

mounts:
    '/var': { source: local, source_path: var }

web:
    locations:
        '/':
            root: public
            passthru: '/index.php'

hooks:
    build: |
        composer install --no-dev --no-progress
        curl -sS https://platform.sh/cli/installer | php
        if [ "$PLATFORM_BRANCH" = master ]; then npm run build; fi

    deploy: |
        set -euo pipefail
        echo "Signed in with $PLATFORMSH_CLI_TOKEN"
        bin/console cache:warmup

crons:
    # Twice a day, to be safe.
    backup:
        spec: '0 5,17 * * *'
        cmd: 'platform snapshot:create'

    # The certificate runs out every three months.
    renewal:
        spec: '0 5 1,15 * *'
        commands:
            start: |
                if [[ "$PLATFORM_BRANCH" == main ]]; then
                    platform redeploy --yes --no-wait
                fi

    update:
        spec: '30 3 * * 1'
        commands:
            start: |
                if [ "$PLATFORM_BRANCH" = master ]; then
                    platform source-operation:run update
                fi

    sync:
        spec: '15 2 * * *'
        commands:
            start: |
                if [ "$PLATFORM_ENVIRONMENT_TYPE"=staging ]; then
                    platform sync -n data
                fi

    report:
        spec: '* * * * *'
        commands:
            start: platform task:run report --no-wait #every minute
            timeout: 10

    nightly:
        spec: '45 1 * * *'
        commands:
            start: sh scripts/nightly.sh

source:
    operations:
        update:
            command: composer update --no-interaction
`,
  ".platform/routes.yaml": `'https://{default}/':
    type: upstream
    upstream: 'magazine:http'
`,
  ".platform/services.yaml": `db:
    type: 'mariadb:11.4'
    disk: 1024
`,
  ".environment": `export PATH=/app/bin
echo "Welcome to the magazine"
`,
  "scripts/nightly.sh": "#!/bin/sh\r\nset -e\r\nplatform backup:create --yes\r\n",
  "public/index.php": `<?php
echo 'The next issue is printed.';
`,
};

/**
 * Lays down the worst project as a checkout of main.
 * @param directory an empty folder
 */
export async function layDownWorstProject(directory: string): Promise<void> {
  await layDownCheckout(directory, worstProjectId, worstFiles);
}

/** What was deployed last: the files have changed since, and nobody noticed that the deployment failed. */
const deployed: AppDefinition = {
  name: "magazine",
  type: "php:8.1",
  timezone: "Europe/Berlin",
  build:
    "composer install --no-dev --no-progress\ncurl -sS https://platform.sh/cli/installer | php\n",
  deploy: "bin/console cache:warmup\n",
  crons: {
    backup: { spec: "0 5 * * *", start: "platform snapshot:create" },
    nightly: { spec: "45 1 * * *", start: "sh scripts/nightly.sh" },
  },
  operations: {},
  ssh: "viewer",
};

const developer = "developer@example.org";

/**
 * The worst project on the platform. On top of what its files have:
 * - the token is that of a person who is project admin, and whose address is that of no program;
 * - it is a variable of the project and of main; on main it is inherited by every child, shown to the build, and to
 *   everyone who may read variables; a copy without `env:` is no environment variable at all; there is another for the
 *   binary of the other name;
 * - a bot is project admin here, and of two other projects;
 * - crons of main are paused, the last run of backup failed, the others never ran;
 * - what runs is older than the files of main.
 */
export const worstProject: SampleProject = {
  id: worstProjectId,
  title: "Magazine",
  organization: "atelier-nord",
  region: "eu-3.platform.sh",
  timezone: "Europe/Berlin",
  defaultBranch: "main",
  files: worstFiles,
  apps: [deployed],
  environments: [
    { id: "main", title: "Main", type: "production", pausedCrons: true },
    { id: "staging", title: "Staging", type: "staging", parent: "main" },
    { id: "issue-412", title: "Issue 412", type: "development", parent: "staging" },
  ],
  grants: { [developer]: ["admin"], "bot@example.org": ["admin"], "editor@example.org": ["admin"] },
  variables: [
    {
      name: "env:PLATFORMSH_CLI_TOKEN",
      value: { tokenOf: developer },
      settings: { visible_build: true },
    },
    {
      name: "env:PLATFORMSH_CLI_TOKEN",
      environment: "main",
      value: { tokenOf: developer },
      settings: { visible_build: true },
    },
    { name: "PLATFORMSH_CLI_TOKEN", environment: "main", value: { tokenOf: developer } },
    {
      name: "env:UPSUN_CLI_TOKEN",
      environment: "main",
      value: { tokenOf: developer },
      settings: { is_enabled: false },
    },
  ],
  runs: [
    {
      cron: "backup",
      age: 26 * 24,
      result: "failure",
      log: ["sh: 1: platform: not found", "The cron ended with the code 127."],
    },
  ],
};
