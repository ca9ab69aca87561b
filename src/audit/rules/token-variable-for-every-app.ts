import { deployedJobsOf } from "../../automation/job.ts";
import type { VariableUpdate } from "../../change/change.ts";
import { valueIn } from "../../fact.ts";
import type { Deployment } from "../../platform/deployments.ts";
import { environmentsRead, ownVariable } from "../evidence/at-home.ts";
import { platformFix } from "../findings/fix.ts";
import { type EnvironmentFacts, type Rule, rule } from "../rule.ts";

/** Several apps get the token, and not all of them use it. */
export const tokenVariableForEveryApp = rule({
  id: "token-variable-for-every-app",
  severity: "info",
  confidence: "medium",
  needs: "platform",
  security: "medium",
  reads: ["variables", "deployment"],
  fixable: "unsafe",
  what: "Apps that don't call the CLI get the token.",
  why: "Every app that gets the variable can use the rights of the machine user, and so can whoever breaks into it. The variable may name the apps it is for. (Manual: “Set variables”.)",
  manual: "development/variables/set-variables",
  example: {
    before: "env:PLATFORMSH_CLI_TOKEN on main, for all apps",
    after: "env:PLATFORMSH_CLI_TOKEN on main, for the app shop",
  },
  ignore: "Another app uses the token in its own code.",
  check: ({ platform }) =>
    platform === undefined
      ? []
      : environmentsRead(platform).flatMap((facts) =>
          tooWide(facts, platform.vendor.tokenVariable, platform.project.id),
        ),
});

function tooWide(
  facts: EnvironmentFacts,
  name: string,
  project: string,
): ReturnType<Rule["check"]> {
  const { id } = facts.environment;
  const deployment = valueIn(facts.deployment);
  const own = ownVariable(facts, name);
  if (deployment === undefined || own === undefined) return [];
  const callers = callersIn(deployment);
  const isTight = own.flags.applicationScope.length > 0;
  if (isTight || callers.length === 0 || callers.length === deployment.apps.length) return [];
  const change: VariableUpdate = {
    kind: "variable-update",
    project,
    environment: id,
    name,
    before: own.flags,
    after: { ...own.flags, applicationScope: callers },
  };
  const only = callers.join(" and ");
  return [
    {
      message: `${deployment.apps.length === 2 ? "Both" : `All ${deployment.apps.length}`} apps get ${name}, but only ${only} call${callers.length === 1 ? "s" : ""} the CLI`,
      location: { kind: "resource", resource: `variable ${name} on ${id}` },
      fix: platformFix(
        { title: `Give ${name} to ${only} only; this redeploys ${id}`, disposition: "unsafe" },
        change,
      ),
    },
  ];
}

/** The apps that call the CLI once they run, as they are deployed, or that may because a script of theirs isn't known. */
function callersIn({ apps }: Deployment): readonly string[] {
  return apps
    .filter((app) => deployedJobsOf(app).some(({ kind }) => kind !== "build"))
    .map(({ name }) => name);
}
