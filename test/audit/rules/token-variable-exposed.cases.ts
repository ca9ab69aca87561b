import { asItShouldBe, named, project, putRight, text } from "../project.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "previews inherit it": {
      given: project({ inheritable: true }),
      finds: [
        {
          severity: "warning",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message: "env:PLATFORMSH_CLI_TOKEN on main is inherited by child environments",
          fix: "unsafe: Keep env:PLATFORMSH_CLI_TOKEN to main; this redeploys it",
        },
      ],
      fixed: putRight,
    },
    "its value can be read back": {
      given: project({ sensitive: false }),
      finds: [
        {
          severity: "warning",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message: "env:PLATFORMSH_CLI_TOKEN on main is not sensitive",
          fix: "unsafe: Keep env:PLATFORMSH_CLI_TOKEN to main; this redeploys it",
        },
      ],
      fixed: putRight,
    },
    "builds can read it": {
      given: project({ visibleAtBuild: true }),
      finds: [
        {
          severity: "warning",
          at: "variable env:PLATFORMSH_CLI_TOKEN on main",
          message: "env:PLATFORMSH_CLI_TOKEN on main is visible at build",
          fix: "unsafe: Keep env:PLATFORMSH_CLI_TOKEN to main; this redeploys it",
        },
      ],
      fixed: putRight,
    },
    "the project has one beside the environment's": {
      given: project({}, { projectVariables: [named("env:PLATFORMSH_CLI_TOKEN")] }),
      finds: [
        {
          severity: "warning",
          at: "variable env:PLATFORMSH_CLI_TOKEN of the project abcdefghijklm",
          message:
            "env:PLATFORMSH_CLI_TOKEN is a variable of the project, so every environment has it",
          fix: "unsafe: Delete env:PLATFORMSH_CLI_TOKEN of the project; main has its own",
        },
      ],
      fixed: {
        kind: "variable-deletion",
        name: "env:PLATFORMSH_CLI_TOKEN",
      },
    },
    "the project has it": {
      given: project(
        {},
        {
          variables: [],
          projectVariables: [
            { name: "env:PLATFORMSH_CLI_TOKEN", flags: asItShouldBe, inherited: false },
          ],
        },
      ),
      finds: [
        {
          severity: "warning",
          at: "variable env:PLATFORMSH_CLI_TOKEN of the project abcdefghijklm",
          message:
            "env:PLATFORMSH_CLI_TOKEN is a variable of the project, so every environment has it",
          fix: "by hand: Move env:PLATFORMSH_CLI_TOKEN to main",
        },
      ],
    },
  },
  quiet: {
    "it is set as it should be": project({}),
    "nobody is signed in": text,
  },
};
