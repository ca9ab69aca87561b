import type { AppFile } from "../../appfile/app-file.ts";
import { scriptsOf } from "../../automation/scripts.ts";
import type { VariableUpdate } from "../../change/change.ts";
import { valueIn } from "../../fact.ts";
import type { Variable } from "../../platform/variables.ts";
import { vendors } from "../../vendors/registry.ts";
import { byHand, platformFix } from "../fix.ts";
import { type Rule, rule } from "../rule.ts";

/** The CLI is called, and has no token that it could sign in with. */
export const tokenVariableMissing = rule({
  id: "token-variable-missing",
  severity: "error",
  confidence: "high",
  needs: "platform",
  reads: ["variables", "projectVariables"],
  fixable: "unsafe",
  what: "The CLI is called, but no variable gives it a token.",
  why: "Without a token the CLI asks for a login and ends with code 3. Platform reads PLATFORMSH_CLI_TOKEN and upsun UPSUN_CLI_TOKEN, from a variable that is enabled, visible at runtime, and has the prefix env: in its name; one that names apps is for those alone. (Manual: “API tokens”, “Set variables”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "PLATFORMSH_CLI_TOKEN on main",
    after: "env:PLATFORMSH_CLI_TOKEN on main",
  },
  ignore: "The CLI is signed in in another way, or only runs commands that need no login.",
  check: ({ app, platform, environmentFile }) => {
    const ofEnvironment = platform && valueIn(platform.variables);
    const ofProject = platform && valueIn(platform.projectVariables);
    if (platform === undefined || ofEnvironment === undefined || ofProject === undefined) return [];
    const texts = `${app.text}\n${environmentFile?.text ?? ""}`;
    return Object.values(vendors).flatMap(
      ({ tokenVariable, tokenEnv, binary }): ReturnType<Rule["check"]> => {
        const caller = firstCaller(app, binary);
        const isSetElsewhere = new RegExp(`\\b${tokenEnv}\\s*[=:]`, "u").test(texts);
        if (caller === undefined || isSetElsewhere) return [];
        const { environment, project } = platform;
        const known = [...ofEnvironment, ...ofProject];
        const found = known.find(({ name }) => name === tokenVariable);
        const lacks = found === undefined ? [] : lacksOf(found, app);
        if (found !== undefined && lacks.length === 0) return [];
        const calls = `${caller} calls ${binary}`;
        if (found === undefined)
          return [
            {
              message: `${calls}, but ${insteadOf(known, tokenVariable) ?? `there is no variable ${tokenVariable} on ${environment.id}`}`,
              location: {
                kind: "resource" as const,
                resource: `variable ${tokenVariable} on ${environment.id}`,
              },
              fix: byHand("Set the variable", {
                what: "Only whoever has the token can set it",
                next: "run machinist setup, which checks the token before it is stored",
              }),
            },
          ];
        const change: VariableUpdate = {
          kind: "variable-update",
          project: project.id,
          environment: environment.id,
          name: tokenVariable,
          before: found.flags,
          after: {
            ...found.flags,
            enabled: true,
            visibleAtRuntime: true,
            applicationScope: scopeWith(found, app),
          },
        };
        const isOwn = ofEnvironment.includes(found) && !found.inherited;
        return [
          {
            message: `${calls}, but ${tokenVariable} is ${lacks.join(" and ")}`,
            location: {
              kind: "resource" as const,
              resource: `variable ${tokenVariable} on ${environment.id}`,
            },
            ...(isOwn
              ? {
                  fix: platformFix(
                    {
                      title: `Give ${tokenVariable} to ${app.name}; this redeploys ${environment.id}`,
                      disposition: "unsafe",
                    },
                    change,
                  ),
                }
              : {}),
          },
        ];
      },
    );
  },
});

function firstCaller(app: AppFile, binary: string): string | undefined {
  return scriptsOf(app).find(
    ({ kind, reading }) =>
      kind !== "build" &&
      reading.commands.some((command) => command.binary === binary && command.name.includes(":")),
  )?.called;
}

function lacksOf(variable: Variable, app: AppFile): readonly string[] {
  const { flags } = variable;
  return [
    ...(flags.enabled ? [] : ["disabled"]),
    ...(flags.visibleAtRuntime ? [] : ["not visible at runtime"]),
    ...(scopeWith(variable, app) === flags.applicationScope
      ? []
      : [`only for ${flags.applicationScope.join(" and ")}, and not for ${app.name}`]),
  ];
}

/** The apps that get it, with this one among them; none are named where all get it. */
function scopeWith({ flags: { applicationScope } }: Variable, { name }: AppFile) {
  return applicationScope.length === 0 || applicationScope.includes(name)
    ? applicationScope
    : [...applicationScope, name];
}

/** What is there in its stead. */
function insteadOf(known: readonly Variable[], wanted: string): string | undefined {
  const bare = wanted.replace(/^env:/u, "");
  if (known.some(({ name }) => name === bare))
    return `the variable ${bare} lacks the prefix env:, so that no program sees it`;
  const other = Object.values(vendors).find(({ tokenVariable }) =>
    known.some(({ name }) => name === tokenVariable),
  );
  return other && `the token is in ${other.tokenVariable}, which is for ${other.binary}`;
}
