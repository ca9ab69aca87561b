import { app, backup, cron, guarded, hooks } from "../app.ts";
import { magento } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

/** An app with an old CLI from its release, and a cron that runs a command of it. */
function withPhar(release: string, command: string): string {
  const download = `curl -fsSLO https://github.com/platformsh/legacy-cli/releases/${release}/platform.phar`;
  return app(...hooks({ build: [download] }), ...cron([`php platform.phar ${command}`]));
}

/** The same with Composer. */
function withComposer(constraint: string, command: string): string {
  const dependencies = ["dependencies:", "    php:", `        platformsh/cli: '${constraint}'`];
  return app(...dependencies, ...cron([`platform ${command}`]));
}

export const cases: RuleCases = {
  fires: {
    "an option stands in front of the command": {
      given: guarded("platform -e main backup:create --yes --no-wait"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "14:21-14:67",
          message:
            "the cron job has -e main in front of backup:create, and the CLI takes main for the command; write backup:create -e main",
          fix: "unsafe: Put backup:create first, because backup:create runs then, which it never did",
        },
      ],
      fixed: guarded("platform backup:create -e main --yes --no-wait"),
    },
    "two options do, one of them with the name of a command for its value": {
      given: guarded('platform -p "$ID" -e backup redeploy --yes --no-wait'),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "14:21-14:73",
          message:
            'the cron job has -p $ID -e backup in front of redeploy, and the CLI takes $ID for the command; write redeploy -p "$ID" -e backup',
          fix: "unsafe: Put redeploy first, because redeploy runs then, which it never did",
        },
      ],
      fixed: guarded('platform redeploy -p "$ID" -e backup --yes --no-wait'),
    },
    "one does, and the command's name is an old one": {
      given: guarded("platform -e main snapshot:create --yes --no-wait"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "14:21-14:69",
          message:
            "the cron job has -e main in front of snapshot:create, and the CLI takes main for the command; write backup:create -e main",
          fix: "unsafe: Put backup:create first, because backup:create runs then, which it never did",
        },
      ],
      fixed: guarded("platform backup:create -e main --yes --no-wait"),
    },
    "they do in a script that another one calls": {
      given: guarded(`sh -c 'platform --environment main "$1" --yes --no-wait' sh backup:create`),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "14:28-14:76",
          message:
            "the cron job has --environment main in front of backup:create, and the CLI takes main for the command; write backup:create first",
        },
      ],
    },
    "a backup has its old name": {
      given: guarded("platform snapshot:create --yes --no-wait"),
      finds: [
        {
          severity: "error",
          at: "14:21-14:61",
          message:
            "the cron job calls snapshot:create, which the current CLI has only as backup:create",
          fix: "safe: Call it backup:create",
        },
      ],
      fixed: guarded(backup),
    },
    "a dump has one": {
      given: guarded("platform environment:sql-dump --gzip"),
      finds: [
        {
          severity: "error",
          at: "14:21-14:57",
          message:
            "the cron job calls environment:sql-dump, which the current CLI has only as db:dump",
          fix: "safe: Call it db:dump",
        },
      ],
    },
    "a name is newer than the release": {
      given: withPhar("download/v3.40.0", "backup:create --yes --no-wait"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "11:17-11:64",
          message:
            "the cron job calls backup:create, which came with 3.48.0 of the CLI; 3.40.0 is installed",
        },
      ],
    },
    "nobody knows which release is called by an old name": {
      given: app(...cron(["php platform.phar snapshot:create --yes --no-wait"])),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "8:17-8:66",
          message:
            "the cron job calls snapshot:create, which the current CLI has only as backup:create",
          fix: "unsafe: Call it backup:create, because it can't be seen which release of the CLI runs, and an old one doesn't know backup:create",
        },
      ],
    },
    "no command has the name, and one ends with it": {
      given: guarded("platform environment:backup-now && platform -y pause"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "14:21-14:52",
          message:
            "the cron job calls environment:backup-now, a command that the CLI doesn't have in 5.11.1",
        },
        {
          severity: "warning",
          confidence: "medium",
          at: "14:56-14:73",
          message:
            "the cron job calls pause, a command that the CLI doesn't have in 5.11.1; did you mean environment:pause?",
        },
      ],
    },
    "it is mistyped": {
      given: guarded("upsun env:backupp", "upsun variable:udpate a --value b"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "14:21-14:38",
          message: "the cron job calls env:backupp, a command that the CLI doesn't have in 5.11.1",
        },
        {
          severity: "warning",
          confidence: "medium",
          at: "15:21-15:54",
          message:
            "the cron job calls variable:udpate, a command that the CLI doesn't have in 5.11.1; did you mean variable:update?",
        },
      ],
    },
  },
  quiet: {
    "an option with its value in one word stands in front": guarded(
      "platform --environment=main backup:create --yes --no-wait",
    ),
    "an option without a value does": guarded("platform --yes backup:create --no-wait"),
    "the CLI of another vendor has it": magento("magento-cloud snapshot:create --yes --no-wait"),
    "it has its name": guarded(backup),
    "it has a short one": guarded("platform backup -yW"),
    "the name is cut short": guarded("platform env:act --yes", "platform Backup:creat -yW"),
    "the name is known when it runs": guarded('platform "$TASK" --yes'),
    "the CLI switches it off": guarded("platform self:update", "platform local:drush-aliases"),
    "a program of the app has the CLI's name": guarded("bin/platform cache:warm"),
    "another vendor's CLI may have it": magento("magento-cloud environment:hibernate --yes"),
    "an old release may have had it": withPhar("download/v3.40.0", "auth:password-login"),
    "an old release has the old name": withPhar("download/v3.40.0", "snapshot:create --yes"),
    "Composer brings an old release": withComposer("^3.40", "snapshot:create --yes"),
    "Composer may bring a release that has the name": withComposer("^3.40", "backup:create --yes"),
  },
};
