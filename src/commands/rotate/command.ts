import { resolve } from "node:path";
import { command, type FlagsOf } from "../command.ts";
import { guidedRunOptions } from "../guided/options.ts";

/** The command `rotate`. */
export const rotate = command("rotate", async ({ positionals, flags, ...invocation }) => {
  const [{ rotateRequest, rotateCommand }, { fleetSelection }] = await Promise.all([
    import("./run.ts"),
    import("./fleet-request.ts"),
  ]);
  const { io } = invocation;
  const manner = guidedRunOptions(invocation, {
    yes: flags.yes,
    json: flags.json,
    report: flags.report,
  });
  const selection = fleetSelection(flags);
  if (selection !== undefined) {
    const { rotateMany } = await import("./fleet.ts");
    const directory = resolve(positionals[0] ?? ".");
    const tokens = await tokensOfMany(flags, io.signal);
    return rotateMany({ directory, selection, flags, tokens }, manner, io);
  }
  const request = rotateRequest(positionals[0] ?? ".", flags);
  if (!flags.machineTokenStdin) return rotateCommand(request, manner, io);
  const { readMachineToken } = await import("../sign-in/machine-token.ts");
  const machineToken = await readMachineToken(process.stdin, io.signal);
  return rotateCommand({ ...request, machineToken }, manner, io);
});

async function tokensOfMany({ machineTokenStdin }: FlagsOf<"rotate">, signal: AbortSignal) {
  if (!machineTokenStdin) return new Map();
  const [{ readProjectTokens }, { standardInput }, { mebibyte }] = await Promise.all([
    import("./fleet-request.ts"),
    import("../terminal/standard-input.ts"),
    import("../../regular-file.ts"),
  ]);
  const text = await standardInput(process.stdin, {
    flag: "--machine-token-stdin",
    most: mebibyte,
    atTerminal: {
      what: "The tokens would be shown as you type them",
      next: "pipe them in from a secret store, a line each: project, address, token",
    },
    signal,
  });
  return readProjectTokens(text);
}
