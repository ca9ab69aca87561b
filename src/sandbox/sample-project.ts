import type { CodeFiles } from "./git-objects.ts";
import { layDownCheckout } from "./projects/checkout.ts";

/**
 * Lays down the sample project: a git repository whose default branch was renamed from master to main, as a shop's
 * developers would have it, with a cron somebody copied from a manual before the rename.
 * @param directory an empty folder
 * @param projectId the project its git remote names
 * @param files the same as a project of another vendor has them
 * @param origin the address of a Git host that has it as well
 */
export async function layDownSampleProject(
  directory: string,
  projectId: string,
  files: CodeFiles = sampleFiles,
  origin?: string,
): Promise<void> {
  await layDownCheckout(directory, projectId, files, origin);
}

/** The files of the sample project, by path. */
export const sampleFiles: CodeFiles = {
  ".platform.app.yaml": `# The shop: a Symfony application with a MariaDB database.
name: shop
type: 'php:8.3'

# Composer 2 is on the image only as a dependency.
dependencies:
    php:
        composer/composer: '^2'
    nodejs:
        n: '*'

variables:
    php:
        memory_limit: 256M
        # Peak hours need a larger cache.
        opcache.memory_consumption: '192'
    env:
        APP_ENV: prod
        N_PREFIX: /app/.global

build:
    flavor: none

relationships:
    database: 'db:mysql'
    sessions: 'cache:redis'

web:
    locations:
        '/':
            root: public
            expires: 1h
            passthru: '/index.php'
            rules:
                # Fingerprinted files never change.
                '\\.(css|js|woff2)$':
                    expires: 365d
        '/media':
            root: public/media
            allow: true
            scripts: false

disk: 2048

mounts:
    '/var/log': { source: local, source_path: log }
    '/var/cache': { source: local, source_path: cache }
    '/public/media': { source: local, source_path: media }

hooks:
    # Runs once for each change of the code; no services here.
    build: |
        set -eu

        composer install --no-dev --prefer-dist --no-progress
        n auto && hash -r
        npm ci && npm run build

    # Runs with the services, while the site holds requests.
    deploy: |
        set -eu
        bin/console doctrine:migrations:migrate --no-interaction
        bin/console cache:warmup

crons:
    # Abandoned baskets, every ten minutes.
    baskets:
        spec: '*/10 * * * *'
        commands:
            start: bin/console shop:baskets:expire

    # From the manual, when the branch was still called master.
    renew:
        spec: '30 4 1,15 * *'
        commands:
            start: |
                if [ "$PLATFORM_BRANCH" = master ]; then
                    platform redeploy --yes
                fi

# Orders are mailed by a worker, so that the shop answers at once.
workers:
    mailer:
        size: S
        commands:
            start: bin/console messenger:consume mail --time-limit=3600

source:
    operations:
        update:
            command: composer update --no-interaction
`,
  ".platform/routes.yaml": `'https://{default}/':
    type: upstream
    upstream: 'shop:http'
`,
  ".platform/services.yaml": `db:
    type: 'mariadb:11.4'
    disk: 1024
cache:
    type: 'redis:7.2'
`,
  "public/index.php": `<?php
echo 'The shop is open.';
`,
};

/** The same shop as a project of Upsun: one file for the application, its services and its routes. */
export const upsunSampleFiles: CodeFiles = {
  ".upsun/config.yaml": [
    "applications:",
    "    shop:",
    ...indented(sampleFiles[".platform.app.yaml"] ?? "", 8)
      // The application's name is its key, sizes are set on the platform, and a mount has no source "local".
      .filter((line) => !/^ +(?:name: shop|disk: \d+|size: S)$/u.test(line))
      .map((line) =>
        line
          .replace("platform redeploy", "upsun redeploy")
          .replace("source: local", "source: storage"),
      ),
    "services:",
    ...indented(sampleFiles[".platform/services.yaml"] ?? "", 4).filter(
      (line) => !/^ +disk: /u.test(line),
    ),
    "routes:",
    ...indented(sampleFiles[".platform/routes.yaml"] ?? "", 4),
    "",
  ].join("\n"),
  "public/index.php": sampleFiles["public/index.php"] ?? "",
};

function indented(text: string, spaces: number): readonly string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : " ".repeat(spaces) + line));
}
