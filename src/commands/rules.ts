import { command } from "./command.ts";

export const rules = command("rules", async ({ positionals, flags, io }) => {
  const { rulesCommand } = await import("./rules/run.ts");
  rulesCommand(positionals[0], flags.json, io);
  return "done";
});
