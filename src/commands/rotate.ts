import { resolve } from "node:path";
import { command } from "./command.ts";
import { faceOf } from "./faces/choose.ts";

export const rotate = command("rotate", async ({ positionals, flags, ...invocation }) => {
  const [{ rotateRequest, rotateCommand }, { readMachineToken }] = await Promise.all([
    import("./rotate/run.ts"),
    import("./sign-in/machine-token.ts"),
  ]);
  const request = rotateRequest(positionals[0] ?? ".", flags);
  const machineToken = flags.machineTokenStdin
    ? await readMachineToken(process.stdin, invocation.io.signal)
    : undefined;
  return rotateCommand(
    machineToken === undefined ? request : { ...request, machineToken },
    {
      vendor: invocation.vendor,
      face: faceOf(invocation, flags.yes || flags.json),
      yes: flags.yes,
      reasons: false,
      json: flags.json,
      verbose: invocation.verbose,
      ...(flags.report === undefined ? {} : { record: resolve(flags.report) }),
      flags: invocation.repeatable,
    },
    invocation.io,
  );
});
