import { app, backup, cron, guarded, hooks, withCron } from "../app.ts";
import { fetched } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

const nested = `${"if true; then ".repeat(500)}${backup}${"; fi".repeat(500)}`;

export const cases: RuleCases = {
  fires: {
    "the command's name is in a variable": {
      given: guarded('platform "$TASK" --yes --no-wait'),
      finds: [
        {
          severity: "info",
          at: "14:21-14:53",
          message:
            "the cron job calls platform with $TASK: the audit can't see whether that calls the CLI",
        },
      ],
    },
    "the shell evaluates what it gets elsewhere": {
      given: withCron('eval "$(cat commands)"'),
      finds: [
        {
          severity: "info",
          at: "13:23-13:38",
          message:
            "the cron job runs $(cat commands): the audit can't see whether that calls the CLI",
        },
      ],
    },
    "which program it is stands in a variable": {
      given: withCron('"$TOOLS/nightly" --all', '. "$TOOLS/setup.sh"', backup),
      finds: [
        {
          severity: "info",
          at: "13:17-13:39",
          message:
            'the cron job runs "$TOOLS/nightly": the audit can\'t see whether that calls the CLI',
        },
        {
          severity: "info",
          at: "14:17-14:36",
          message:
            'the cron job runs . "$TOOLS/setup.sh": the audit can\'t see whether that calls the CLI',
        },
      ],
    },
    "make may install what a cron calls": {
      given: app(...hooks({ build: ["make tools"] }), ...cron([backup])),
      finds: [
        {
          severity: "info",
          at: "5:9-5:19",
          message:
            "the build hook runs make tools: the audit can't see whether that installs the CLI",
        },
      ],
    },
    "a script of Composer may call what is installed": {
      given: app(...hooks({ build: fetched, deploy: ["composer release"] })),
      finds: [
        {
          severity: "info",
          at: "8:9-8:25",
          message:
            "the deploy hook runs composer release: the audit can't see whether that calls the CLI",
        },
      ],
    },
    "a part of what it runs isn't read, and nothing else has to do with the CLI": {
      given: app(...cron([`sh -c '${nested}'`])),
      finds: [
        {
          severity: "info",
          at: "8:24-8:9062",
          message:
            "the cron job runs a text that can't be followed to its end, because the script is too intricate to follow: the audit can't see whether that calls the CLI",
        },
      ],
    },
    "no person could follow it": {
      given: withCron(...Array.from({ length: 300 }, (_, i) => `[ "$PLATFORM_BRANCH" = b${i} ]`)),
      finds: [
        {
          severity: "info",
          at: "12:20-312:46",
          message: "the cron job can't be followed: the script is too intricate to follow",
        },
      ],
    },
    "a call is nested too deep to be found": {
      given: withCron(
        ...Array.from({ length: 3000 }, () => "if true; then"),
        "platform redeploy --yes --no-wait",
        ...Array.from({ length: 3000 }, () => "fi"),
      ),
      finds: [
        {
          severity: "info",
          at: "12:20-6013:19",
          message: "the cron job can't be followed: the script is too intricate to follow",
        },
      ],
    },
    "what comes behind may be no command of its own": {
      given: withCron(
        ...Array.from({ length: 300 }, () => "("),
        "true",
        ...Array.from({ length: 300 }, () => ")"),
        "platform redeploy --yes --no-wait",
      ),
      finds: [
        {
          severity: "info",
          at: "12:20-614:50",
          message: "the cron job can't be followed: the script is too intricate to follow",
        },
      ],
    },
  },
  quiet: {
    "a cron calls it, and make is beside the point": app(
      ...hooks({ build: [...fetched, "make"] }),
      ...cron([backup]),
    ),
    "nothing has to do with the CLI": app(...hooks({ build: ["make", 'eval "$STEPS"'] })),
    "the text is known": withCron("JOB='platform backup:list'", 'eval "$JOB"'),
    "a package's program is run by its path in the app": withCron(
      "$PLATFORM_APP_DIR/vendor/bin/drush cache:rebuild",
      '"$HOME/node_modules/.bin/gulp" images',
      backup,
    ),
    "another tool has the shell read what it has installed": app(
      ...hooks({
        build: [
          ...fetched,
          '[ -s "$NVM_DIR/nvm.sh" ] && \\. "$NVM_DIR/nvm.sh"',
          ". env/bin/activate",
          "nvm install 20",
        ],
      }),
      ...cron([backup]),
    ),
    "half a test, where a program's name should stand": withCron(
      'if [ "$PLATFORM_BRANCH" = main || "$PLATFORM_BRANCH" = next]; then',
      `    ${backup}`,
      "fi",
    ),
    "Composer does what it does by itself": app(
      ...hooks({ build: ["composer install"] }),
      ...cron([backup]),
    ),
  },
};
