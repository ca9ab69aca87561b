import { scriptsOf } from "../../automation/scripts.ts";
import { forgetsEnvironment } from "../../automation/target.ts";
import { flagValue } from "../../shell/cli-call.ts";
import { callFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** Of two commands that belong together, the second is for another environment than the first. */
export const environmentForgotten = rule({
  id: "environment-forgotten",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "unsafe",
  what: "One command of a script names its environment, and a later one doesn't.",
  why: "Without -e, the CLI acts on the environment that the script runs in. A command after one with -e then changes production, say, where the other one was meant. (Manual: “Source operations”; source of the CLI, `Selector`.)",
  manual: "create-apps/source-operations",
  example: {
    before: `platform sync code data -e update-dependencies --yes --no-wait
platform source-operation:run update --no-wait`,
    after: `platform sync code data -e update-dependencies --yes --no-wait
platform source-operation:run -e update-dependencies update --no-wait`,
  },
  ignore: "The second command is for the environment that the script runs in.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) => {
      const { commands } = from.reading;
      return commands.flatMap((command) => {
        const first = forgetsEnvironment(command, commands);
        if (first === undefined) return [];
        const written = from.script.text.slice(first.start, first.end);
        const option = /(?:\s-e\s*|\s--environment[=\s])("[^"]*"|'[^']*'|\S+)/u.exec(written)?.[1];
        const environment = flagValue(first, "--environment", "e");
        return [
          {
            message: `${from.called} runs ${first.name} on ${environment}, and then ${command.name} on the environment it is in`,
            location: placeIn(from, command),
            ...(option === undefined
              ? {}
              : {
                  fix: callFix(
                    from,
                    command,
                    { title: `Run ${command.name} on ${environment} too`, disposition: "unsafe" },
                    { start: command.nameEnd, end: command.nameEnd, text: ` -e ${option}` },
                  ),
                }),
          },
        ];
      });
    }),
});
