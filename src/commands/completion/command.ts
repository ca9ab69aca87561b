import { command } from "../command.ts";

/** The command `completion`. */
export const completion = command("completion", async ({ positionals, io }) => {
  const { completionCommand } = await import("./run.ts");
  await completionCommand(positionals[0], io);
  return "done";
});
