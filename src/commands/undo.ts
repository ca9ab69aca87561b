import { type CommandDefinition, checkoutArgument } from "./command.ts";
import { faceOf } from "./faces/choose.ts";

export const undo: CommandDefinition = {
  name: "undo",
  summary: "takes back what the last run changed",
  positional: checkoutArgument,
  flags: [
    { flag: "--no-wait", summary: "don't wait for the redeployments" },
    { flag: "--dry-run", summary: "show everything, change nothing" },
    { flag: "--yes", summary: "agree to the changes beforehand" },
  ],
  run: async ({ positionals, flags, ...invocation }) => {
    const { undoCommand } = await import("./undo/run.ts");
    const yes = flags["yes"] === true;
    await undoCommand(
      positionals[0] ?? ".",
      {
        vendor: invocation.vendor,
        face: faceOf(invocation, yes),
        yes,
        dryRun: flags["dryRun"] === true,
        waits: flags["wait"] !== false,
        shared: invocation.shared,
        verbose: invocation.verbose,
      },
      invocation.io,
    );
    return "done";
  },
};
