import type { AppFile } from "../../appfile/app-file.ts";
import { buildInstallers } from "../../automation/installers.ts";
import { type AppScript, scriptsOf, usesCli } from "../../automation/scripts.ts";
import { valueIn } from "../../fact.ts";
import type { Deployment } from "../../platform/deployments.ts";
import { isSameScript } from "../../shell/comment.ts";
import { placeAt } from "../places.ts";
import { rule } from "../rule.ts";

/** What was built and deployed isn't what the file says. */
export const hookNotDeployed = rule({
  id: "hook-not-deployed",
  severity: "info",
  confidence: "medium",
  needs: "platform",
  reads: ["deployment"],
  fixable: "by-hand",
  what: "A hook that installs or calls the CLI is deployed in another form than the file has it, or not at all.",
  why: "A change of the file counts once it is pushed and deployed. Where a build failed or a deployment is to be started by hand, the app goes on with the old hook, and with the CLI that this one installed, or without one. (Manual: “Build and deploy”.)",
  manual: "learn/overview/build-deploy",
  example: {
    before: "VERSION=5.11.0 in the build hook of the file, VERSION=5.10.0 in that on main",
    after: "VERSION=5.11.0 in both",
  },
  ignore: "The change isn't pushed yet.",
  check: ({ app, platform }) => {
    const deployment = platform && valueIn(platform.deployment);
    const deployed = deployment?.apps.find(({ name }) => name === app.name);
    if (platform === undefined || deployed === undefined) return [];
    return scriptsOf(app).flatMap((from) => {
      const key = hookKeys.get(from.kind);
      if (key === undefined || from.caller !== undefined) return [];
      const isAboutCli =
        usesCli(app, from) || (from.kind === "build" && buildInstallers(app).length > 0);
      const running = deployed.hooks[key];
      const { script } = from;
      if (!isAboutCli || (running !== undefined && isSameScript(running, script.text))) return [];
      const how = running === undefined ? "not deployed" : "deployed with other commands";
      const line = script.in.text.indexOf("\n", script.start);
      return [
        {
          message: `${from.called} of ${app.name} is ${how} on ${platform.environment.id}`,
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

/** Whether the build hook is deployed as it is in the file. */
export function isBuildDeployed({ name, hooks }: AppFile, { apps }: Deployment): boolean {
  const running = apps.find((one) => one.name === name)?.hooks.build;
  const written = hooks.build?.text;
  return running !== undefined && written !== undefined && isSameScript(running, written);
}

const hookKeys = new Map<AppScript["kind"], keyof Deployment["apps"][number]["hooks"]>([
  ["build", "build"],
  ["deploy", "deploy"],
  ["post_deploy", "postDeploy"],
]);
