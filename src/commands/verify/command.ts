import { command } from "../command.ts";
import { guidedRunOptions } from "../guided/options.ts";

/** The command `verify`. */
export const verify = command("verify", async ({ positionals, flags, ...invocation }) => {
  const [{ verifyRequest, verifyCommand }, { readMachineToken }] = await Promise.all([
    import("./run.ts"),
    import("../sign-in/machine-token.ts"),
  ]);
  const request = verifyRequest(positionals[0] ?? ".", flags);
  const machineToken = flags.machineTokenStdin
    ? await readMachineToken(process.stdin, invocation.io.signal)
    : undefined;
  return verifyCommand(
    machineToken === undefined ? request : { ...request, machineToken },
    {
      ...guidedRunOptions(invocation, { json: flags.json, report: flags.report }),
      wait: flags.wait,
    },
    invocation.io,
  );
});
