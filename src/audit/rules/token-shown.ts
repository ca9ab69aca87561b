import { type AppScript, runtimeCalls, scriptsOf } from "../../automation/scripts.ts";
import { valueIn } from "../../fact.ts";
import { namesToken, tokenLeaks } from "../../shell/token-leak.ts";
import { goesAway, isServed } from "../evidence/app-folder.ts";
import { placeIn } from "../findings/places.ts";
import { type AuditFacts, rule } from "../rule.ts";

/** A script writes the token to a log. */
export const tokenShown = rule({
  id: "token-shown",
  severity: "warning",
  confidence: "high",
  needs: "files",
  security: "critical",
  reads: ["variables", "projectVariables"],
  fixable: "by-hand",
  what: "A script prints the API token, or all variables with it, writes it where it is served, or sends it to another host than the platform's.",
  why: "Logs of builds, deployments and crons are open to everybody with access to the project, and are kept. Whoever has the token may do what its account may. (Manual: “API tokens”, “Access logs”.)",
  manual: "administration/cli/api-tokens",
  example: { before: 'echo "token: $PLATFORMSH_CLI_TOKEN"', after: 'echo "token is set"' },
  ignore: "The output goes to a file that nobody else reads.",
  check: (facts) => {
    const hasToken = isGiven(facts);
    return scriptsOf(facts.app).flatMap((from) =>
      tokenLeaks(
        from.script.text,
        early.has(from.kind) ? from.kind !== "build" && from.reading.commands.length > 0 : hasToken,
        (file) => isPublic(from, file),
      ).map(({ says, ...place }) => ({
        message: `${from.called} ${says}`,
        location: placeIn(from, place),
      })),
    );
  },
});

/** Whether a file that a script writes is served; a path counts from the app's folder unless the script leaves that. */
function isPublic({ app, kind, script }: AppScript, file: string): boolean {
  if (kind === "source_operation" || (!file.startsWith("/") && goesAway(script.text))) return false;
  return isServed(app, file, kind === "build" ? "build" : "runtime");
}

/** They run in a container for builds, where the token isn't among the variables as long as nobody asked for it. */
const early = new Set(["build", "source_operation"]);

/** Whether the token is among the variables of the app once it runs: it calls the CLI or names the token, or has the variable. */
function isGiven({ app, platform }: AuditFacts): boolean {
  const parts = platform === undefined ? [] : [platform.variables, platform.projectVariables];
  return (
    runtimeCalls(app).length > 0 ||
    scriptsOf(app).some(({ kind, script }) => !early.has(kind) && namesToken(script.text)) ||
    parts
      .flatMap((part) => valueIn(part) ?? [])
      .some(({ name, flags }) => namesToken(name) && flags.enabled && flags.visibleAtRuntime)
  );
}
