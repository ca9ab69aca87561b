import { isMap } from "yaml";
import { moveKeyUp } from "../../appfile/operations.ts";
import { nodeAt, ownEntry } from "../../yaml/nodes.ts";
import { fileFix } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A cron's time limit stands where the platform doesn't take it. */
export const cronTimeoutMisplaced = rule({
  id: "cron-timeout-misplaced",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "timeout or shutdown_timeout stands below a cron's commands instead of beside them.",
  why: "Below commands only start and stop are known, and the platform refuses a file with other keys there. An early version of the manual had it so. (Manual: “Crons”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: `crons:
    clean:
        spec: '0 5 * * *'
        commands:
            start: ./clean.sh
            shutdown_timeout: 18`,
    after: `crons:
    clean:
        spec: '0 5 * * *'
        shutdown_timeout: 18
        commands:
            start: ./clean.sh`,
  },
  ignore: "Never: the file is refused.",
  check: ({ app }) =>
    app.crons.flatMap((cron) => {
      const commands = nodeAt(cron.map, ["commands"], cron.in.document);
      if (!isMap(commands)) return [];
      return ["timeout", "shutdown_timeout"].flatMap((name) => {
        const entry = ownEntry(commands, name);
        if (entry === undefined) return [];
        const title = `Put ${name} beside the commands of ${cron.name}`;
        return [
          {
            message: `The cron ${cron.name} has ${name} below commands, where it isn't allowed`,
            location: placeAt(cron.in, entry.keyStart, entry.keyEnd),
            fix: fileFix({ title, promises: { kind: "same" }, of: app }, () =>
              moveKeyUp(app, cron, name),
            ),
          },
        ];
      });
    }),
});
