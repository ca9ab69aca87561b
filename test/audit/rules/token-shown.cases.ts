import { app, cron, hooks, withCron, withEnvironment } from "../app.ts";
import { project } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

const called = cron(["platform backup:list"]);

/** A folder that is served, with a mount in it, another one in that which isn't served, and one beside it. */
const served = [
  "web:",
  "    locations:",
  "        '/': { root: web }",
  "        '/closed': { root: web/files/closed, allow: false }",
  "mounts:",
  "    web/files: { source: storage }",
  "    private: { source: storage }",
  "    passing: { source: tmp }",
];

export const cases: RuleCases = {
  fires: {
    "all variables go to a file that is served": {
      given: app(...hooks({ deploy: ["env > web/files/env.txt"] }), ...called, ...served),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:32",
          message:
            "the deploy hook writes all variables, the token too, to web/files/env.txt, which everybody can read over HTTP",
        },
      ],
    },
    "all variables go to a mount that isn't served": {
      given: app(
        ...hooks({ deploy: ["env > private/env.txt", "env > web/files/closed/env.txt"] }),
        ...called,
        ...served,
      ),
      finds: [
        {
          severity: "info",
          confidence: "medium",
          at: "5:9-5:30",
          message:
            "the deploy hook writes all variables, the token too, to private/env.txt, which backups have, and every environment that gets a copy of the data",
        },
        {
          severity: "info",
          confidence: "medium",
          at: "6:9-6:39",
          message:
            "the deploy hook writes all variables, the token too, to web/files/closed/env.txt, which backups have, and every environment that gets a copy of the data",
        },
      ],
    },
    "the file that every shell reads first prints it": {
      given: withEnvironment('echo "$PLATFORMSH_CLI_TOKEN"'),
      finds: [
        {
          severity: "warning",
          at: ".environment:1:1-1:29",
          message: ".environment, which every shell reads first, prints the token",
        },
      ],
    },
    "the file that every shell reads first prints all variables": {
      given: withEnvironment("export A=b", "env | sort"),
      finds: [
        {
          severity: "warning",
          at: ".environment:2:1-2:11",
          message:
            ".environment, which every shell reads first, prints all variables, the token too",
        },
      ],
    },
    "the token goes there through a pipe": {
      given: app(
        ...hooks({ deploy: ['echo "$UPSUN_CLI_TOKEN" | tee "/app/web/files/a" > /dev/null'] }),
        ...served,
      ),
      finds: [
        {
          severity: "warning",
          at: "5:35-5:69",
          message:
            "the deploy hook writes the token to /app/web/files/a, which everybody can read over HTTP",
        },
      ],
    },
    "the deploy hook prints all variables, and only a cron calls the CLI": {
      given: app(
        ...hooks({ deploy: ["set | sort", "make warm"] }),
        ...cron(["platform backup:list"]),
      ),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:19",
          message: "the deploy hook prints all variables, the token too",
        },
      ],
    },
    "it is written to the error output through another variable": {
      given: withCron('KEY="Bearer $UPSUN_CLI_TOKEN"', 'echo "asking with $KEY" >&2'),
      finds: [
        {
          severity: "warning",
          at: "14:17-14:44",
          message: "the cron job prints the token",
        },
      ],
    },
    "the platform has a variable with it": {
      given: {
        ...project({}),
        text: app(...hooks({ post_deploy: ["printenv >&2"] })),
      },
      finds: [
        {
          severity: "warning",
          at: "5:9-5:21",
          message: "the post-deploy hook prints all variables, the token too",
        },
      ],
    },
    "it is printed": {
      given: withCron('echo "token $PLATFORMSH_CLI_TOKEN"'),
      finds: [
        {
          severity: "warning",
          at: "13:17-13:51",
          message: "the cron job prints the token",
        },
      ],
    },
    "a command that has it is traced": {
      given: withCron(
        "set -ex",
        'curl -H "Authorization: $PLATFORMSH_CLI_TOKEN" https://example.com',
      ),
      finds: [
        {
          severity: "warning",
          at: "14:17-14:83",
          message: "the cron job traces a command with the token",
        },
      ],
    },
    "all variables are": {
      given: withCron("env", "platform backup:list"),
      finds: [
        {
          severity: "warning",
          at: "13:17-13:20",
          message: "the cron job prints all variables, the token too",
        },
      ],
    },
    "it is asked for by name": {
      given: withCron("printenv PLATFORMSH_CLI_TOKEN"),
      finds: [
        {
          severity: "warning",
          at: "13:17-13:46",
          message: "the cron job prints the token",
        },
      ],
    },
    "the CLI prints its requests": {
      given: withCron("PLATFORMSH_CLI_DEBUG=1 platform backup:list"),
      finds: [
        {
          severity: "warning",
          at: "13:17-13:60",
          message: "the cron job has the CLI print its requests, the token's among them",
        },
      ],
    },
  },
  quiet: {
    "all variables go to a file that nobody gets a copy of": app(
      ...hooks({ deploy: ["env > /tmp/env.txt; env > passing/env.txt"] }),
      ...called,
      ...served,
    ),
    "they go to a file that can't be written": app(
      ...hooks({ deploy: ["env > web/env.txt"] }),
      ...called,
      ...served,
    ),
    "it leaves the app's folder first": app(
      ...hooks({ deploy: ["cd /tmp && env > web/files/env.txt"] }),
      ...called,
      ...served,
    ),
    "all variables are printed at build, where it isn't among them": app(
      ...hooks({ build: ["env | sort"] }),
      ...cron(["platform backup:list"]),
    ),
    "it is only said to be there": withCron(`echo "\${PLATFORMSH_CLI_TOKEN:+set}"`),
    "its name is printed": withCron("echo '$PLATFORMSH_CLI_TOKEN'"),
    "it goes to a file": withCron('echo "$PLATFORMSH_CLI_TOKEN" > /tmp/token'),
    "what is traced doesn't have it": withCron("set -x", "platform backup:list"),
    "tracing has ended before": withCron("set -x", "make", "set +x", "login $UPSUN_CLI_TOKEN"),
    "one of all variables is looked for": withCron("env | grep -c NODE", "platform backup:list"),
    "a command is given a variable": withCron("env A=b platform backup:list"),
    "the app has no token": withCron("printenv"),
    "the file that every shell reads first asks for it": withEnvironment(
      '[ -n "$PLATFORMSH_CLI_TOKEN" ] || export NO_TOKEN=1',
    ),
  },
};
