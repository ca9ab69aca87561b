import { asItShouldBe, calling, deployed, idle, project, text } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "one of two apps calls the CLI": {
      given: project({}, { deployment: deployed(calling, idle) }),
      finds: [
        {
          severity: "info",
          confidence: "medium",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message: "Both apps get env:PLATFORMSH_CLI_TOKEN, but only shop calls the CLI",
          fix: "unsafe: Give env:PLATFORMSH_CLI_TOKEN to shop only; this redeploys main",
        },
      ],
      fixed: {
        kind: "variable-update",
        after: { ...asItShouldBe, applicationScope: ["shop"] },
      },
    },
  },
  quiet: {
    "both apps call it": project({}, { deployment: deployed(calling, { ...calling, name: "b" }) }),
    "neither calls it": project({}, { deployment: deployed(idle, { ...idle, name: "b" }) }),
    "it is for one app already": project(
      { applicationScope: ["shop"] },
      { deployment: deployed(calling, idle) },
    ),
    "nobody is signed in": text,
  },
};
