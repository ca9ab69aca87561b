import type { AppFile, Cron } from "../appfile/app-file.ts";
import { type Fact, known } from "../fact.ts";
import type { Deployment } from "../platform/deployments.ts";
import { type CliCommand, readScript, type ScriptReading } from "../shell/script.ts";
import { type AppScript, type ScriptKind, scriptsOf } from "./scripts.ts";

/** One thing of an app that calls the platform's CLI: a cron, a hook, a start command, an operation. */
export interface Job {
  readonly app: string;
  readonly kind: ScriptKind;
  /** As people call it: "the cron backup". */
  readonly called: string;
  /** The name of a cron; none for anything else. */
  readonly cron: string | undefined;
  /** The calls of the CLI, its own and those in the scripts that it calls. */
  readonly calls: readonly CliCommand[];
  /** Its schedule as it is written; absent for what starts without one. */
  readonly when: Fact<string>;
  /** Whether all that it does is known, or why the reading stopped. */
  readonly followed: Followed;
}

type Followed = { readonly kind: "whole" } | { readonly kind: "stopped"; readonly why: string };

/** A job as the app's file has it. */
export interface AppJob extends Job {
  readonly file: AppFile;
  /** The script that the file holds, then those that it calls. */
  readonly scripts: readonly AppScript[];
  /** The cron itself, where it is one. */
  readonly entry: Cron | undefined;
}

const read = new WeakMap<AppFile, readonly AppJob[]>();

/** Everything in an app's file that calls the CLI, or that may because it can't be followed, in the order of `scriptsOf`. */
export function jobsOf(app: AppFile): readonly AppJob[] {
  const before = read.get(app);
  if (before !== undefined) return before;
  const scripts = scriptsOf(app);
  const jobs = scripts
    .filter(({ caller }) => caller === undefined)
    .map((own) => jobOf(app, [own, ...scripts.filter(({ caller }) => caller === own)]))
    .filter(({ calls, followed }) => calls.length > 0 || followed.kind === "stopped");
  read.set(app, jobs);
  return jobs;
}

function jobOf(app: AppFile, scripts: readonly [AppScript, ...AppScript[]]): AppJob {
  const [{ kind, called, script, reading }] = scripts;
  const entry = kind === "cron" ? app.crons.find((cron) => cron.script === script) : undefined;
  return {
    app: app.name,
    kind,
    called,
    cron: entry?.name,
    calls: scripts.flatMap((each) => each.reading.commands),
    when: entry?.spec === undefined ? { kind: "absent" } : known(entry.spec.value),
    followed: followedIn(reading),
    file: app,
    scripts,
    entry,
  };
}

type DeployedApp = Deployment["apps"][number];

/** The crons, hooks and source operations of an app as it is deployed. The scripts that they call can't be read there. */
export function deployedJobsOf(app: DeployedApp): readonly Job[] {
  const job = (
    kind: ScriptKind,
    called: string,
    text: Fact<string>,
    cron?: DeployedApp["crons"][number],
  ): readonly Job[] => {
    if (text.kind === "absent") return [];
    const reading =
      text.kind === "known" ? readScript(text.value) : { ...nothing, problem: text.why };
    const when: Job["when"] = cron === undefined ? { kind: "absent" } : known(cron.spec);
    const followed = followedIn(reading);
    return reading.commands.length === 0 && followed.kind === "whole"
      ? []
      : [
          {
            app: app.name,
            kind,
            called,
            cron: cron?.name,
            calls: reading.commands,
            when,
            followed,
          },
        ];
  };
  const { hooks, crons, sourceOperations } = app;
  return [
    job("build", "the build hook", hookFact(hooks.build)),
    job("deploy", "the deploy hook", hookFact(hooks.deploy)),
    job("post_deploy", "the post-deploy hook", hookFact(hooks.postDeploy)),
    ...crons.map((cron) => job("cron", `the cron ${cron.name}`, commandFact(cron.command), cron)),
    ...sourceOperations.map(({ name, command }) =>
      job("source_operation", `the source operation ${name}`, commandFact(command)),
    ),
  ].flat();
}

/** A hook that the deployment doesn't have isn't there. */
function hookFact(text: string | undefined): Fact<string> {
  return text === undefined ? { kind: "absent" } : known(text);
}

/** What is named without its command has one all the same. */
function commandFact(text: string | undefined): Fact<string> {
  return text === undefined
    ? { kind: "unread", why: "the API doesn't show its command" }
    : known(text);
}

const nothing: Pick<ScriptReading, "commands" | "unread" | "gaps"> = {
  commands: [],
  unread: [],
  gaps: [],
};

function followedIn({
  problem,
  unread: [missing],
  gaps: [gap],
}: Pick<ScriptReading, "problem" | "unread" | "gaps">): Followed {
  const why =
    problem ??
    (missing === undefined
      ? gap && `it ${gap.says}, which can't be followed`
      : `it calls ${missing}, which isn't in the repository`);
  return why === undefined ? { kind: "whole" } : { kind: "stopped", why };
}
