import type { VariableUpdate } from "../../change/change.ts";
import { valueIn } from "../../fact.ts";
import type { Deployment } from "../../platform/deployments.ts";
import { readScript } from "../../shell/script.ts";
import { platformFix } from "../fix.ts";
import { rule } from "../rule.ts";

/** Several apps get the token, and not all of them use it. */
export const tokenVariableForEveryApp = rule({
  id: "token-variable-for-every-app",
  severity: "info",
  confidence: "medium",
  needs: "platform",
  reads: ["variables", "deployment"],
  fixable: "unsafe",
  what: "Apps get the token that don't call the CLI.",
  why: "Every app that gets the variable can use the rights of the machine user, and so can whoever breaks into it. The variable may name the apps it is for. (Manual: “Set variables”.)",
  manual: "development/variables/set-variables",
  example: {
    before: "env:PLATFORMSH_CLI_TOKEN on main, for all apps",
    after: "env:PLATFORMSH_CLI_TOKEN on main, for the app shop",
  },
  ignore: "Another app uses the token in its own code.",
  check: ({ platform }) => {
    const deployment = platform && valueIn(platform.deployment);
    if (platform === undefined || deployment === undefined) return [];
    const { environment, project, vendor } = platform;
    const name = vendor.tokenVariable;
    const own = valueIn(platform.variables)?.find((one) => one.name === name && !one.inherited);
    const callers = callersIn(deployment);
    const isTight = own === undefined || own.flags.applicationScope.length > 0;
    if (isTight || callers.length === 0 || callers.length === deployment.apps.length) return [];
    const change: VariableUpdate = {
      kind: "variable-update",
      project: project.id,
      environment: environment.id,
      name,
      before: own.flags,
      after: { ...own.flags, applicationScope: callers },
    };
    const only = callers.join(" and ");
    return [
      {
        message: `${deployment.apps.length === 2 ? "Both" : `All ${deployment.apps.length}`} apps get ${name}, but only ${only} call${callers.length === 1 ? "s" : ""} the CLI`,
        location: { kind: "resource", resource: `variable ${name} on ${environment.id}` },
        fix: platformFix(
          {
            title: `Give ${name} to ${only} only; this redeploys ${environment.id}`,
            disposition: "unsafe",
          },
          change,
        ),
      },
    ];
  },
});

/** The apps whose crons, hooks after the build, or source operations call the CLI as they are deployed. */
function callersIn({ apps }: Deployment): readonly string[] {
  return apps
    .filter(({ crons, hooks, sourceOperations }) =>
      [
        ...crons.map(({ command }) => command),
        hooks.deploy ?? "",
        hooks.postDeploy ?? "",
        ...sourceOperations.map(({ command }) => command),
      ].some((script) => script === undefined || readScript(script).commands.length > 0),
    )
    .map(({ name }) => name);
}
