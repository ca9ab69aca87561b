import { command } from "./command.ts";
import { faceOf } from "./faces/choose.ts";

export const audit = command("audit", async ({ positionals, flags, ...invocation }) => {
  const [{ readAuditOptions }, { readFleetRequest }, { auditCommand }] = await Promise.all([
    import("./audit/options.ts"),
    import("./audit/fleet/request.ts"),
    import("./audit/run.ts"),
  ]);
  const options = readAuditOptions(positionals[0] ?? ".", flags);
  const fleet = readFleetRequest(flags);
  const face = faceOf(
    invocation,
    options.format !== "text" ||
      options.output !== undefined ||
      options.writeBaseline !== undefined ||
      (options.fix && fleet === undefined),
  );
  const all = {
    ...options,
    vendor: invocation.vendor,
    face,
    verbose: invocation.verbose,
    flags: invocation.repeatable,
  };
  if (fleet === undefined) {
    if (!flags.machineTokenStdin) return auditCommand(all, invocation.io);
    const { readMachineToken } = await import("./sign-in/machine-token.ts");
    const machineToken = await readMachineToken(process.stdin, invocation.io.signal);
    return auditCommand({ ...all, machineToken }, invocation.io);
  }
  const { fleetCommand } = await import("./audit/fleet/run.ts");
  return fleetCommand(all, fleet, invocation.io);
});
