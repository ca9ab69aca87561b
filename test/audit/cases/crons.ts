import { app, cron, guarded, withCron } from "../app.ts";
import type { RuleCases } from "./case.ts";

const backup = "platform backup:create --yes --no-wait";

/** An application with crons whose lines these are, from column 4. */
function crons(...lines: readonly string[]): string {
  return app("crons:", ...lines.map((line) => `    ${line}`));
}

/** A cron on one line of each key. */
function job(name: string, spec: string, start: string): readonly string[] {
  return [`${name}:`, `    spec: '${spec}'`, "    commands:", `        start: ${start}`];
}

/** When crons run, and how they are written. */
export const cronCases: readonly RuleCases[] = [
  {
    rule: "cron-cmd-deprecated",
    fires: {
      "a cron has cmd": crons("clean:", "    spec: '0 5 * * *'", "    cmd: ./clean.sh"),
      "its script has several lines": crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    cmd: |",
        "        cd web",
        "        ./clean.sh",
      ),
      "it has commands as well": crons(...job("clean", "0 5 * * *", "./clean.sh"), "    cmd: make"),
    },
    quiet: {
      "a cron has commands": crons(...job("clean", "0 5 * * *", "./clean.sh")),
      "crons is no mapping": app("crons: none"),
    },
    fixes: {
      "a cron has cmd": crons(...job("clean", "0 5 * * *", "./clean.sh")),
      "its script has several lines": crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    commands:",
        "        start: |",
        "            cd web",
        "            ./clean.sh",
      ),
    },
  },
  {
    rule: "cron-timeout-misplaced",
    fires: {
      "shutdown_timeout is below commands": crons(
        ...job("clean", "0 5 * * *", "./clean.sh"),
        "        shutdown_timeout: 18",
      ),
      "timeout is, before start": crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    commands:",
        "        timeout: 600 # ten minutes",
        "        start: ./clean.sh",
      ),
      "the cron is written in braces": crons(
        "clean: { spec: '0 5 * * *', commands: { start: ./clean.sh, timeout: 60 } }",
      ),
    },
    quiet: {
      "they stand beside commands": crons(
        ...job("clean", "0 5 * * *", "./clean.sh"),
        "    shutdown_timeout: 18",
        "    timeout: 600",
      ),
    },
    fixes: {
      "shutdown_timeout is below commands": crons(
        "clean:",
        "    spec: '0 5 * * *'",
        "    shutdown_timeout: 18",
        "    commands:",
        "        start: ./clean.sh",
      ),
      "the cron is written in braces": crons(
        "clean: { spec: '0 5 * * *', timeout: 60, commands: { start: ./clean.sh } }",
      ),
    },
  },
  {
    rule: "cron-spec-invalid",
    fires: {
      "there is no schedule": crons("clean:", "    commands:", "        start: ./clean.sh"),
      "it has six fields": withSpec("0 0 5 * * *"),
      "it is a short name": withSpec("@daily"),
      "an hour is out of its range": withSpec("0 24 * * *"),
      "a day has a name": withSpec("0 5 * * mon"),
      "a field is no number": withSpec("0 5 L * *"),
      "a step is nought": withSpec("*/0 * * * *"),
      "its day never comes": withSpec("0 5 30 2 *"),
    },
    quiet: {
      "it has five numbers": withSpec("0 5 1 1 1"),
      "it has steps, lists and ranges": withSpec("*/5 1,13 1-15 */2 1-5"),
      "it starts every minute": withSpec("* * * * *"),
      "the platform chooses the minute": withSpec("H */6 * * *"),
      "it is written in another way": app("crons:", "    clean: { spec: 5, cmd: x }"),
      "its day comes in leap years": withSpec("0 5 29 2 *"),
    },
    fixes: {
      "it is a short name": withSpec("0 0 * * *"),
      "a day has a name": withSpec("0 5 * * 1"),
    },
  },
  {
    rule: "cron-malformed",
    fires: {
      "the timezone stands among the crons": crons(
        "timezone: Europe/London",
        ...job("clean", "0 5 * * *", "./clean.sh"),
      ),
      "a cron is only a command": crons("clean: ./clean.sh"),
      "a cron is a list": crons("clean: [./clean.sh]"),
      "a cron holds nothing": crons("clean:"),
      "crons is a text": app("crons: none"),
      "crons is a list": app("crons:", "    - ./clean.sh"),
    },
    quiet: {
      "each cron is a mapping": crons(...job("clean", "0 5 * * *", "./clean.sh")),
      "crons holds nothing": app("crons:"),
      "crons stands in another file": app("crons: !include crons.yaml"),
      "a cron stands in another file": crons("clean: !include clean.yaml"),
      "a cron has an anchor's value": app(
        "x-clean: &clean",
        ...job("clean", "0 5 * * *", "./clean.sh").slice(1),
        "crons:",
        "    clean: *clean",
      ),
    },
  },
  {
    rule: "cron-starts-too-often",
    fires: {
      "it starts every minute": withSpec("* * * * *"),
      "it starts twice in a row": withSpec("0,2 5 * * *"),
      "the hour turns between two starts": withSpec("59,2 * * * *"),
      "only the last step of the hour is short": withSpec("*/19 * * * *"),
      "the platform is to choose thirty minutes": withSpec("H/2 * * * *"),
    },
    quiet: {
      "it starts every five minutes": withSpec("*/5 * * * *"),
      "the platform chooses the minute": withSpec("H * * * *"),
      "it can't be read": withSpec("*/2 * * *"),
    },
  },
  {
    rule: "cron-same-minute",
    fires: {
      "both change the platform at five": crons(
        ...job("backup", "0 5 * * *", "platform backup:create -yW"),
        ...job("deploy", "0 5 1 * *", "platform redeploy -yW"),
      ),
      "they meet once an hour": crons(
        ...job("backup", "*/20 5 * * *", "platform backup:create -yW"),
        ...job("deploy", "40 * * * *", "platform redeploy -yW"),
      ),
    },
    quiet: {
      "they never meet": crons(
        ...job("backup", "0 5 * * *", "platform backup:create -yW"),
        ...job("deploy", "30 5 * * *", "platform redeploy -yW"),
      ),
      "one of them doesn't change the platform": crons(
        ...job("backup", "0 5 * * *", "platform backup:create -yW"),
        ...job("clean", "0 5 * * *", "./clean.sh"),
      ),
      "the platform chooses the minute": crons(
        ...job("backup", "H 5 * * *", "platform backup:create -yW"),
        ...job("deploy", "H 5 * * *", "platform redeploy -yW"),
      ),
    },
  },
  {
    rule: "cron-on-worker",
    fires: {
      "a worker has crons": app(
        "workers:",
        "    queue:",
        "        crons:",
        "            clean: { spec: '0 5 * * *', cmd: ./clean.sh }",
      ),
    },
    quiet: {
      "the app has them": app("workers:", "    queue:", "        disk: 256", ...cron(["true"])),
    },
  },
  {
    rule: "cron-without-timeout",
    fires: {
      "the database is dumped": guarded("platform db:dump --yes"),
      "a log is followed": withCron("platform logs access --tail"),
      "it waits for an hour": withCron("sleep 1h"),
      "it loops for ever": withCron("while true; do", "    ./work.sh", "done"),
    },
    quiet: {
      "a timeout ends it": `${withCron("platform db:dump --yes")}        timeout: 600\n`,
      "it waits for a moment": withCron("sleep 5"),
      "the command has a timeout of its own": withCron("timeout 600 sleep 3600"),
      "the loop ends": withCron("while true; do", "    ./work.sh && break", "done"),
      "a backup isn't waited for": guarded("platform backup:create --yes --no-wait"),
    },
    fixes: {
      "it waits for an hour": `${withCron("sleep 1h")}        timeout: 3600\n`,
    },
  },
  {
    rule: "cron-renewal-obsolete",
    fires: {
      "its name says so": crons(
        ...job("renewcert", "0 5 * * 1", "platform redeploy -yW"),
        ...job("clean", "0 4 * * *", "./clean.sh"),
      ),
      "it redeploys twice a month": crons(
        ...job("clean", "0 4 * * *", "./clean.sh"),
        ...job("again", "0 5 1,15 * *", "platform redeploy -yW"),
      ),
      "a comment in it says so": withCron("# renew the certificate", "platform redeploy -yW"),
    },
    quiet: {
      "it redeploys every night": crons(...job("again", "0 5 * * *", "platform redeploy -yW")),
      "it backs up as well": crons(
        ...job("certs", "0 5 1 * *", "platform redeploy -yW; platform backup -yW"),
      ),
      "it leaves production out": withCron(
        'if [ "$PLATFORM_BRANCH" != main ]; then',
        "    platform redeploy -yW",
        "fi",
      ).replace("0 5 * * *", "0 5 1 * *"),
      "it adds a certificate": crons(
        ...job("certs", "0 5 1 * *", "platform certificate:add a.crt b.key -W"),
      ),
      "its schedule can't be read": crons(...job("again", "0 5 L * *", "platform redeploy -yW")),
    },
    fixes: {
      "its name says so": crons(...job("clean", "0 4 * * *", "./clean.sh")),
      "it redeploys twice a month": crons(...job("clean", "0 4 * * *", "./clean.sh")),
    },
  },
  {
    rule: "backup-too-often",
    fires: {
      "it backs up every six hours": crons(
        ...job("backup", "0 */6 * * *", "platform backup:create -yW"),
      ),
    },
    quiet: {
      "it backs up every night": crons(...job("backup", "0 5 * * *", "platform backup:create -yW")),
      "it lists backups every hour": crons(...job("backup", "0 * * * *", "platform backup:list")),
      "it backs up once an hour of the platform's choice": crons(
        ...job("backup", "0 H * * *", "platform backup:create -yW"),
      ),
    },
  },
  {
    rule: "backup-interrupts",
    fires: {
      "it backs up at noon": crons(...job("backup", "0 12 * * *", "platform backup:create -yW")),
    },
    quiet: {
      "it backs up at night": crons(...job("backup", "0 5 * * *", "platform backup:create -yW")),
      "it is a live backup": crons(
        ...job("backup", "0 12 * * *", "platform backup:create --live -yW"),
      ),
      "its guard never holds": crons(
        ...job("backup", "0 12 * * *", 'test "$PLATFORM_BRANCH" == main && platform backup -yW'),
      ),
      "the platform chooses the hour": crons(
        ...job("backup", "0 H * * *", "platform backup:create -yW"),
      ),
    },
    fixes: {
      "it backs up at noon": crons(
        ...job("backup", "0 12 * * *", "platform backup:create --live -yW"),
      ),
    },
  },
  {
    rule: "source-operation-on-production",
    fires: {
      "the cron runs on the default branch": guarded("platform source-operation:run update -W"),
      "it names the default branch": withCron(
        "platform source-operation:run update -e main --no-wait",
      ),
      "it runs on the production type": withCron(
        'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
        "    platform source-operation:run update -W",
        "fi",
      ),
    },
    quiet: {
      "it names another environment": guarded("platform source-operation:run update -e up -W"),
      "the cron runs on another branch": withCron(
        'if [ "$PLATFORM_BRANCH" = update-dependencies ]; then',
        "    platform source-operation:run update -W",
        "fi",
      ),
    },
  },
  {
    rule: "environment-forgotten",
    fires: {
      "the first command names one": guarded(
        "platform sync code data -e update -yW",
        "platform source-operation:run update --no-wait",
      ),
      "it is a variable": guarded(
        'platform sync code data -e "$TARGET" -yW',
        "platform source-operation:run update --no-wait",
      ),
    },
    quiet: {
      "both name one": guarded(
        "platform sync code data -e update -yW",
        "platform source-operation:run update -e update --no-wait",
      ),
      "neither does": guarded(backup, "platform redeploy -yW"),
      "the second only reads": guarded("platform sync data -e update -yW", "platform backup:list"),
      "the first is for the default one": guarded(
        "platform backup -e . -yW",
        "platform redeploy -yW",
      ),
    },
    fixes: {
      "the first command names one": guarded(
        "platform sync code data -e update -yW",
        "platform source-operation:run -e update update --no-wait",
      ),
      "it is a variable": guarded(
        'platform sync code data -e "$TARGET" -yW',
        'platform source-operation:run -e "$TARGET" update --no-wait',
      ),
    },
  },
];

function withSpec(spec: string): string {
  return app(...cron(["./work.sh"], spec));
}
