import type { CommandDefinition } from "./command.ts";

export const rules: CommandDefinition = {
  name: "rules",
  summary: "the catalogue of rules, or one explained",
  positional: { name: "id", summary: "a rule's id: cron-guard-missing" },
  flags: [],
  run: async ({ positionals, io }) => {
    const { rulesCommand } = await import("./rules/run.ts");
    rulesCommand(positionals[0], io.out);
    return "done";
  },
};
