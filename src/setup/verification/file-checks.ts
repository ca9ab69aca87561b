import type { Cron } from "../../appfile/app-file.ts";
import { changesPlatform } from "../../shell/cli-effects.ts";
import { installsCli } from "../../shell/installation.ts";
import { type CliCommand, readScript } from "../../shell/script.ts";
import { type Check, checksOf } from "./check.ts";
import type { VerificationFacts } from "./facts.ts";

const { ok, wrong, open } = checksOf("file");

/** A cron that calls the CLI, with what it calls. */
export interface CliCron {
  readonly name: string;
  readonly cron: Cron;
  readonly commands: readonly CliCommand[];
}

/** The crons of the app that call the CLI. */
export function cliCrons({ app }: Pick<VerificationFacts, "app">): readonly CliCron[] {
  return app.crons.flatMap((cron) => {
    const commands = cron.script === undefined ? [] : readScript(cron.script.text).commands;
    return commands.length === 0 ? [] : [{ name: cron.name, cron, commands }];
  });
}

/** Whether the file installs the CLI, and has crons that use it, each kept to the environment it is for. */
export function fileChecks(facts: VerificationFacts): readonly Check[] {
  const { app } = facts;
  const crons = cliCrons(facts);
  return [
    installsCli(app.hooks.build?.text ?? "")
      ? ok(`the build hook of ${app.name} installs the CLI`)
      : wrong(
          `the build hook of ${app.name} doesn't install the CLI`,
          "machinist setup --only installer adds it",
        ),
    ...(crons.length === 0
      ? [wrong(`no cron of ${app.name} calls the CLI`, "machinist setup adds one")]
      : crons.flatMap((cron) => guardChecks(cron, facts))),
  ];
}

function guardChecks({ name, commands }: CliCron, facts: VerificationFacts): readonly Check[] {
  return commands.filter(changesPlatform).map((command) => guardCheck(name, command, facts));
}

function guardCheck(
  cron: string,
  { name, guard }: CliCommand,
  { environment, project }: VerificationFacts,
): Check {
  const said = `the cron ${cron} runs ${name}`;
  switch (guard.kind) {
    case "unguarded":
      return wrong(
        `${said} on every environment`,
        "guard it: machinist audit shows how, and does it",
      );
    case "never":
      return wrong(`${said} nowhere: ${guard.why}`, "correct the guard: machinist audit does it");
    case "unknown":
      return open(`where ${said} can't be told: ${guard.why}`);
    case "guarded": {
      const places = [guard.by, ...guard.others.map(({ by }) => by)];
      const named = places.map((one) => (one.kind === "branch" ? one.branch : one.type)).join(", ");
      const here = places.some((one) =>
        one.kind === "branch" ? one.branch === environment.id : one.type === environment.type,
      );
      if (here) return ok(`${said} on ${named} only`);
      const instead =
        environment.id === project.defaultBranch ? "the default branch is" : "this environment is";
      return wrong(
        `${said} on ${named} only, and ${instead} ${environment.id}`,
        "correct the guard, or look at another environment with --environment",
      );
    }
  }
}
