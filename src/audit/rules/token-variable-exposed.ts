import type { VariableUpdate } from "../../change/change.ts";
import { valueIn } from "../../fact.ts";
import type { Variable, VariableFlags } from "../../platform/variables.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, platformFix } from "../fix.ts";
import { type PlatformFacts, rule } from "../rule.ts";

/** The token is where more people or programs can read it than need it. */
export const tokenVariableExposed = rule({
  id: "token-variable-exposed",
  severity: "warning",
  confidence: "high",
  needs: "platform",
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
    const { project, environment, vendor } = platform;
    const name = vendor.tokenVariable;
    const own = valueIn(platform.variables)?.find((variable) => variable.name === name);
    const exposures = own === undefined || own.inherited ? [] : exposuresOf(own.flags);
    const change: VariableUpdate | undefined =
      own === undefined || exposures.length === 0
        ? undefined
        : {
            kind: "variable-update",
            project: project.id,
            environment: environment.id,
            name,
            before: own.flags,
            after: { ...own.flags, sensitive: true, inheritable: false, visibleAtBuild: false },
          };
    const inProject = valueIn(platform.projectVariables)?.find(
      (variable) => variable.name === name,
    );
    return [
      ...(change === undefined
        ? []
        : [
            {
              message: `${name} on ${environment.id} is ${exposures.join(", ")}`,
              location: {
                kind: "resource" as const,
                resource: `variable ${name} on ${environment.id}`,
              },
              fix: platformFix(
                {
                  title: `Keep ${name} to ${environment.id}; this redeploys it`,
                  disposition: "unsafe",
                },
                change,
              ),
            },
          ]),
      ...(inProject === undefined
        ? []
        : [
            {
              message: `${name} is a variable of the project, so every environment has it`,
              location: {
                kind: "resource" as const,
                resource: `variable ${name} of the project ${project.id}`,
              },
              fix: withoutOneOfTheProject(platform, inProject, own),
            },
          ]),
    ];
  },
});

/** The project's is deleted only where the environment has one of its own, or the automation would be without. */
function withoutOneOfTheProject(
  { project, environment, variables }: PlatformFacts,
  { name, flags }: Variable,
  own: Variable | undefined,
): FixPlan {
  if (own === undefined || own.inherited || !own.flags.enabled)
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
