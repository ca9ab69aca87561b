import { app, hooks } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the build hook is tied to a type": {
      given: app(
        ...hooks({
          build: ['if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then', "    make", "fi"],
        }),
      ),
      finds: [
        {
          severity: "warning",
          at: "5:15-5:41",
          message: "the build hook reads PLATFORM_ENVIRONMENT_TYPE, which isn't set at build",
        },
      ],
    },
    "it tells branches apart": {
      given: app(...hooks({ build: ['case "$PLATFORM_BRANCH" in main) make ;; esac'] })),
      finds: [
        {
          severity: "warning",
          at: "5:15-5:31",
          message: "the build hook reads PLATFORM_BRANCH, which isn't set at build",
        },
      ],
    },
    "it writes the environment down": {
      given: app(...hooks({ build: ['echo "$PLATFORM_ENVIRONMENT" > name.txt'] })),
      finds: [
        {
          severity: "warning",
          at: "5:15-5:36",
          message: "the build hook reads PLATFORM_ENVIRONMENT, which isn't set at build",
        },
      ],
    },
    "a source operation asks for the branch": {
      given: app(
        "source:",
        "    operations:",
        "        update:",
        "            command: git checkout $PLATFORM_BRANCH",
      ),
      finds: [
        {
          severity: "warning",
          at: "6:35-6:51",
          message: "the source operation update reads PLATFORM_BRANCH, which isn't set at build",
        },
      ],
    },
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
};
