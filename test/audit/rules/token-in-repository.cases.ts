import { app, hooks, secret, withCron, withEnvironment } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a variable of the file has it": {
      given: app("variables:", "    env:", `        PLATFORMSH_CLI_TOKEN: ${secret}`),
      finds: [
        {
          severity: "error",
          at: "5:9-5:29",
          message: "PLATFORMSH_CLI_TOKEN has its value in the repository",
          fix: "by hand: Revoke the token, then take it out",
        },
      ],
    },
    "a variable has it by its full name": {
      given: app("variables:", `    'env:PLATFORMSH_CLI_TOKEN': ${secret}`),
      finds: [
        {
          severity: "error",
          at: "4:5-4:31",
          message: "env:PLATFORMSH_CLI_TOKEN has its value in the repository",
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
          message: "UPSUN_CLI_TOKEN has its value in the repository",
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
          message: "the deploy hook gives PLATFORMSH_CLI_TOKEN a value that is in the repository",
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
          message: "the cron job gives UPSUN_CLI_TOKEN a value that is in the repository",
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
    "it comes from another variable": app(
      ...hooks({ deploy: ['export PLATFORMSH_CLI_TOKEN="$OTHER_TOKEN_12345678"'] }),
    ),
    "it is a placeholder": app("variables:", "    env:", "        API_TOKEN: your-token-here-123"),
    "it is empty": app("variables:", "    env:", "        PLATFORMSH_CLI_TOKEN: ''"),
    "it isn't a token": app("variables:", "    env:", `        API_TOKEN_FILE: ${secret}`),
  },
};
