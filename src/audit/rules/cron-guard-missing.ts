import { type AppScript, inScript, type ScriptKind, scriptsOf } from "../../automation/scripts.ts";
import { forgetsEnvironment, targetOf } from "../../automation/target.ts";
import { changesPlatform } from "../../shell/cli-call.ts";
import { type GuardTarget, guardedLines, guardVariablesOf } from "../../shell/guard.ts";
import { guardStatement } from "../../shell/replacement.ts";
import type { CliCommand } from "../../shell/script.ts";
import { vendorFor } from "../evidence/vendor.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { type AuditFacts, rule } from "../rule.ts";

/** A cron, a hook or a start command changes the environment it runs in, and runs in every environment. */
export const cronGuardMissing = rule({
  id: "cron-guard-missing",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A cron runs a CLI command that changes something, on every environment; or a hook or a start command backs up, redeploys or runs a source operation there.",
  why: "Crons, hooks and start commands come with the code, so each preview environment runs them too, and there the command acts on the preview, or once more on the environment that it names: it costs something, or it fails because there is no token. (Manual: “Crons”, conditional crons.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: `crons:
    backup:
        spec: '0 5 * * *'
        commands:
            start: |
                platform backup:create --yes --no-wait`,
    after: `crons:
    backup:
        spec: '0 5 * * *'
        commands:
            start: |
                if [ "$PLATFORM_BRANCH" = main ]; then
                    platform backup:create --yes --no-wait
                fi`,
  },
  ignore: "The job is meant for every environment.",
  check: (facts) =>
    scriptsOf(facts.app).flatMap((from) =>
      from.reading.commands
        .filter(
          (command) =>
            isForOne(command, from) &&
            isLoose(command) &&
            !forgetsEnvironment(command, from.reading.commands),
        )
        .map((command) => ({
          message: `${from.called} runs ${command.name}${forWhich(command)} on every environment`,
          severity: grave.has(command.name) ? ("error" as const) : ("warning" as const),
          location: placeIn(from, command),
          fix: guardFix(facts, from, command),
        })),
    ),
});

const grave = new Set(["backup:create", "environment:redeploy", "source-operation:run"]);

/**
 * Much of what a hook changes is meant for the environment that it sets up; these never are. Of a redeployment after each
 * deployment hook-redeploys-itself tells: a guard doesn't help there.
 */
function isForOne({ name }: CliCommand, { kind }: AppScript): boolean {
  if (kind === "post_deploy" && name === "environment:redeploy") return false;
  return kind === "cron" || kind === "cron_stop" || (everywhere.has(kind) && grave.has(name));
}

const everywhere: ReadonlySet<ScriptKind> = new Set([
  "deploy",
  "post_deploy",
  "pre_start",
  "start",
  "post_start",
]);

/** The environment that a command names: each environment then does the same to that one. */
function forWhich(command: CliCommand): string {
  const target = targetOf(command);
  return target.kind === "named" ? ` for ${target.environment}` : "";
}

function isLoose(command: CliCommand): boolean {
  const { guard } = command;
  // A guard that doesn't do what it was to do is put right, and gets no second one behind it.
  const isMeant = guard.test !== undefined || guard.flaws.some(({ isGuard }) => isGuard);
  const unguarded = guard.kind === "unguarded" && !isMeant;
  return unguarded && changesPlatform(command) && ["own", "named"].includes(targetOf(command).kind);
}

function guardFix(
  { defaultBranch, ...facts }: AuditFacts,
  from: AppScript,
  command: CliCommand,
): FixPlan {
  const { vendor } = vendorFor(facts);
  const why = targetOf(command).kind === "own" ? notOfProduction.get(command.name) : undefined;
  if (why !== undefined)
    return byHand(`Run ${command.name} on one environment only`, {
      what: "Which environment it is for, only you know",
      why,
      next: `put it behind a test of ${guardVariablesOf(vendor).branch}`,
    });
  const guard: GuardTarget =
    defaultBranch === undefined
      ? { kind: "type", type: "production", vendor }
      : { kind: "branch", branch: defaultBranch.name, vendor };
  const where = guard.kind === "branch" ? `the branch ${guard.branch}` : `the type ${guard.type}`;
  const title = `Run ${command.name} on ${where} only`;
  const { text, style } = from.script;
  const replacement = guardStatement(
    text,
    command.start,
    guard,
    style === "literal" || style === "included",
  );
  if (replacement !== undefined) {
    const call = { ...inScript(from, command), name: command.written };
    const because = doubtOf(from, command, guard);
    return scriptFix(
      from,
      because === undefined
        ? { title, promises: { kind: "guarded", call, guard } }
        : { title, disposition: "unsafe", because },
      replacement,
    );
  }
  return byHand(title, {
    what: "The command can't be moved behind a guard by itself",
    why: "it is in the background, with a here-document, or made of words that are set before",
    next: `put it behind a test of ${guardVariablesOf(vendor)[guard.kind]}`,
    paste: guardedLines(guard, [text.slice(command.start, command.end)]).join("\n"),
  });
}

/** What is work for another environment than production, which is therefore not where a guard is to keep it. */
const notOfProduction: ReadonlyMap<string, string> = new Map([
  ["backup:restore", "it overwrites what is there"],
  ["environment:activate", "production is never inactive"],
  ["environment:delete", "production can't be deleted"],
  ["environment:merge", "production has no parent to merge into"],
  ["environment:pause", "it is previews that are paused"],
  ["environment:resume", "it is previews that are paused"],
  ["environment:synchronize", "production has no parent to receive from"],
  ["source-operation:run", "it commits code, which belongs on a branch to be tested first"],
]);

/** Why only a person can say whether a command is to run where the guard keeps it. */
function doubtOf(from: AppScript, command: CliCommand, guard: GuardTarget): string | undefined {
  if (from.caller !== undefined) return `${from.path} may be called from elsewhere too`;
  const target = targetOf(command);
  const isItself =
    guard.kind === "branch" && target.kind === "named"
      ? target.environment === guard.branch && !isByVariable(target.environment, command, from)
      : target.kind === "own";
  return isItself ? undefined : `${command.name}${forWhich(command)} may be meant to run elsewhere`;
}

/** Whether a variable names the environment: in `${TARGET:-main}`, another one may set it to something else. */
function isByVariable(environment: string, command: CliCommand, { script }: AppScript): boolean {
  return command.arguments.some(
    ({ text, start, end }) =>
      text.endsWith(environment) && script.text.slice(start, end).includes("$"),
  );
}
