import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** The files of a project, by their paths. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** A small project of each vendor as its templates and manuals have them, with nothing set up yet. */
export const projects = {
  platformsh: {
    ".platform.app.yaml": `name: blog
type: 'php:8.3'
disk: 1024
hooks:
    build: |
        set -e
        npm ci
        npm run build
    deploy: |
        php bin/migrate.php
crons:
    feeds:
        spec: '*/20 * * * *'
        commands:
            start: php bin/feeds.php
web:
    locations:
        '/':
            root: public
            passthru: '/index.php'
`,
    ".platform/services.yaml": "db:\n    type: 'mariadb:10.11'\n    disk: 1024\n",
    ".platform/routes.yaml":
      "'https://{default}/':\n    type: upstream\n    upstream: 'blog:http'\n",
  },
  upsun: {
    ".upsun/config.yaml": `applications:
  api:
    type: 'nodejs:22'
    source:
      root: '/'
    relationships:
      db:
    hooks:
      build: |
        set -e
        npm ci
    crons:
      queue:
        spec: '*/10 * * * *'
        commands:
          start: node scripts/queue.js
services:
  db:
    type: 'postgresql:16'
routes:
  'https://{default}/':
    type: upstream
    upstream: 'api:http'
`,
  },
  ibexa: {
    ".platform.app.yaml": `name: app
type: 'php:8.3'
build:
    flavor: none
hooks:
    build: |
        set -e
        curl -sfS https://cli.ibexa.cloud/installer -o /tmp/ibexa.sh
        sh /tmp/ibexa.sh
        ibexa_cloud --version
        composer install --no-dev
crons:
    reindex:
        spec: '30 * * * *'
        commands:
            start: php bin/console ibexa:reindex --iteration-count=50
`,
    "composer.json": '{ "require": { "php": ">=8.3", "ibexa/commerce": "^4.6" } }\n',
  },
  magento: {
    ".magento.app.yaml": `name: mymagento
type: 'php:8.3'
hooks:
    build: |
        set -e
        composer install
        php ./vendor/bin/ece-tools run scenario/build/generate.xml
    deploy: |
        php ./vendor/bin/ece-tools run scenario/deploy.xml
crons:
    cronrun:
        spec: '*/5 * * * *'
        cmd: php bin/magento cron:run
`,
    ".magento/routes.yaml":
      "'http://{default}/':\n    type: upstream\n    upstream: 'mymagento:php'\n",
    "composer.json": '{ "require": { "magento/magento-cloud-metapackage": "2.4.8" } }\n',
  },
  webpaas: {
    ".platform.app.yaml": `name: site
type: 'python:3.12'
hooks:
    build: |
        set -e
        curl -fsS https://eu.cli.webpaas.ovhcloud.com/installer -o /tmp/webpaas.php
        php /tmp/webpaas.php
        webpaas --version
        pip install -r requirements.txt
crons:
    mail:
        spec: '5 * * * *'
        commands:
            start: python send_mail.py
`,
  },
} as const satisfies Readonly<Record<string, ProjectFiles>>;

/** Lays files down in a folder of their own for one test. @returns the folder, and an environment with nothing set */
export async function layDown(files: ProjectFiles) {
  const folder = await mkdtemp(join(tmpdir(), "machinist-vendor-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const directory = join(folder, "project");
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), text);
  }
  return {
    directory,
    env: { PATH: process.env["PATH"] ?? "", MACHINIST_HOME: join(folder, "state") },
  };
}
