import { app, guarded, hooks, withCron } from "../app.ts";
import type { RuleCases } from "./case.ts";

const backup = "platform backup:create --yes --no-wait";

const onMaster = withCron('if [ "$PLATFORM_BRANCH" = master ]; then', `    ${backup}`, "fi");

/** Where the commands of a cron run. */
export const guardCases: readonly RuleCases[] = [
  {
    rule: "cron-guard-missing",
    fires: { "a cron backs up on every preview": withCron(backup) },
    quiet: {
      "the cron is guarded by branch": guarded(backup),
      "the cron is guarded by type": withCron(
        'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
        `    ${backup}`,
        "fi",
      ),
      "the cron leaves early elsewhere": withCron(
        '[ "$PLATFORM_BRANCH" = main ] || exit 0',
        backup,
      ),
      "the cron only reads": withCron("platform backup:list"),
      "it names the environment": withCron(`${backup} -e main`),
      "a command before names the environment, and that is told": withCron(
        "platform sync code -e stage -yW",
        backup,
      ),
    },
    fixes: { "a cron backs up on every preview": guarded(backup) },
  },
  {
    rule: "cron-guard-not-default-branch",
    fires: {
      "its neighbours ask for other branches": withCron(
        `[ "$PLATFORM_BRANCH" = stage ] && ${backup}`,
        `[ "$PLATFORM_BRANCH" = main ] && ${backup}`,
      ),
      "the branch was renamed": withCron(
        'if [ "$PLATFORM_BRANCH" = master ]; then',
        `    ${backup}`,
        "fi",
      ),
    },
    quiet: {
      "the guard names the default branch": guarded(backup),
      "the guard asks for the type": withCron(
        'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
        `    ${backup}`,
        "fi",
      ),
    },
    fixes: { "the branch was renamed": guarded(backup) },
  },
  {
    rule: "cron-guard-never-true",
    fires: {
      "the test is bash's own": withCron(
        'if [[ "$PLATFORM_BRANCH" = main ]]; then',
        `    ${backup}`,
        "fi",
      ),
      "the comparison is bash's own": withCron(
        'if [ "$PLATFORM_BRANCH" == main ]; then',
        `    ${backup}`,
        "fi",
      ),
      "|| stands inside the test": withCron(
        'if [ "$PLATFORM_BRANCH" = main || "$PLATFORM_BRANCH" = stage]; then',
        `    ${backup}`,
        "fi",
      ),
    },
    quiet: { "the test is POSIX": guarded(backup) },
    fixes: {
      "|| stands inside the test": withCron(
        'if [ "$PLATFORM_BRANCH" = main ] || [ "$PLATFORM_BRANCH" = stage ]; then',
        `    ${backup}`,
        "fi",
      ),
      "the test is bash's own": guarded(backup),
      "the comparison is bash's own": guarded(backup),
    },
  },
  {
    rule: "cron-guard-by-branch",
    fires: { "it isn't known what the default branch is": { text: guarded(backup), facts: {} } },
    quiet: {
      "the default branch is known": guarded(backup),
      "the guard asks for the type": {
        text: withCron(
          'if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then',
          `    ${backup}`,
          "fi",
        ),
        facts: {},
      },
      "the branch isn't even there": {
        text: guarded(backup),
        facts: { branches: new Set(["master"]) },
      },
    },
  },
  {
    rule: "cron-guard-branch-gone",
    fires: {
      "the repository has main and no master": {
        text: onMaster,
        facts: { branches: new Set(["main", "staging"]) },
      },
    },
    quiet: {
      "it has both": { text: onMaster, facts: { branches: new Set(["main", "master"]) } },
      "it has neither": { text: onMaster, facts: { branches: new Set(["trunk"]) } },
      "the default branch is known": {
        text: onMaster,
        facts: { branches: new Set(["main"]), defaultBranch: { name: "master", because: "" } },
      },
      "the checkout isn't one of Git": { text: onMaster, facts: {} },
    },
    fixes: { "the repository has main and no master": guarded(backup) },
  },
  {
    rule: "runtime-variable-at-build",
    fires: {
      "the build hook is tied to a type": app(
        ...hooks({
          build: ['if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then', "    make", "fi"],
        }),
      ),
      "it tells branches apart": app(
        ...hooks({ build: ['case "$PLATFORM_BRANCH" in main) make ;; esac'] }),
      ),
      "it writes the environment down": app(
        ...hooks({ build: ['echo "$PLATFORM_ENVIRONMENT" > name.txt'] }),
      ),
      "a source operation asks for the branch": app(
        "source:",
        "    operations:",
        "        update:",
        "            command: git checkout $PLATFORM_BRANCH",
      ),
    },
    quiet: {
      "the deploy hook is": app(...hooks({ deploy: ['[ "$PLATFORM_BRANCH" = main ] && make'] })),
      "it asks whether it is a build": app(
        ...hooks({
          build: ['if [ -z "$PLATFORM_BRANCH" ]; then make; else echo $PLATFORM_BRANCH; fi'],
        }),
      ),
      "it has another value for a build": app(
        ...hooks({ build: [`echo \${PLATFORM_BRANCH:-none}`] }),
      ),
      "it sets the variable itself": app(
        ...hooks({ build: ["PLATFORM_BRANCH=main", "echo $PLATFORM_BRANCH"] }),
      ),
      "it only writes its name": app(
        ...hooks({ build: ["echo 'A=$PLATFORM_BRANCH' >> .environment"] }),
      ),
      "it keeps the installer from being reached": app(
        ...hooks({
          build: [
            '[ "$PLATFORM_BRANCH" = main ] && curl -fsS https://platform.sh/cli/installer | php',
          ],
        }),
      ),
    },
  },
];
