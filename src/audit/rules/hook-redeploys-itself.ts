import { type AppScript, runningCommands, scriptsOf } from "../../automation/scripts.ts";
import { targetOf } from "../../automation/target.ts";
import { flagValue, hasFlag, positionals, whyIdle } from "../../shell/cli-call.ts";
import { redeploying } from "../../shell/cli-commands.ts";
import { type CliCommand, chanceOn } from "../../shell/script.ts";
import { byHand } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { type Problem, rule } from "../rule.ts";

/** The post-deploy hook starts the deployment that runs it again. */
export const hookRedeploysItself = rule({
  id: "hook-redeploys-itself",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "The post-deploy hook does what has the environment that it runs on deployed anew.",
  why: "The post-deploy hook runs after every deployment, and after a redeployment that changes nothing, too: each one starts the next, without an end. A synchronization, a backup that is restored and a variable of the environment that gets another value redeploy it as well. (Manual: “Hooks”, “Build and deploy”, “Set variables”.)",
  manual: "create-apps/hooks",
  example: {
    before: `hooks:
    post_deploy: |
        php bin/warm-up.php
        platform redeploy --yes --no-wait`,
    after: `hooks:
    post_deploy: |
        php bin/warm-up.php`,
  },
  ignore: "Something that can't be seen here ends it after the first time.",
  check: ({ app }) =>
    scriptsOf(app)
      .filter(({ kind }) => kind === "post_deploy")
      .flatMap((from) =>
        runningCommands(from).flatMap((command) => {
          const said = sayingOf(command, from);
          if (said === undefined || targetOf(command).kind !== "own") return [];
          const { does, ...doubt } = said;
          const chance = chanceOn(command, {})?.split("\n", 1)[0];
          const again = chance === undefined ? "again" : `again or not, depending on ${chance}`;
          return [
            {
              message: `${from.called} ${does}, which runs it ${again}`,
              ...(chance === undefined ? doubt : inDoubt),
              location: placeIn(from, command),
              fix: byHand(`Take ${nouns.get(command.name) ?? "it"} out`, {
                what: "What it was to bring about, only you know",
                next: "take it out; what is to be done from time to time is a cron's work",
              }),
            },
          ];
        }),
      ),
});

/** A file that the first run leaves behind may be what ends it. */
const inDoubt = { severity: "warning", confidence: "low" } as const;

const nouns: ReadonlyMap<string, string> = new Map([
  ["backup:restore", "the restoration"],
  ["environment:redeploy", "the redeployment"],
  ["environment:synchronize", "the synchronization"],
  ["source-operation:run", "the source operation"],
  ["variable:create", "the variable"],
  ["variable:set", "the variable"],
  ["variable:update", "the variable"],
]);

/** What a call does to its own environment, each time that the hook runs; undefined where that has an end. */
function sayingOf(
  command: CliCommand,
  from: AppScript,
): ({ readonly does: string } & Pick<Problem, "severity" | "confidence">) | undefined {
  const { name } = command;
  if (whyIdle(command) !== undefined) return undefined;
  switch (redeploying.get(name)) {
    case "with a commit":
      return {
        does: `runs a source operation on its own environment, and what that commits is deployed`,
        severity: "warning",
        confidence: "medium",
      };
    case "with another value":
      return sayingOfVariable(command, from);
    case "always":
      if (name === "environment:redeploy") return { does: "redeploys its own environment" };
      if (name === "environment:synchronize")
        return { does: "synchronizes its own environment, and so redeploys it" };
      return flagValue(command, "--target") === undefined
        ? { does: "restores a backup on its own environment, and so redeploys it" }
        : undefined;
    case undefined:
      return undefined;
  }
}

/** A variable of the environment that is set to what another moment gives another value. */
function sayingOfVariable(command: CliCommand, { script }: AppScript) {
  if (flagValue(command, "--level", "l")?.startsWith("p") === true) return undefined;
  if (command.name === "variable:create" && !hasFlag(command, "--update", "u")) return undefined;
  const given = flagValue(command, "--value");
  const value = given ?? (command.name === "variable:create" ? "" : positionals(command)[1]?.text);
  if (value === undefined || !isNew(value, script.text, command.shell)) return undefined;
  return {
    does: "gives a variable of its own environment another value each time, and so redeploys it",
  };
}

/** Whether a value is another one at each moment: it has the time or chance in it, itself or through a variable. */
function isNew(value: string, script: string, shell: CliCommand["shell"]): boolean {
  if (changes(value, shell)) return true;
  return [...value.matchAll(/\$\{?(\w+)\}?/gu)].some(([, name = ""]) => {
    const given = new RegExp(`(?:^|[\\s;&(])${name}=.{0,200}`, "mu").exec(script)?.[0];
    return given !== undefined && changes(given, shell);
  });
}

function changes(text: string, shell: CliCommand["shell"]): boolean {
  if (changing.test(text) || (shell === "bash" && ofBash.test(text))) return true;
  return [...text.matchAll(/(?:\$\(|`)\s*date\b([^)`]*)/gu)].some(([, words = ""]) =>
    isClock(words),
  );
}

/** Whether `date` tells the time of day: a day, or the time of a file, is the same when the hook runs again. */
function isClock(words: string): boolean {
  if (/(?:^|\s)(?:-[dr]|--(?:date|reference)\b)/u.test(words)) return false;
  if (/(?:^|\s)(?:-I|--iso-8601=?|--rfc-3339=)(?:d|\s|$)/u.test(words)) return false;
  const format = /\+(.*)/su.exec(words)?.[1];
  return format === undefined || /%[-_0^#]*[sSNTcXrRM+]/u.test(format);
}

/** The programs and variables that give another text each time. */
const changing =
  /(?:\$\(|`)\s*(?:uuidgen|openssl\s+rand|mktemp|shuf|pwgen)\b|\/dev\/u?random\b|\$\{?\$/u;

/** Variables that dash doesn't have. */
const ofBash = /\$\{?(?:RANDOM|SECONDS|EPOCHSECONDS)/u;
