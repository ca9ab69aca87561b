import { command } from "../command.ts";

/** The command `report`. */
export const report = command("report", async ({ positionals, flags, io }) => {
  const { readReportOptions, reportCommand } = await import("./run.ts");
  return reportCommand(readReportOptions(positionals, flags), io);
});
