import { guarded } from "../app.ts";
import { asItShouldBe, named, project, putRight, text, token } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "an API token is where access tokens belong": {
      given: project({}, { variables: [named("env:PLATFORMSH_CLI_API_TOKEN")] }),
      finds: [
        {
          severity: "error",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message:
            "the cron job calls platform, but env:PLATFORMSH_CLI_API_TOKEN is for access tokens, which last 15 minutes, and takes no API token",
          fix: "by hand: Set the variable",
        },
      ],
    },
    "the app has authorizations, which may serve instead": {
      given: {
        ...project({}, { variables: [] }),
        text: `${text}authorizations:\n    - type: env\n      action: view\n`,
      },
      finds: [
        {
          severity: "info",
          confidence: "low",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message:
            "the cron job calls platform without a variable env:PLATFORMSH_CLI_TOKEN; what runs it has authorizations, which may serve in its stead on its own environment",
        },
      ],
    },
    "there is no variable at all": {
      given: project({}, { variables: [] }),
      finds: [
        {
          severity: "error",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message:
            "the cron job calls platform, but there is no variable env:PLATFORMSH_CLI_TOKEN on main",
          fix: "by hand: Set the variable",
        },
      ],
    },
    "its name lacks the prefix": {
      given: project({}, { variables: [named("PLATFORMSH_CLI_TOKEN")] }),
      finds: [
        {
          severity: "error",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message:
            "the cron job calls platform, but the variable PLATFORMSH_CLI_TOKEN lacks the prefix env:, so that no program sees it",
          fix: "by hand: Set the variable",
        },
      ],
    },
    "it is for the other CLI": {
      given: project({}, { variables: [named("env:UPSUN_CLI_TOKEN")] }),
      finds: [
        {
          severity: "error",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message:
            "the cron job calls platform, but the token is in env:UPSUN_CLI_TOKEN, which is for upsun",
          fix: "by hand: Set the variable",
        },
      ],
    },
    "it is switched off": {
      given: project({ enabled: false }),
      finds: [
        {
          severity: "error",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message: "the cron job calls platform, but env:PLATFORMSH_CLI_TOKEN is disabled",
          fix: "unsafe: Give env:PLATFORMSH_CLI_TOKEN to shop; this redeploys main",
        },
      ],
      fixed: putRight,
    },
    "the app doesn't see it": {
      given: project({ visibleAtRuntime: false }),
      finds: [
        {
          severity: "error",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message:
            "the cron job calls platform, but env:PLATFORMSH_CLI_TOKEN is not visible at runtime",
          fix: "unsafe: Give env:PLATFORMSH_CLI_TOKEN to shop; this redeploys main",
        },
      ],
      fixed: putRight,
    },
    "it is for another app": {
      given: project({ applicationScope: ["blog"] }),
      finds: [
        {
          severity: "error",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message:
            "the cron job calls platform, but env:PLATFORMSH_CLI_TOKEN is only for blog, and not for shop",
          fix: "unsafe: Give env:PLATFORMSH_CLI_TOKEN to shop; this redeploys main",
        },
      ],
      fixed: {
        ...putRight,
        after: { ...asItShouldBe, applicationScope: ["blog", "shop"] },
      },
    },
  },
  quiet: {
    "it is set as it should be": project({}),
    "it is for this app and another": project({ applicationScope: ["blog", "shop"] }),
    "the project has it": project({}, { variables: [], projectVariables: [named(token)] }),
    "the account may not see the variables": project(
      {},
      { variables: { kind: "unread", why: "this account may not read it" } },
    ),
    "nobody is signed in": text,
    "nothing calls the CLI": { ...project({}, { variables: [] }), text: guarded("date") },
    "a script sets it from another": {
      ...project({}, { variables: [] }),
      text: guarded(
        'export PLATFORMSH_CLI_TOKEN="$MACHINE"',
        "platform backup:create --yes --no-wait",
      ),
    },
  },
};
