import { command } from "../command.ts";
import { guidedRunOptions } from "../guided/options.ts";

/** The command `setup`. */
export const setup = command("setup", async ({ positionals, flags, ...invocation }) => {
  const [{ setupRequest, setupCommand }, { readMachineToken }] = await Promise.all([
    import("./run.ts"),
    import("../sign-in/machine-token.ts"),
  ]);
  // The flags are checked before the token is read: a slip must not use it up.
  const request = setupRequest(positionals[0] ?? ".", flags);
  const machineToken = flags.machineTokenStdin
    ? await readMachineToken(process.stdin, invocation.io.signal)
    : undefined;
  return setupCommand(
    machineToken === undefined ? request : { ...request, machineToken },
    guidedRunOptions(invocation, { yes: flags.yes, json: flags.json, report: flags.report }),
    invocation.io,
  );
});
