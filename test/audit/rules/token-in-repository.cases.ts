import { app, backup, guarded, hooks, secret, withCron, withEnvironment } from "../app.ts";
import type { Example, RuleCases } from "../rule-cases.ts";

/** A token in the form that the platform gives it. */
const token = "tK4mW9xQ2vB7nL5cJ8dR1fH6gZ3sY0pA_uE-iO9yT2k";

/** An app beside which Git keeps track of a file with this text. */
function besides(shown: string, text: string): Example {
  return {
    text: guarded(backup),
    facts: { withTokens: { kind: "known", value: [{ file: `/shop/${shown}`, shown, text }] } },
  };
}

export const cases: RuleCases = {
  fires: {
    "a comment of the app's file has it": {
      given: app("variables:", "    env:", `#        UPSUN_CLI_TOKEN: '${secret}'`),
      finds: [
        {
          severity: "error",
          at: "5:10-5:25",
          message: ".platform.app.yaml gives UPSUN_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "a pipeline exports it": {
      given: besides(".ci/deploy.yml", `script:\n    - export UPSUN_CLI_TOKEN=${token}\n`),
      finds: [
        {
          severity: "error",
          at: ".ci/deploy.yml:2:14-2:29",
          message: ".ci/deploy.yml gives UPSUN_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "a pipeline has its name and its value on two lines": {
      given: besides("azure.yml", `- name: PLATFORMSH_CLI_TOKEN\n  value: ${token}\n`),
      finds: [
        {
          severity: "error",
          at: "azure.yml:1:9-1:29",
          message: "azure.yml gives PLATFORMSH_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "a Jenkinsfile sets it": {
      given: besides("Jenkinsfile", `environment {\n    IBEXA_CLI_TOKEN = '${token}'\n}\n`),
      finds: [
        {
          severity: "error",
          at: "Jenkinsfile:2:5-2:20",
          message: "Jenkinsfile gives IBEXA_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "an image gets it": {
      given: besides("Dockerfile", `ENV PLATFORMSH_CLI_TOKEN ${token}\n`),
      finds: [
        {
          severity: "error",
          at: "Dockerfile:1:5-1:25",
          message: "Dockerfile gives PLATFORMSH_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "code puts it into its environment": {
      given: besides("bin/sync.php", `$_ENV['UPSUN_CLI_TOKEN'] = '${token}';\n`),
      finds: [
        {
          severity: "error",
          at: "bin/sync.php:1:8-1:23",
          message: "bin/sync.php gives UPSUN_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "it is handed to a command": {
      given: besides(
        "Makefile",
        `token:\n\tupsun variable:create env:UPSUN_CLI_TOKEN --value ${token}\n`,
      ),
      finds: [
        {
          severity: "error",
          at: "Makefile:2:28-2:43",
          message: "Makefile gives UPSUN_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "its variable is mistyped": {
      given: besides(".env.local", `PLATFROMSH_CLI_TOKEN="${token}"\n`),
      finds: [
        {
          severity: "error",
          at: ".env.local:1:1-1:21",
          message:
            ".env.local gives PLATFROMSH_CLI_TOKEN a value that is in the repository; the CLI reads PLATFORMSH_CLI_TOKEN",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "its variable lacks a part": {
      given: besides(".env.local", `PLATFORM_CLI_TOKEN=${token}\n`),
      finds: [
        {
          severity: "error",
          at: ".env.local:1:1-1:19",
          message:
            ".env.local gives PLATFORM_CLI_TOKEN a value that is in the repository; the CLI reads PLATFORMSH_CLI_TOKEN",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "the CLI's own configuration has it": {
      given: besides(".platformsh/config.yaml", `api:\n    token: ${token}\n`),
      finds: [
        {
          severity: "error",
          at: ".platformsh/config.yaml:2:12-2:55",
          message: ".platformsh/config.yaml has an API token in it",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "the token is exchanged by hand": {
      given: besides(
        "bin/ask.sh",
        `curl -d api_token=${token} https://auth.upsun.com/oauth2/token\n`,
      ),
      finds: [
        {
          severity: "error",
          at: "bin/ask.sh:1:19-1:62",
          message: "bin/ask.sh has an API token in it",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "what may be one stands beside a command of the CLI": {
      given: besides("notes.txt", `upsun login with the token ${token}\n`),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "notes.txt:1:28-1:71",
          message: "notes.txt has what looks like an API token in it",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "a variable of the file has it": {
      given: app("variables:", "    env:", `        PLATFORMSH_CLI_TOKEN: ${secret}`),
      finds: [
        {
          severity: "error",
          at: "5:9-5:29",
          message:
            ".platform.app.yaml gives PLATFORMSH_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "a variable has it by its full name": {
      given: app("variables:", `    'env:PLATFORMSH_CLI_TOKEN': ${secret}`),
      finds: [
        {
          severity: "error",
          at: "4:10-4:30",
          message:
            ".platform.app.yaml gives PLATFORMSH_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "a worker has it": {
      given: app(
        "workers:",
        "    queue:",
        "        variables:",
        "            env:",
        `                UPSUN_CLI_TOKEN: ${secret}`,
      ),
      finds: [
        {
          severity: "error",
          at: "7:17-7:32",
          message: ".platform.app.yaml gives UPSUN_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "a hook exports it": {
      given: app(
        ...hooks({ deploy: [`export PLATFORMSH_CLI_TOKEN='${secret}'`, "platform backup:list"] }),
      ),
      finds: [
        {
          severity: "error",
          at: "5:16-5:36",
          message:
            ".platform.app.yaml gives PLATFORMSH_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "it stands in front of a command": {
      given: withCron(`UPSUN_CLI_TOKEN=${secret} upsun backup:list`),
      finds: [
        {
          severity: "error",
          at: "13:17-13:32",
          message: ".platform.app.yaml gives UPSUN_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    ".environment has it": {
      given: withEnvironment(`export PLATFORMSH_CLI_TOKEN="${secret}"`),
      finds: [
        {
          severity: "error",
          at: ".environment:1:8-1:28",
          message: ".environment gives PLATFORMSH_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
  },
  quiet: {
    "a workflow takes it from its secrets": besides(
      ".github/workflows/a.yml",
      `env:\n    UPSUN_CLI_TOKEN: \${{ secrets.UPSUN_CLI_TOKEN }}\n`,
    ),
    "a Jenkinsfile names the credentials": besides(
      "Jenkinsfile",
      "environment { UPSUN_CLI_TOKEN = credentials('upsun-cli-of-2024-for-backups') }\n",
    ),
    "the documentation shows what to write": besides(
      "README.md",
      "export PLATFORMSH_CLI_TOKEN=abc123def456...\nexport UPSUN_CLI_TOKEN=<the token of 2024>\n",
    ),
    "another service's key is as long": besides(
      "config.ini",
      `upsun = yes\npublic_key = ${token}\n`,
    ),
    "another service's token is in a file that has nothing to do with it": besides(
      "tests/fixture.json",
      `{ "csrf_token": "${token}" }\n`,
    ),
    "a sum is as long": besides("go.sum", `github.com/upsun/token v1.0.0 h1:${token}=\n`),
    "it comes from another variable": app(
      ...hooks({ deploy: ['export PLATFORMSH_CLI_TOKEN="$OTHER_TOKEN_12345678"'] }),
    ),
    "it is a placeholder": app("variables:", "    env:", "        API_TOKEN: your-token-here-123"),
    "it is empty": app("variables:", "    env:", "        PLATFORMSH_CLI_TOKEN: ''"),
    "it isn't a token": app("variables:", "    env:", `        API_TOKEN_FILE: ${secret}`),
  },
};
