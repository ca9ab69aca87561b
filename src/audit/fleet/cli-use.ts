import type { Deployment } from "../../platform/deployments.ts";
import { allVendors, patternOfAny, vendors } from "../../vendors/registry.ts";
import { symfony } from "../../vendors/symfony.ts";

/** What of a deployment seems to use the CLI. */
export interface UseOfCli {
  readonly hasToken: boolean;
  readonly isCron: boolean;
  /** By a cron, another hook than the build's, or a source operation. */
  readonly isRun: boolean;
  readonly isBuiltOrRun: boolean;
}

/** What is assumed where nothing can be told: all of it. */
export const inDoubt: UseOfCli = { hasToken: true, isCron: true, isRun: true, isBuiltOrRun: true };

/** What of a deployment seems to use the CLI: its crons, hooks, source operations and variables, by the words in them. */
export function cliUseIn({ apps, variables }: Deployment): UseOfCli {
  const uses = (script: string | undefined) => script !== undefined && mentionsCli(script);
  const isCron = apps.some(({ crons }) => crons.some(({ command }) => uses(command)));
  const isRun =
    isCron ||
    apps.some(
      ({ hooks, sourceOperations }) =>
        uses(hooks.deploy) ||
        uses(hooks.postDeploy) ||
        sourceOperations.some(({ command }) => uses(command)),
    );
  return {
    hasToken: variables.some(({ name }) => /CLI_TOKEN$/iu.test(name)),
    isCron,
    isRun,
    isBuiltOrRun: isRun || apps.some(({ hooks }) => uses(hooks.build)),
  };
}

/** A word of the CLI's names, anywhere: in doubt a project is read. */
function mentionsCli(script: string): boolean {
  return cliNames.test(script);
}

const cliNames = new RegExp(
  `\\b${patternOfAny([...allVendors.map(({ binary }) => binary), vendors.platformsh.id, symfony.binary])}\\b`,
  "iu",
);
