import type { CodeFiles } from "../git-objects.ts";
import type { StoredPermission } from "../state/permissions.ts";
import type { AppDefinition, CronDefinition } from "./app-definition.ts";
import type { Dice } from "./dice.ts";
import type { SampleRun, SampleVariable } from "./sample.ts";

/** Who may be behind the automation of an organization's projects, by address. */
export interface AutomationPeople {
  readonly bot: string;
  /** Somebody who lends their own token. */
  readonly person: string;
}

/** What a project runs by itself, and what goes with it. */
export interface Automation {
  /** As the files say. */
  readonly app: AppDefinition;
  /** As it runs. */
  readonly deployed: AppDefinition;
  readonly scripts: CodeFiles;
  /** How often people write such crons with `cmd`, in percent. */
  readonly oldCommandShare: number;
  readonly pausedCrons: boolean;
  readonly grants: Readonly<Record<string, readonly StoredPermission[]>>;
  readonly variables: readonly SampleVariable[];
  readonly runs: readonly SampleRun[];
}

interface Setting {
  readonly flavor: "fixed" | "flex";
  readonly defaultBranch: string;
  readonly people: AutomationPeople;
}

/** Draws the automation of a project; the shares are those counted over some hundred real files. */
export function automationOf(throws: Dice, setting: Setting): Automation {
  const draw = throws.weighted([
    [52, without],
    [6, installedForNothing],
    [14, wellSetUp],
    [28, byHand],
  ] as const);
  return draw(throws, setting);
}

const types = ["php:8.1", "php:8.3", "nodejs:22", "python:3.12", "ruby:3.3"] as const;

function appWith(
  throws: Dice,
  installer: readonly string[],
  crons: Readonly<Record<string, CronDefinition>>,
): AppDefinition {
  const own: Record<string, CronDefinition> = throws.percent(40)
    ? { cleanup: { spec: `${throws.below(60)} * * * *`, start: "sh cron/cleanup.sh" } }
    : {};
  const errexit = throws.percent(60) ? ["set -e"] : [];
  return {
    name: throws.pick(["app", "site", "web"]),
    type: throws.pick(types),
    build: [...errexit, ...installer, "make build"].map((line) => `${line}\n`).join(""),
    deploy: "make migrate\n",
    crons: { ...own, ...crons },
    operations: throws.percent(20) ? { update: "make update" } : {},
  };
}

const nothing = {
  scripts: { "cron/cleanup.sh": "rm -rf /app/var/tmp/*\n" },
  oldCommandShare: 75,
  pausedCrons: false,
  grants: {},
  variables: [],
  runs: [],
};

function without(throws: Dice): Automation {
  const app = appWith(throws, [], {});
  return { ...nothing, app, deployed: app };
}

function installedForNothing(throws: Dice): Automation {
  const app = appWith(throws, [phpInstaller("-fsS")], {});
  return { ...nothing, app, deployed: app };
}

function phpInstaller(flags: string): string {
  return `curl ${flags} https://platform.sh/cli/installer | php`;
}

const bashInstaller = "https://raw.githubusercontent.com/platformsh/cli/main/installer.sh";

/** The name of the binary, and of the variable that it takes its token from. */
function binaryOf({ flavor }: Setting) {
  return flavor === "fixed"
    ? { binary: "platform", bash: "bash", variable: "env:PLATFORMSH_CLI_TOKEN" }
    : { binary: "upsun", bash: "VENDOR=upsun bash", variable: "env:UPSUN_CLI_TOKEN" };
}

const hidden = { is_sensitive: true, is_inheritable: false };
const machineUser: readonly StoredPermission[] = ["viewer", "production:admin"];

function guarded(test: string, command: string): string {
  return `if ${test}; then\n    ${command}\nfi\n`;
}

function wellSetUp(throws: Dice, setting: Setting): Automation {
  const { binary, bash, variable } = binaryOf(setting);
  const { bot } = setting.people;
  const file = "/tmp/platform-cli-installer.sh";
  const installer = [
    `curl -fsSL ${bashInstaller} -o ${file} || exit 1`,
    `${bash} ${file} || exit 1`,
    `${binary} --version || exit 1`,
  ];
  const test = throws.percent(50)
    ? `[ "$PLATFORM_BRANCH" = ${setting.defaultBranch} ]`
    : '[ "$PLATFORM_ENVIRONMENT_TYPE" = production ]';
  const start = guarded(test, `${binary} backup:create --yes --no-wait`);
  const app = appWith(throws, installer, {
    backup: { spec: `${throws.below(60)} ${throws.below(6)} * * *`, start },
  });
  return {
    ...nothing,
    app,
    deployed: app,
    oldCommandShare: 10,
    grants: { [bot]: machineUser },
    variables: [
      {
        name: variable,
        environment: setting.defaultBranch,
        value: { tokenOf: bot },
        settings: hidden,
      },
    ],
    runs: [
      { cron: "backup", age: 4 + throws.below(20), result: "success", log: [], backupBy: bot },
    ],
  };
}

/** With the mistakes of those who had a manual of some year, and little time. */
function byHand(throws: Dice, setting: Setting): Automation {
  const { binary, bash } = binaryOf(setting);
  const { defaultBranch } = setting;
  const piped = `curl -fsSL ${bashInstaller} | ${bash}`;
  const installer = throws.weighted([
    [60, [phpInstaller("-fsS")]],
    [15, [phpInstaller("-sS")]],
    [15, [piped]],
    [10, []],
  ]);
  const test = throws.weighted([
    [30, '[ "$PLATFORM_BRANCH" = master ]'],
    [30, `[ "$PLATFORM_BRANCH" = "${defaultBranch}" ]`],
    [12, '[ "$PLATFORM_ENVIRONMENT_TYPE" = production ]'],
    [15, undefined],
    [8, `[[ "$PLATFORM_BRANCH" == "${defaultBranch}" ]]`],
    [5, `[ "$PLATFORM_BRANCH"=${defaultBranch} ]`],
  ]);
  const name = throws.weighted([
    [35, "snapshot:create"],
    [20, "backup:create"],
    [45, "redeploy"],
  ]);
  const flags = `${throws.percent(85) ? " --yes" : ""}${throws.percent(45) ? " --no-wait" : ""}`;
  const command = `${binary} ${name}${flags}`;
  const start = test === undefined ? command : guarded(test, command);
  const isCalled = throws.percent(8);
  const cron = name === "redeploy" ? "renewcert" : "snapshot";
  const spec = name === "redeploy" ? "0 4 1,15 * *" : "0 5 * * *";
  const app = appWith(throws, installer, {
    [cron]: { spec, start: isCalled ? "sh scripts/job.sh" : start },
  });
  const isStale = throws.percent(6);
  return {
    ...nothing,
    app,
    deployed: isStale ? { ...app, crons: {} } : app,
    scripts: { ...nothing.scripts, ...(isCalled ? { "scripts/job.sh": start } : {}) },
    pausedCrons: throws.percent(5),
    ...tokenByHand(throws, setting),
    runs: throws.percent(15)
      ? [
          {
            cron,
            age: 30 + throws.below(400),
            result: "failure",
            log: ["The cron ended with the code 1."],
          },
        ]
      : [],
  };
}

function tokenByHand(throws: Dice, setting: Setting): Pick<Automation, "grants" | "variables"> {
  const { variable: name } = binaryOf(setting);
  const { bot, person } = setting.people;
  const environment = setting.defaultBranch;
  const [holder, permissions] = throws.weighted<readonly [string, readonly StoredPermission[]]>([
    [45, [bot, ["admin"]]],
    [25, [bot, machineUser]],
    [30, [person, ["admin"]]],
  ]);
  const value = { tokenOf: holder };
  const variables = throws.weighted<readonly SampleVariable[]>([
    [35, [{ name, environment, value, settings: hidden }]],
    [25, [{ name, environment, value, settings: { visible_build: true } }]],
    [20, [{ name, value, settings: { is_sensitive: true, visible_build: true } }]],
    [10, []],
    [5, [{ name, environment, value, settings: { ...hidden, is_enabled: false } }]],
    [5, [{ name: name.replace("env:", ""), environment, value, settings: hidden }]],
  ]);
  return { grants: { [holder]: permissions }, variables };
}
