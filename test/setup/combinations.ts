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
}

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
        ([2, 4] as const).map((indent) => ({
          vendor: vendors[id === "upsun" || id === "ibexa" || id === "webpaas" ? id : "platformsh"],
          file: { path, crons, lineEnds, indent },
        })),
      ),
    ),
  ),
);

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

/** A job of CI names its environment and needs no guard; nothing of it is done offline. */
const ciJobs: readonly Combination[] = filesLeftAlone.flatMap((file) =>
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

/** The text of an application's file as a project has it before the setup. */
export function appText({ path, crons: key, lineEnds, indent }: FileStyle): string {
  const app = `type: 'php:8.3'
${key === "none" ? "" : hooksAndCrons(key)}source:
  operations:
    update:
      command: composer update
`;
  const text = path.endsWith("applications.yaml")
    ? `- name: shop\n${nested(app, 1)}`
    : path.startsWith(".upsun")
      ? `applications:\n  shop:\n${nested(app, 2)}`
      : `name: shop\n${app}`;
  const wide = text.replaceAll(/^ +/gmu, (spaces) => " ".repeat((spaces.length / 2) * indent));
  const fit = wide.replaceAll(/^- (?=\S)/gmu, `-${" ".repeat(indent - 1)}`);
  return lineEnds === "LF" ? fit : fit.replaceAll("\n", "\r\n");
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
