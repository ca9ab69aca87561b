import type { CommandDefinition } from "./command.ts";

export const rules: CommandDefinition = {
  name: "rules",
  summary: "the catalogue of rules, or one explained",
  positional: { name: "id", summary: "a rule's id: cron-guard-missing" },
  flags: [{ flag: "--json", summary: "one JSON document on standard output" }],
  run: async ({ positionals, flags, io }) => {
    const { rulesCommand } = await import("./rules/run.ts");
    rulesCommand(positionals[0], flags["json"] === true, io);
    return "done";
  },
};
