import { cronScripts } from "../../automation/scripts.ts";
import { actsOn, targetOf } from "../../automation/target.ts";
import type { CliCommand } from "../../shell/script.ts";
import { placeIn } from "../findings/places.ts";
import { type AuditFacts, rule } from "../rule.ts";

/** A source operation commits to production. */
export const sourceOperationOnProduction = rule({
  id: "source-operation-on-production",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A cron runs a source operation on the production environment.",
  why: "What a source operation changes is committed and deployed at once. The manual has it run on an environment of its own, where somebody looks before it is merged. (Manual: “Source operations”.)",
  manual: "create-apps/source-operations",
  example: {
    before: `if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then
    platform source-operation:run update --no-wait
fi`,
    after: `if [ "$PLATFORM_ENVIRONMENT_TYPE" = production ]; then
    platform source-operation:run update -e update-dependencies --no-wait
fi`,
  },
  ignore: "Production is meant to be updated without anybody looking first.",
  check: (facts) =>
    cronScripts(facts.app).flatMap((from) =>
      from.reading.commands
        .filter(({ name }) => name === "source-operation:run")
        .filter((command) => isForProduction(command, facts))
        .map((command) => ({
          message: `${from.called} runs a source operation on production`,
          location: placeIn(from, command),
        })),
    ),
});

/** A command that runs on every environment is what `cron-guard-missing` is about. */
function isForProduction(command: CliCommand, { defaultBranch }: AuditFacts): boolean {
  const production = {
    type: "production",
    isDefault: true,
    ...(defaultBranch === undefined ? {} : { branch: defaultBranch.name }),
  };
  const isKept = targetOf(command).kind !== "own" || command.guard.kind === "guarded";
  return isKept && command.guard.kind !== "never" && actsOn(command, production) === "yes";
}
