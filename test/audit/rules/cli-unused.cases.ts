import { app, backup, guarded, hooks } from "../app.ts";
import { fetched } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

const checked = ["platform --version || exit 1"];

export const cases: RuleCases = {
  fires: {
    "nothing calls the CLI": {
      given: app(...hooks({ build: [...fetched, ...checked, "composer install"] })),
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "5:9-5:99",
          message: "the build hook installs the CLI, but nothing in shop calls it",
        },
      ],
    },
  },
  quiet: {
    "the build hook writes down what it can do": app(
      ...hooks({ build: [...fetched, "platform list --raw > public/commands.txt"] }),
    ),
    "a cron that may call it is in no form that can be read": app(
      ...hooks({ build: fetched }),
      "crons:",
      "    job: { spec: '9 4 * * *', commands: [platform backup:list] }",
    ),
    "a worker has a cron, which doesn't run there": app(
      ...hooks({ build: fetched }),
      "workers:",
      "    queue:",
      "        commands: { start: bin/work }",
      "        crons:",
      "            job: { spec: '9 4 * * *', commands: { start: platform backup:list } }",
    ),
    "a cron calls it": guarded(backup),
    "make may call it": app(...hooks({ build: fetched, deploy: ["make deploy"] })),
    "a worker calls it": app(
      ...hooks({ build: fetched }),
      "workers:",
      "    queue:",
      "        commands:",
      "            start: while true; do platform backup:list; sleep 600; done",
    ),
    "the build hook itself uses it": app(
      ...hooks({ build: [...fetched, "platform variable:get env:THEME"] }),
    ),
    "nothing installs it": app(...hooks({ build: ["make"] })),
  },
};
