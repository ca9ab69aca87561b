import { isSeq } from "yaml";
import type { AppFile } from "../../appfile/app-file.ts";
import { type AppJob, jobsOf } from "../../automation/job.ts";
import type { VariableUpdate } from "../../change/change.ts";
import { valueIn } from "../../fact.ts";
import type { Variable } from "../../platform/variables.ts";
import { allVendors } from "../../vendors/registry.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { nodeAt } from "../../yaml/nodes.ts";
import { homesRead, variableOn } from "../evidence/at-home.ts";
import { byHand, platformFix } from "../findings/fix.ts";
import { type EnvironmentFacts, type PlatformFacts, type Rule, rule } from "../rule.ts";

/** The CLI is called, and has no token that it could sign in with. */
export const tokenVariableMissing = rule({
  id: "token-variable-missing",
  severity: "error",
  confidence: "high",
  needs: "platform",
  reads: ["variables", "projectVariables"],
  fixable: "unsafe",
  what: "The CLI is called, but no variable gives it a token.",
  why: "Without a token the CLI asks for a login and ends with code 3. The command platform reads PLATFORMSH_CLI_TOKEN, upsun UPSUN_CLI_TOKEN, and each other vendor's its own, from a variable that is enabled, visible at runtime, and has the prefix env: in its name; one that names apps is for those alone. (Manual: “API tokens”, “Set variables”.)",
  manual: "administration/cli/api-tokens",
  example: {
    before: "PLATFORMSH_CLI_TOKEN on main",
    after: "env:PLATFORMSH_CLI_TOKEN on main",
  },
  ignore: "The CLI is signed in in another way, or only runs commands that need no login.",
  check: ({ app, platform, environmentFile }) => {
    if (platform === undefined) return [];
    const texts = `${app.text}\n${environmentFile?.text ?? ""}`;
    return allVendors
      .filter(({ tokenEnv }) => !new RegExp(`\\b${tokenEnv}\\s*[=:]`, "u").test(texts))
      .flatMap((vendor) =>
        [...callersByHome(app, vendor.binary, platform)].flatMap(([home, job]) =>
          missingOn(home, { app, job, vendor, platform }),
        ),
      );
  },
});

/** By environment, the first job there that calls a CLI so that it has to sign in; one with authorizations comes last. */
function callersByHome(
  app: AppFile,
  binary: string,
  platform: PlatformFacts,
): ReadonlyMap<EnvironmentFacts, AppJob> {
  const callers = new Map<EnvironmentFacts, AppJob>();
  for (const job of jobsOf(app)) {
    const calls = job.calls.filter((call) => call.binary === binary && call.name.includes(":"));
    if (job.kind === "build" || calls.length === 0) continue;
    for (const home of homesRead({ calls }, platform)) {
      const before = callers.get(home);
      if (before === undefined || (hasAuthorizations(before) && !hasAuthorizations(job)))
        callers.set(home, job);
    }
  }
  return callers;
}

/**
 * Whether the container of a job may do something without a token: its application or task lists authorizations. A worker
 * has those of its application, unless it has a list of its own (Upsun, "Authorizations").
 */
function hasAuthorizations({ file: { map, source, commands }, scripts }: AppJob): boolean {
  const worker = commands.find(
    ({ of, script }) => of === "worker" && script === scripts[0]?.script,
  );
  const own = worker && nodeAt(map, ["workers", worker.name, "authorizations"], source.document);
  const list = own ?? nodeAt(map, ["authorizations"], source.document);
  return isSeq(list) && list.items.length > 0;
}

interface Call {
  readonly app: AppFile;
  readonly job: AppJob;
  readonly vendor: Vendor;
  readonly platform: PlatformFacts;
}

/** What keeps the token from a call on an environment. */
function missingOn(
  home: EnvironmentFacts,
  { app, job, vendor: { binary, tokenVariable }, platform }: Call,
): ReturnType<Rule["check"]> {
  const variable = variableOn(home, platform, tokenVariable);
  if (variable.kind === "unread") return [];
  const { id } = home.environment;
  const ofEnvironment = valueIn(home.variables) ?? [];
  const there = [...ofEnvironment, ...(valueIn(platform.projectVariables) ?? [])];
  const found = valueIn(variable);
  const lacks = found === undefined ? [] : lacksOf(found, app);
  const location = { kind: "resource" as const, resource: `variable ${tokenVariable} on ${id}` };
  const calls = `${job.called} calls ${binary}`;
  // The vendor's own way without a token; which actions it may be given isn't published (Upsun, "Authorizations").
  if (found === undefined && hasAuthorizations(job))
    return [
      {
        message: `${calls} without a variable ${tokenVariable}; what runs it has authorizations, which may serve in its stead on its own environment`,
        severity: "info",
        confidence: "low",
        location,
      },
    ];
  if (found === undefined)
    return [
      {
        message: `${calls}, but ${insteadOf(there, tokenVariable) ?? `there is no variable ${tokenVariable} on ${id}`}`,
        location,
        fix: byHand("Set the variable", {
          what: "Only whoever has the token can set it",
          next: "run machinist setup, which checks the token before it is stored",
        }),
      },
    ];
  if (lacks.length === 0) return [];
  const message = `${calls}, but ${tokenVariable} is ${lacks.join(" and ")}`;
  if (!ofEnvironment.includes(found) || found.inherited) return [{ message, location }];
  const change: VariableUpdate = {
    kind: "variable-update",
    project: platform.project.id,
    environment: id,
    name: tokenVariable,
    before: found.flags,
    after: {
      ...found.flags,
      enabled: true,
      visibleAtRuntime: true,
      applicationScope: scopeWith(found, app),
    },
  };
  const title = `Give ${tokenVariable} to ${app.name}; this redeploys ${id}`;
  return [{ message, location, fix: platformFix({ title, disposition: "unsafe" }, change) }];
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
  const access = allVendors.find(({ accessTokenEnv }) =>
    known.some(({ name }) => name === `env:${accessTokenEnv}`),
  );
  if (access !== undefined)
    return `env:${access.accessTokenEnv} is for access tokens, which last 15 minutes, and takes no API token`;
  const other = allVendors.find(({ tokenVariable }) =>
    known.some(({ name }) => name === tokenVariable),
  );
  return other && `the token is in ${other.tokenVariable}, which is for ${other.binary}`;
}
