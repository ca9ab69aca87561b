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
    "a variable of GitLab has its value below its name": {
      given: besides(
        ".gitlab-ci.yml",
        `variables:\n    UPSUN_CLI_TOKEN:\n        value: ${token}\n`,
      ),
      finds: [
        {
          severity: "error",
          at: ".gitlab-ci.yml:2:5-2:20",
          message: ".gitlab-ci.yml gives UPSUN_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "its value stands on the next line": {
      given: besides(".drone.yml", `environment:\n    UPSUN_CLI_TOKEN:\n        ${token}\n`),
      finds: [
        {
          severity: "error",
          at: ".drone.yml:2:5-2:20",
          message: ".drone.yml gives UPSUN_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "a variable of Terraform has it by default": {
      given: besides("main.tf", `variable "PLATFORMSH_CLI_TOKEN" {\n  default = "${token}"\n}\n`),
      finds: [
        {
          severity: "error",
          at: "main.tf:1:11-1:31",
          message: "main.tf gives PLATFORMSH_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "a command goes on behind its name": {
      given: besides(
        "setup.sh",
        `platform variable:create env:PLATFORMSH_CLI_TOKEN \\\n  --value ${token}\n`,
      ),
      finds: [
        {
          severity: "error",
          at: "setup.sh:1:30-1:50",
          message: "setup.sh gives PLATFORMSH_CLI_TOKEN a value that is in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "it ends a sentence": {
      given: besides("notes.txt", `The token for Platform.sh is ${token}.\n`),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "notes.txt:1:30-1:73",
          message: "notes.txt has what looks like an API token in it",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "it is all there is in a file of the CLI": {
      given: besides(".platformsh/key", `${token}\n`),
      finds: [
        {
          severity: "error",
          at: ".platformsh/key:1:1-1:44",
          message: ".platformsh/key has an API token in it",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "it is all there is in a file that is named for it": {
      given: besides("secrets/token", token),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "secrets/token:1:1-1:44",
          message: "secrets/token has what looks like an API token in it",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "the name is the short one of the brand": {
      given: besides(".env", `PSH_CLI_TOKEN=${token}\n`),
      finds: [
        {
          severity: "error",
          at: ".env:1:1-1:14",
          message:
            ".env gives PSH_CLI_TOKEN a value that is in the repository; the CLI reads PLATFORMSH_CLI_TOKEN",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "the name lacks a line between its words": {
      given: besides(".env", `PLATFORMSH_CLITOKEN=${token}\n`),
      finds: [
        {
          severity: "error",
          at: ".env:1:1-1:20",
          message:
            ".env gives PLATFORMSH_CLITOKEN a value that is in the repository; the CLI reads PLATFORMSH_CLI_TOKEN",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "the name is in small letters": {
      given: besides(".env", `upsun_cli_token=${token}\n`),
      finds: [
        {
          severity: "error",
          at: ".env:1:1-1:16",
          message:
            ".env gives upsun_cli_token a value that is in the repository; the CLI reads UPSUN_CLI_TOKEN",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "the name is written as programs do": {
      given: besides("deploy.js", `const platformshCliToken = "${token}";\n`),
      finds: [
        {
          severity: "error",
          at: "deploy.js:1:7-1:25",
          message:
            "deploy.js gives platformshCliToken a value that is in the repository; the CLI reads PLATFORMSH_CLI_TOKEN",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
  },
  quiet: {
    "it is a token for the shop of another product": besides(
      ".env",
      "MAGENTO_API_TOKEN=4f8ad0c1b2e3947586fa0b1c2d3e4f50\n",
    ),
    "a name in small letters has something else": besides(
      "theme.css",
      "--platform-token: color-2024-primary-dark;\nupsun_token = color-2024-primary-dark\n",
    ),
    "it is a part of something longer": besides(
      "notes.txt",
      `token for Platform.sh: ${token}.${token}\n`,
    ),
    "a file with another name has nothing but such a text": besides("revision", token),
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
