import { type AppScript, calledTexts, runtimeCalls, scriptsOf } from "../../automation/scripts.ts";
import { valueIn } from "../../fact.ts";
import { type FileReach, namesToken, tokenLeaks } from "../../shell/token-leak.ts";
import { goesAway, isKept, isServed } from "../evidence/app-folder.ts";
import { placeAt, placeIn } from "../findings/places.ts";
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
  what: "A script prints the API token, or all variables with it, writes it where it is served or kept, or sends it to another host than the platform's.",
  why: "Logs of builds, deployments and crons are open to everybody with access to the project, and are kept. What is in a mount gets into backups, and with a copy of the data to environments that the token is kept from. Whoever has the token may do what its account may. (Manual: “API tokens”, “Access logs”, “Mounts”, “Backups”.)",
  manual: "administration/cli/api-tokens",
  example: { before: 'echo "token: $PLATFORMSH_CLI_TOKEN"', after: 'echo "token is set"' },
  ignore: "The output goes to a file that nobody else reads.",
  check: (facts) => {
    const hasToken = isGiven(facts);
    const { app, environmentFile } = facts;
    const files = calledTexts(app);
    return [
      ...inEnvironmentFile(facts, hasToken),
      ...scriptsOf(app).flatMap((from) => [
        ...tokenLeaks(from.script.text, hasIt(from, hasToken), {
          reachOf: (file) => reachOf(from, file),
          ...(goesAway(from.script.text) ? {} : { files }),
          ...(environmentFile === undefined ? {} : { before: environmentFile.text }),
        }).map(({ says, isKept, ...place }) => ({
          message: `${from.called} ${says}`,
          ...(isKept === true ? note : {}),
          location: placeIn(from, place),
        })),
        ...inTasks(from, hasIt(from, hasToken)),
      ]),
    ];
  },
});

/** Whether the token is among the variables of a script; during a build it is where the script calls the CLI. */
function hasIt({ kind, reading }: AppScript, isGiven: boolean): boolean {
  return early.has(kind) ? kind !== "build" && reading.commands.length > 0 : isGiven;
}

/** What every hook and cron shows, because the shell reads it first. */
function inEnvironmentFile({ environmentFile: file }: AuditFacts, hasToken: boolean) {
  return file === undefined
    ? []
    : tokenLeaks(file.text, hasToken).map(({ says, start, end }) => ({
        message: `${file.shown}, which every shell reads first, ${says}`,
        location: placeAt(file, start, end),
      }));
}

/** What the lines of a task of make or of a package manager show; it is pointed at where the script runs it. */
function inTasks(from: AppScript, hasToken: boolean) {
  const { text } = from.script;
  return [...from.reading.tasks].flatMap(([task, lines]) => {
    const at = text.indexOf(task);
    const place = at === -1 ? { start: 0, end: text.length } : { start: at, end: at + task.length };
    return lines
      .flatMap((line) => tokenLeaks(line, hasToken))
      .slice(0, 1)
      .map(({ says }) => ({
        message: `${task}, which ${from.called} runs, ${says}`,
        location: placeIn(from, place),
      }));
  });
}

/** Whoever has SSH to an environment may read its variables anyway; a copy of its data is on other environments, too. */
const note = { severity: "info", confidence: "medium" } as const;

/** Who gets to see a file that a script writes; a path counts from the app's folder unless the script leaves that. */
function reachOf({ app, kind, script }: AppScript, file: string): FileReach {
  if (kind === "source_operation" || (!file.startsWith("/") && goesAway(script.text)))
    return "nobody";
  if (isServed(app, file, kind === "build" ? "build" : "runtime")) return "everybody";
  return kind !== "build" && isKept(app, file) ? "copies" : "nobody";
}

/** They run in a container for builds, where the token isn't among the variables as long as nobody asked for it. */
const early = new Set(["build", "source_operation"]);

/** Whether the token is among the variables of the app once it runs: it calls the CLI or names the token, or has the variable. */
function isGiven({ app, platform, environmentFile }: AuditFacts): boolean {
  const parts = platform === undefined ? [] : [platform.variables, platform.projectVariables];
  return (
    runtimeCalls(app).length > 0 ||
    scriptsOf(app).some(({ kind, script }) => !early.has(kind) && namesToken(script.text)) ||
    namesToken(environmentFile?.text ?? "") ||
    parts
      .flatMap((part) => valueIn(part) ?? [])
      .some(({ name, flags }) => namesToken(name) && flags.enabled && flags.visibleAtRuntime)
  );
}
