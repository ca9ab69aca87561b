import type { TaskId } from "../../src/setup/tasks/task.ts";
import { vendors } from "../../src/vendors/registry.ts";
import type { Vendor } from "../../src/vendors/vendor.ts";

/** How the file of an application is written. */
interface FileStyle {
  /** Its path in the checkout. */
  readonly path: string;
  /** What the crons that are there have their commands in; none where the file has neither crons nor hooks. */
  readonly crons: "none" | "commands" | "cmd";
  readonly lineEnds: "LF" | "CRLF";
  readonly indent: 2 | 4;
  readonly holds: (typeof contents)[number];
}

/** What there is in the file: the app to set up alone, beside another one, with parts in other files, with a job of its own. */
const contents = [
  "one app",
  "an app before it",
  "an app after it",
  "includes",
  "a job for something else",
] as const;

/** One setup: what is wanted, where, and for which project. */
export interface Combination {
  readonly vendor: Vendor;
  readonly file: FileStyle;
  readonly where: "cron" | "github" | "gitlab";
  readonly online: boolean;
  readonly task: TaskId;
  /** What answers the questions of the task itself. */
  readonly more: Readonly<Record<string, string | boolean>>;
  readonly environment: "main" | "staging";
  /** None for what is no cron. */
  readonly guard: "branch" | "type" | undefined;
}

const filesOf = {
  platformsh: [".platform.app.yaml", ".platform/applications.yaml"],
  upsun: [".upsun/config.yaml"],
  ibexa: [".platform.app.yaml", ".platform/applications.yaml"],
  webpaas: [".platform.app.yaml", ".platform/applications.yaml"],
} as const;

/** Every file of every vendor that takes the CLI. */
const files = Object.entries(filesOf).flatMap(([id, paths]) =>
  paths.flatMap((path) =>
    (["none", "commands", "cmd"] as const).flatMap((crons) =>
      (["LF", "CRLF"] as const).flatMap((lineEnds) =>
        ([2, 4] as const).flatMap((indent) =>
          contents
            .filter((holds) => canHold(path, crons, holds))
            .map((holds) => ({
              vendor:
                vendors[id === "upsun" || id === "ibexa" || id === "webpaas" ? id : "platformsh"],
              file: { path, crons, lineEnds, indent, holds },
            })),
        ),
      ),
    ),
  ),
);

/** A `.platform.app.yaml` is of one app, and a job is a cron. */
function canHold(path: string, crons: FileStyle["crons"], holds: FileStyle["holds"]): boolean {
  if (holds === "an app before it" || holds === "an app after it")
    return !path.endsWith(".platform.app.yaml");
  return holds !== "a job for something else" || crons !== "none";
}

/** Every task where it belongs: setup says itself that production has no parent, and is not where code is changed. */
const works = [
  ...onBoth("backup", () => ({})),
  ...onBoth("backup", () => ({ live: true })),
  ...onStaging("source-operation", () => ({ operation: "update" })),
  ...onStaging("sync", () => ({})),
  ...onBoth("redeploy", () => ({})),
  ...onBoth("custom", ({ binary }) => ({
    command: `${binary} activity:list --limit 5 > /tmp/activities`,
  })),
  ...onBoth("custom", ({ binary }) => ({ command: `${binary} backup:create && ${binary} list` })),
];

type Work = Pick<Combination, "task" | "environment"> & {
  readonly more: (vendor: Vendor) => Combination["more"];
};

function onBoth(task: TaskId, more: Work["more"]): readonly Work[] {
  return [{ task, more, environment: "main" }, ...onStaging(task, more)];
}

function onStaging(task: TaskId, more: Work["more"]): readonly Work[] {
  return [{ task, more, environment: "staging" }];
}

/** A guard by type would have the cron run on every environment for staging, which setup refuses. */
function guardsOf({ environment }: Work): readonly ("branch" | "type")[] {
  return environment === "main" ? ["branch", "type"] : ["branch"];
}

const crons: readonly Combination[] = files.flatMap((file) =>
  works.flatMap((work) =>
    guardsOf(work).flatMap((guard) =>
      [true, false].map((online) => ({
        ...file,
        ...work,
        more: work.more(file.vendor),
        where: "cron" as const,
        guard,
        online,
      })),
    ),
  ),
);

/** Of what isn't written into the file, its line ends and its indentation change nothing. */
const filesLeftAlone = files
  .filter(({ vendor }) => vendor === vendors.platformsh || vendor === vendors.upsun)
  .filter(({ file: { lineEnds, indent } }) => lineEnds === "LF" && indent === 4);

/** What a job of CI alone does. */
const pushes = [...onBoth("deploy", () => ({})), ...onBoth("backup-and-deploy", () => ({}))];

/**
 * A job of CI names its environment and needs no guard; nothing of it is done offline. Its token is the CI system's: a
 * cron that calls the CLI as well is left without one.
 */
const ciJobs: readonly Combination[] = filesLeftAlone
  .filter(({ file: { holds } }) => holds !== "a job for something else")
  .flatMap((file) =>
    [...works, ...pushes].flatMap((work) =>
      (["github", "gitlab"] as const).map((where) => ({
        ...file,
        ...work,
        more: work.more(file.vendor),
        where,
        guard: undefined,
        online: true,
      })),
    ),
  );

/** The task that is no cron and writes no file. */
const checkouts: readonly Combination[] = filesLeftAlone.map((file) => ({
  ...file,
  task: "checkout",
  more: {},
  where: "cron",
  environment: "main",
  guard: undefined,
  online: true,
}));

/** All of them. */
export const combinations: readonly Combination[] = [...crons, ...ciJobs, ...checkouts];

/** The app that is set up, where the file has another one as well. */
export function appFlags({ file: { holds } }: Combination): { readonly app?: string } {
  return holds === "an app before it" || holds === "an app after it" ? { app: "shop" } : {};
}

/** The files that a project has before the setup: the application's, and what it takes from elsewhere. */
export function filesBefore(combination: Combination): Readonly<Record<string, string>> {
  const { path, holds } = combination.file;
  return {
    [path]: appText(combination),
    ...(holds === "includes"
      ? { [beside(path, "web.yaml")]: web, [beside(path, "deploy.sh")]: deploy }
      : {}),
  };
}

const web = `locations:
  /:
    root: public
    passthru: /index.php
`;
const deploy = "php bin/migrate.php\n";

/** The path of a file in the folder of another one. */
function beside(path: string, name: string): string {
  return path.replace(/[^/]*$/u, name);
}

/** The text of an application's file. */
function appText(combination: Combination): string {
  const { path, lineEnds, indent, holds } = combination.file;
  const shop = { name: "shop", app: shopText(combination) };
  const api = { name: "api", app: withSource(combination.file.crons) };
  const apps =
    holds === "an app before it" ? [api, shop] : holds === "an app after it" ? [shop, api] : [shop];
  const text = path.endsWith("applications.yaml")
    ? apps.map(({ name, app }) => `- name: ${name}\n${nested(app, 1)}`).join("")
    : path.startsWith(".upsun")
      ? `applications:\n${apps.map(({ name, app }) => `  ${name}:\n${nested(app, 2)}`).join("")}`
      : apps.map(({ name, app }) => `name: ${name}\n${app}`).join("");
  const wide = text.replaceAll(/^ +/gmu, (spaces) => " ".repeat((spaces.length / 2) * indent));
  const fit = wide.replaceAll(/^- (?=\S)/gmu, `-${" ".repeat(indent - 1)}`);
  return lineEnds === "LF" ? fit : fit.replaceAll("\n", "\r\n");
}

function shopText(combination: Combination): string {
  const { crons, holds } = combination.file;
  const app = withSource(crons);
  if (holds === "a job for something else") return withJob(app, combination);
  if (holds !== "includes") return app;
  const deployHook = "  deploy: !include\n    type: string\n    path: deploy.sh";
  return `${app.replace("  deploy: php bin/migrate.php", deployHook)}web: !include
  type: yaml
  path: web.yaml
`;
}

function withSource(key: FileStyle["crons"]): string {
  return `type: 'php:8.3'
${key === "none" ? "" : hooksAndCrons(key)}source:
  operations:
    update:
      command: composer update
`;
}

/** The app with the CLI, and a cron that calls it at five, when most tasks would, for something else. */
function withJob(app: string, combination: Combination): string {
  const { vendor, environment, file } = combination;
  const installer = `set -e\n    ${installerOf(vendor)}\n    ${vendor.binary} --version\n`;
  const script = `if [ "$PLATFORM_BRANCH" = ${environment} ]; then
  ${vendor.binary} ${somethingElse(combination)}
fi`;
  const lines = `|\n${nested(script, file.crons === "cmd" ? 3 : 4)}`;
  const nightly = `  nightly:
    spec: '0 5 * * *'
${file.crons === "cmd" ? `    cmd: ${lines}` : `    commands:\n      start: ${lines}`}
`;
  return app.replace("set -e\n", installer).replace("source:\n", `${nightly}source:\n`);
}

function installerOf({ installation }: Vendor): string {
  if (installation.kind !== "script") throw new Error("Every vendor here has an installer");
  const { url, interpreter } = installation;
  return `curl -fsS ${url} -o /tmp/installer || exit 1\n    ${interpreter} /tmp/installer || exit 1`;
}

/** No other task than the wished one, and nothing that takes a higher role. */
function somethingElse({ task, more }: Combination): string {
  if (task === "backup" || task === "backup-and-deploy")
    return "environment:redeploy --yes --no-wait";
  const reads = task === "checkout" || String(more["command"] ?? "").includes("activity:list");
  return reads ? "domain:list > /tmp/domains" : "backup:create --yes --no-wait";
}

function hooksAndCrons(key: "commands" | "cmd"): string {
  return `hooks:
  build: |
    set -e
    composer install --no-dev
  deploy: php bin/migrate.php
crons:
  mail:
    spec: '*/30 * * * *'
${key === "cmd" ? "    cmd: php bin/mail.php" : "    commands:\n      start: php bin/mail.php"}
`;
}

function nested(text: string, levels: number): string {
  return text.replaceAll(/^(?=.)/gmu, "  ".repeat(levels));
}
