import { usesCli } from "../../automation/scripts.ts";
import { valueIn } from "../../fact.ts";
import { isSameScript } from "../../shell/comment.ts";
import { placeAt } from "../places.ts";
import { rule } from "../rule.ts";

/** What runs isn't what the file says. */
export const cronNotDeployed = rule({
  id: "cron-not-deployed",
  severity: "info",
  confidence: "medium",
  needs: "platform",
  reads: ["deployment"],
  fixable: "by-hand",
  what: "A cron that calls the CLI is deployed in another form than the file has it, or not at all.",
  why: "A change of the file counts once it is pushed and deployed; where a deployment failed or is to be started by hand, the old cron goes on. (Manual: “Build and deploy”.)",
  manual: "learn/overview/build-deploy",
  example: {
    before: "backup at 0 5 * * * in the file, at 0 4 * * * on main",
    after: "backup at 0 5 * * * in both",
  },
  ignore: "The change isn't pushed yet.",
  check: ({ app, platform }) => {
    const deployment = platform && valueIn(platform.deployment);
    const deployed = deployment?.apps.find(({ name }) => name === app.name);
    if (platform === undefined || deployed === undefined) return [];
    return app.crons.flatMap(({ name, spec, script, in: file, nameStart, nameEnd }) => {
      if (script === undefined || !usesCli(app, { script })) return [];
      const running = deployed.crons.find((cron) => cron.name === name);
      const differs = [
        ...(running !== undefined && spec !== undefined && running.spec !== spec.value
          ? ["at another time"]
          : []),
        ...(running?.command !== undefined && !isSameScript(running.command, script.text)
          ? ["with another command"]
          : []),
      ];
      const how = running === undefined ? ["not deployed"] : differs;
      return how.length === 0
        ? []
        : [
            {
              message: `The cron ${name} is ${running === undefined ? "" : "deployed "}${how.join(" and ")} on ${platform.environment.id}`,
              location: placeAt(file, nameStart, nameEnd),
            },
          ];
    });
  },
});
