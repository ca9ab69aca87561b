import { formatNames } from "../report/names.ts";
import type { CommandDefinition } from "./command.ts";

export const report: CommandDefinition = {
  name: "report",
  summary: "puts the JSON lines of several audits together, in any format",
  positional: {
    name: "files...",
    summary: "what machinist audit wrote with --format jsonl or --resume",
  },
  flags: [
    { flag: "--format <name>", summary: "by default text", values: formatNames },
    { flag: "--output <file>", summary: "write to a file, instead of standard output" },
    {
      flag: "--fail-on <severity>",
      summary: "the least severity that counts for the exit code; by default error",
      values: ["error", "warning", "info"],
    },
  ],
  run: async ({ positionals, flags, io }) => {
    const { readReportOptions, reportCommand } = await import("./report/run.ts");
    return reportCommand(readReportOptions(positionals, flags), io);
  },
};
