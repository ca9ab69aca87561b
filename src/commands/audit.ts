import { formatNames } from "../report/names.ts";
import type { CommandDefinition } from "./command.ts";
import { faceOf } from "./faces/choose.ts";

export const audit: CommandDefinition = {
  name: "audit",
  summary: "audits a checkout and, when signed in, its project; fixes in place",
  positional: {
    name: "directory",
    summary: "the checkout, or one configuration file of it; by default this folder",
  },
  flags: [
    { flag: "--project <id>", summary: "the project; by default the checkout's" },
    {
      flag: "--environment <id>",
      summary: "the environment; by default the production environment",
    },
    { flag: "--all", summary: "every project that the account sees, through the API" },
    { flag: "--org <name>", summary: "every project of an organization, through the API" },
    {
      flag: "--projects-from <file>",
      summary: "the projects of a list, an id a line; - reads standard input",
    },
    { flag: "--shard <i/n>", summary: "with many projects: the i-th of n parts, by the ids" },
    {
      flag: "--resume <file>",
      summary: "with many projects: keep in this file what is done, and go on from it",
    },
    { flag: "--app <name>", summary: "one app only" },
    { flag: "--app-file <path>", summary: "the app configuration file, when it has another name" },
    {
      flag: "--machine-token-stdin",
      summary: "read the machine user's API token from standard input, to look with it too",
    },
    { flag: "--offline", summary: "only the files, without the API" },
    {
      flag: "--fail-on <severity>",
      summary:
        "the least severity that counts for the exit code; by default what the configuration says, or error",
      values: ["error", "warning", "info"],
    },
    { flag: "--complete", summary: "end with code 11 when something could not be looked at" },
    {
      flag: "--config <file>",
      summary: "the configuration; by default .machinist.yaml in the directory",
    },
    { flag: "--baseline <file>", summary: "don't count what is in this file" },
    { flag: "--write-baseline <file>", summary: "write what is found now to this file, and end" },
    { flag: "--fix", summary: "make the changes that need no look" },
    {
      flag: "--unsafe-fixes <rules>",
      summary: "with --fix: also make the changes that need a look, of these rules, or of all",
    },
    { flag: "--yes", summary: "with --fix on many projects: agree to all that is shown" },
    { flag: "--dry-run", summary: "with --fix: show everything, change nothing" },
    {
      flag: "--format <name>",
      summary: "how the findings are written; by default text",
      values: formatNames,
    },
    { flag: "--json", summary: "the same as --format json" },
    { flag: "--output <file>", summary: "write them to a file, instead of standard output" },
  ],
  run: async ({ positionals, flags, ...invocation }) => {
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
      shared: invocation.shared,
    };
    if (fleet === undefined) {
      if (flags["machineTokenStdin"] !== true) return auditCommand(all, invocation.io);
      const { readMachineToken } = await import("./sign-in/machine-token.ts");
      const machineToken = await readMachineToken(process.stdin, invocation.io.signal);
      return auditCommand({ ...all, machineToken }, invocation.io);
    }
    const { fleetCommand } = await import("./audit/fleet/run.ts");
    return fleetCommand(all, fleet, invocation.io);
  },
};
