import { resolve } from "node:path";
import { command } from "../command.ts";
import { faceOf } from "../faces/choose.ts";

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
      vendor: invocation.vendor,
      face: faceOf(invocation, flags.json),
      yes: false,
      reasons: false,
      json: flags.json,
      verbose: invocation.verbose,
      ...(flags.report === undefined ? {} : { record: resolve(flags.report) }),
      wait: flags.wait,
      flags: invocation.repeatable,
    },
    invocation.io,
  );
});
