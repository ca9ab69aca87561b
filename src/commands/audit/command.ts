import { Failure } from "../../failure.ts";
import { command, type FlagsOf } from "../command.ts";
import { faceOf } from "../faces/choose.ts";
import type { AuditPlace } from "./place.ts";

/** The command `audit`. */
export const auditDefinition = command("audit", async ({ positionals, flags, ...invocation }) => {
  const [{ readAuditOptions }, { readFleetRequest }, { auditCommand }] = await Promise.all([
    import("./options.ts"),
    import("./fleet/request.ts"),
    import("./run.ts"),
  ]);
  const place = await placeIn(positionals, flags, invocation.io.signal);
  const options = readAuditOptions(place, flags);
  const fleet = readFleetRequest(flags);
  const face = faceOf(
    invocation,
    options.format !== "text" ||
      options.output !== undefined ||
      options.writeBaseline !== undefined ||
      options.standIn !== undefined ||
      (options.fix && fleet === undefined),
  );
  const all = {
    ...options,
    vendor: invocation.vendor,
    face,
    ciAlone: true,
    verbose: invocation.verbose,
    flags: invocation.repeatable,
  };
  if (fleet === undefined) {
    if (!flags.machineTokenStdin) return auditCommand(all, invocation.io);
    const { readMachineToken } = await import("../sign-in/machine-token.ts");
    const machineToken = await readMachineToken(process.stdin, invocation.io.signal);
    return auditCommand({ ...all, machineToken }, invocation.io);
  }
  const { fleetCommand } = await import("./fleet/run.ts");
  return fleetCommand(all, fleet, invocation.io);
});

/** What is to be audited: what the arguments name, or a text from standard input with the name of its file. */
async function placeIn(
  places: readonly string[],
  { stdin, stdinFilename }: Pick<FlagsOf<"audit">, "stdin" | "stdinFilename">,
  signal: AbortSignal,
): Promise<AuditPlace> {
  const { auditPlace, placeOfText } = await import("./place.ts");
  if (!stdin && stdinFilename === undefined) return auditPlace(places);
  if (!stdin || stdinFilename === undefined || places.length > 0)
    throw new Failure("usage", {
      what:
        places.length > 0
          ? "A text from standard input is audited alone"
          : "A text from standard input and the name of its file go together",
      where: stdin ? "--stdin" : "--stdin-filename",
      next: "machinist audit --stdin --stdin-filename .platform.app.yaml",
    });
  const [{ standardInput }, { largestFile }] = await Promise.all([
    import("../terminal/standard-input.ts"),
    import("../../appfile/files.ts"),
  ]);
  const text = await standardInput(process.stdin, {
    flag: "--stdin",
    most: largestFile,
    atTerminal: {
      what: "The text is to come from standard input, and nothing does",
      next: "pipe it in, or name the file: machinist audit .platform.app.yaml",
    },
    signal,
  });
  return placeOfText(stdinFilename, text);
}
