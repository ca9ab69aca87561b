import type { AppFile } from "../../appfile/app-file.ts";
import { buildInstallers } from "../../automation/installers.ts";
import { jobsOf } from "../../automation/job.ts";
import { type AppScript, scriptsOf, usesCli } from "../../automation/scripts.ts";
import { valueIn } from "../../fact.ts";
import type { Deployment } from "../../platform/deployments.ts";
import { isSameScript } from "../../shell/comment.ts";
import { homesRead } from "../evidence/at-home.ts";
import { placeAt } from "../findings/places.ts";
import { type EnvironmentFacts, type PlatformFacts, rule } from "../rule.ts";

/** What was built and deployed isn't what the file says. */
export const hookNotDeployed = rule({
  id: "hook-not-deployed",
  severity: "info",
  confidence: "medium",
  needs: "platform",
  reads: ["deployment"],
  fixable: "by-hand",
  what: "A hook that installs or calls the CLI is deployed in another form than the file has it, or not at all.",
  why: "A change of the file counts once it is pushed and deployed. Where a build failed or a deployment is to be started by hand, the app goes on with the old hook, and with the CLI that it installed, or with none. (Manual: “Build and deploy”.)",
  manual: "learn/overview/build-deploy",
  example: {
    before: "VERSION=5.11.0 in the build hook of the file, VERSION=5.10.0 in that on main",
    after: "VERSION=5.11.0 in both",
  },
  ignore: "The change isn't pushed yet.",
  check: ({ app, platform }) => {
    if (platform === undefined) return [];
    return scriptsOf(app).flatMap((from) => {
      const key = hookKeys.get(from.kind);
      if (key === undefined || from.caller !== undefined) return [];
      const isAboutCli =
        usesCli(app, from) || (from.kind === "build" && buildInstallers(app).length > 0);
      const { script } = from;
      const told = (isAboutCli ? homesOfHook(app, from, platform) : []).flatMap((home) => {
        const how = howDeployed(app, key, script.text, valueIn(home.deployment));
        return how === undefined ? [] : [`${how} on ${home.environment.id}`];
      });
      if (told.length === 0) return [];
      const line = script.in.text.indexOf("\n", script.start);
      return [
        {
          message: `${from.called} of ${app.name} is ${told.join(", and ")}`,
          location: placeAt(
            script.in,
            script.start,
            line === -1 ? script.end : Math.min(line, script.end),
          ),
        },
      ];
    });
  },
});

/**
 * What is known of the environments on which a hook matters: where the app's jobs belong, which need the CLI of the build,
 * or the job that the hook itself is; the main one where there is no job.
 */
function homesOfHook(
  app: AppFile,
  { script }: AppScript,
  platform: PlatformFacts,
): readonly EnvironmentFacts[] {
  const jobs = jobsOf(app).filter(({ calls }) => calls.length > 0);
  const own = jobs.filter(({ scripts: [first] }) => first?.script === script);
  if (jobs.length === 0) return [platform];
  const users = own.length > 0 ? own : jobs;
  return [...new Set(users.flatMap((job) => homesRead(job, platform)))];
}

type HookKey = keyof Deployment["apps"][number]["hooks"];

/** How a hook is deployed otherwise than in the file; undefined where it is so there, or that can't be told. */
function howDeployed(
  { name }: AppFile,
  key: HookKey,
  text: string,
  deployment: Deployment | undefined,
): string | undefined {
  const deployed = deployment?.apps.find((one) => one.name === name);
  if (deployed === undefined) return undefined;
  const running = deployed.hooks[key];
  if (running === undefined) return "not deployed";
  return isSameScript(running, text) ? undefined : "deployed with other commands";
}

/** Whether the build hook is deployed as it is in the file. */
export function isBuildDeployed({ name, hooks }: AppFile, { apps }: Deployment): boolean {
  const running = apps.find((one) => one.name === name)?.hooks.build;
  const written = hooks.build?.text;
  return running !== undefined && written !== undefined && isSameScript(running, written);
}

const hookKeys = new Map<AppScript["kind"], HookKey>([
  ["build", "build"],
  ["deploy", "deploy"],
  ["post_deploy", "postDeploy"],
]);
