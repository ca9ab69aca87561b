import { command } from "../command.ts";

/** The command `rules`. */
export const rulesDefinition = command("rules", async ({ positionals, flags, vendor, io }) => {
  const { rulesCommand } = await import("./run.ts");
  rulesCommand(positionals[0], { vendors: flags.vendors, json: flags.json, vendor }, io);
  return "done";
});
