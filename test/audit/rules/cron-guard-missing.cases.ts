import { app, backup, crons, guarded, hooks, withCron } from "../app.ts";
import { magento } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a cron of a vendor with other variables has none": {
      given: magento("magento-cloud snapshot:create --yes --no-wait"),
      finds: [
        {
          severity: "error",
          at: "7:13-7:58",
          message: "the cron nightly runs backup:create on every environment",
          fix: "safe: Run backup:create on the branch main only",
        },
      ],
      fixed: magento(
        'if [ "$MAGENTO_CLOUD_BRANCH" = main ]; then',
        "    magento-cloud snapshot:create --yes --no-wait",
        "fi",
      ).text,
    },
    "a cron backs up on every preview": {
      given: withCron(backup),
      finds: [
        {
          severity: "error",
          at: "13:17-13:55",
          message: "the cron job runs backup:create on every environment",
          fix: "safe: Run backup:create on the branch main only",
        },
      ],
      fixed: guarded(backup),
    },
    "an option is there or not": {
      given: withCron(`${backup} \${LIVE:+--live}`),
      finds: [
        {
          severity: "error",
          at: "13:17-13:71",
          message: "the cron job runs backup:create on every environment",
          fix: "safe: Run backup:create on the branch main only",
        },
      ],
      fixed: guarded(`${backup} \${LIVE:+--live}`),
    },
    "what ends a cron redeploys the preview": {
      given: crons(
        "import:",
        "    spec: '0 5 * * *'",
        "    commands:",
        "        start: ./import.sh",
        "        stop: platform redeploy --yes --no-wait",
      ),
      finds: [
        {
          severity: "error",
          at: "8:19-8:52",
          message:
            "the stop command of the cron import runs environment:redeploy on every environment",
          fix: "safe: Run environment:redeploy on the branch main only",
        },
      ],
      fixed: crons(
        "import:",
        "    spec: '0 5 * * *'",
        "    commands:",
        "        start: ./import.sh",
        `        stop: if [ "$PLATFORM_BRANCH" = main ]; then platform redeploy --yes --no-wait; fi`,
      ),
    },
    "a deploy hook backs up before it goes on, on previews too": {
      given: app(...hooks({ deploy: [backup, "make migrate"] })),
      finds: [
        {
          severity: "error",
          at: "5:9-5:47",
          message: "the deploy hook runs backup:create on every environment",
          fix: "safe: Run backup:create on the branch main only",
        },
      ],
      fixed: app(
        ...hooks({
          deploy: ['if [ "$PLATFORM_BRANCH" = main ]; then', `    ${backup}`, "fi", "make migrate"],
        }),
      ),
    },
    "a worker backs up once a day, on previews too": {
      given: worker("while true; do", `    ${backup}`, "    sleep 86400", "done"),
      finds: [
        {
          severity: "error",
          at: "8:21-8:59",
          message:
            "the start command of the worker nightly runs backup:create on every environment",
          fix: "unsafe: Run backup:create on the branch main only, because it goes on for too long",
        },
      ],
    },
    "the call stands in one half of an if, beside other work": {
      given: withCron(
        "if [ -f stop ]; then",
        "    true",
        "else",
        `    ${backup}`,
        "    make",
        "fi",
      ),
      finds: [
        {
          severity: "error",
          at: "16:21-16:59",
          message: "the cron job runs backup:create on every environment",
          fix: "safe: Run backup:create on the branch main only",
        },
      ],
      fixed: withCron(
        "if [ -f stop ]; then",
        "    true",
        "else",
        '    if [ "$PLATFORM_BRANCH" = main ]; then',
        `        ${backup}`,
        "    fi",
        "    make",
        "fi",
      ),
    },
    "each environment backs up the one that the command names": {
      given: withCron(`${backup} -e main`),
      finds: [
        {
          severity: "error",
          at: "13:17-13:63",
          message: "the cron job runs backup:create for main on every environment",
          fix: "safe: Run backup:create on the branch main only",
        },
      ],
      fixed: guarded(`${backup} -e main`),
    },
    "the environment that the command names is one that a variable may change": {
      given: withCron(`${backup} -e "\${TARGET:-main}"`),
      finds: [
        {
          severity: "error",
          at: "13:17-13:76",
          message: "the cron job runs backup:create for main on every environment",
          fix: "unsafe: Run backup:create on the branch main only, because backup:create for main may be meant to run elsewhere",
        },
      ],
    },
    "the command is among the arguments that are set before": {
      given: withCron("set -- backup:create --yes --no-wait", 'platform "$@"'),
      finds: [
        {
          severity: "error",
          at: "13:17-13:53",
          message: "the cron job runs backup:create on every environment",
          fix: "by hand: Run backup:create on the branch main only",
        },
      ],
    },
    "a synchronization is no work for production": {
      given: withCron("platform sync data --yes --no-wait"),
      finds: [
        {
          severity: "warning",
          at: "13:17-13:51",
          message: "the cron job runs environment:synchronize on every environment",
          fix: "by hand: Run environment:synchronize on one environment only",
        },
      ],
    },
    "the environment that the command names is another one": {
      given: withCron("platform sync data --environment=staging --yes --no-wait"),
      finds: [
        {
          severity: "warning",
          at: "13:17-13:73",
          message: "the cron job runs environment:synchronize for staging on every environment",
          fix: "unsafe: Run environment:synchronize on the branch main only, because environment:synchronize for staging may be meant to run elsewhere",
        },
      ],
    },
    "other work shares its statement": {
      given: withCron(`vendor/bin/drush cron && ${backup}`),
      finds: [
        {
          severity: "error",
          at: "13:42-13:80",
          message: "the cron job runs backup:create on every environment",
          fix: "unsafe: Run backup:create on the branch main only, because in some cases it then doesn't run vendor/bin/drush cron",
        },
      ],
    },
    "a directory is entered for what follows": {
      given: withCron(`cd web && ${backup}`, "make"),
      finds: [
        {
          severity: "error",
          at: "13:27-13:65",
          message: "the cron job runs backup:create on every environment",
          fix: "unsafe: Run backup:create on the branch main only, because in some cases it then runs make in another directory",
        },
      ],
    },
  },
  quiet: {
    "a hook that redeploys itself, of which hook-redeploys-itself tells": app(
      ...hooks({ post_deploy: ["platform redeploy --yes --no-wait"] }),
    ),
    "a hook sets up the environment that it runs on": app(
      ...hooks({ post_deploy: ["platform environment:http-access --enabled true --no-wait"] }),
    ),
    "an operation is run by somebody who means the environment": app(
      "operations:",
      "    backup:",
      "        commands:",
      `            start: ${backup}`,
    ),
    "a worker backs up on one environment": worker(
      'if [ "$PLATFORM_BRANCH" != main ]; then sleep infinity; fi',
      `while true; do ${backup}; sleep 86400; done`,
    ),
    "the cron is guarded by branch": guarded(backup),
    "the cron is guarded by type": withCron(
      'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
      `    ${backup}`,
      "fi",
    ),
    "the cron leaves early elsewhere": withCron('[ "$PLATFORM_BRANCH" = main ] || exit 0', backup),
    "the cron only reads": withCron("platform backup:list"),
    "it names the environment, and runs on one": guarded(`${backup} -e main`),
    "a command before names the environment, and that is told": withCron(
      `[ "$PLATFORM_BRANCH" = main ] && platform sync code -e stage -yW`,
      backup,
    ),
  },
};

function worker(...lines: readonly string[]): string {
  return app(
    "workers:",
    "    nightly:",
    "        commands:",
    "            start: |",
    ...lines.map((line) => `                ${line}`),
  );
}
