import type { VariableUpdate } from "../../change/change.ts";
import { valueIn } from "../../fact.ts";
import type { Variable, VariableFlags } from "../../platform/variables.ts";
import { environmentsRead, ownVariable } from "../evidence/at-home.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, platformFix } from "../findings/fix.ts";
import { type EnvironmentFacts, type PlatformFacts, type Rule, rule } from "../rule.ts";

/** The token is where more people or programs can read it than need it. */
export const tokenVariableExposed = rule({
  id: "token-variable-exposed",
  severity: "warning",
  confidence: "high",
  needs: "platform",
  security: "high",
  reads: ["variables", "projectVariables"],
  fixable: "unsafe",
  what: "The variable with the API token can be read by more than the environment that needs it.",
  why: "Whoever reads the token has all rights of its account. Child environments inherit the variable unless told not to, the build shows it to every package's install script, and a value that isn't sensitive is shown in the Console. (Manual: “Set variables”, “API tokens”.)",
  manual: "development/variables/set-variables",
  example: {
    before: "env:PLATFORMSH_CLI_TOKEN on main: sensitive, inheritable, visible at build",
    after: "env:PLATFORMSH_CLI_TOKEN on main: sensitive, not inheritable, not visible at build",
  },
  ignore: "The token is needed on previews, or the build hook really signs in.",
  check: ({ platform }) => {
    if (platform === undefined) return [];
    const { project, vendor } = platform;
    const name = vendor.tokenVariable;
    const inProject = valueIn(platform.projectVariables)?.find(
      (variable) => variable.name === name,
    );
    return [
      ...environmentsRead(platform).flatMap((facts) => exposureOn(facts, name, project.id)),
      ...(inProject === undefined
        ? []
        : [
            {
              message: `${name} is a variable of the project, so every environment has it`,
              location: {
                kind: "resource" as const,
                resource: `variable ${name} of the project ${project.id}`,
              },
              fix: withoutOneOfTheProject(platform, inProject, ownVariable(platform, name)),
            },
          ]),
    ];
  },
});

function exposureOn(
  facts: EnvironmentFacts,
  name: string,
  project: string,
): ReturnType<Rule["check"]> {
  const { id } = facts.environment;
  const own = ownVariable(facts, name);
  const exposures = own === undefined ? [] : exposuresOf(own.flags);
  if (own === undefined || exposures.length === 0) return [];
  const change: VariableUpdate = {
    kind: "variable-update",
    project,
    environment: id,
    name,
    before: own.flags,
    after: { ...own.flags, sensitive: true, inheritable: false, visibleAtBuild: false },
  };
  return [
    {
      message: `${name} on ${id} is ${exposures.join(", ")}`,
      location: { kind: "resource", resource: `variable ${name} on ${id}` },
      fix: platformFix(
        { title: `Keep ${name} to ${id}; this redeploys it`, disposition: "unsafe" },
        change,
      ),
    },
  ];
}

/** The project's is deleted only where the environment has one of its own, or the automation would be without. */
function withoutOneOfTheProject(
  { project, environment, variables }: PlatformFacts,
  { name, flags }: Variable,
  own: Variable | undefined,
): FixPlan {
  if (own === undefined || !own.flags.enabled)
    return byHand(`Move ${name} to ${environment.id}`, {
      what:
        variables.kind === "unread"
          ? `Whether ${environment.id} has a ${name} of its own can't be seen: ${variables.why}`
          : `${environment.id} has no ${name} of its own`,
      next: "machinist setup sets it there and takes the project's away",
    });
  return platformFix(
    {
      title: `Delete ${name} of the project; ${environment.id} has its own`,
      disposition: "unsafe",
    },
    { kind: "variable-deletion", project: project.id, name, flags },
  );
}

function exposuresOf(flags: VariableFlags): readonly string[] {
  return [
    ...(flags.sensitive ? [] : ["not sensitive"]),
    ...(flags.inheritable ? ["inherited by child environments"] : []),
    ...(flags.visibleAtBuild ? ["visible at build"] : []),
  ];
}
