import { type CommandDefinition, checkoutArgument } from "./command.ts";
import { faceOf } from "./faces/choose.ts";

export const audit: CommandDefinition = {
  name: "audit",
  summary: "audits a checkout and, when signed in, its project; fixes in place",
  positional: checkoutArgument,
  flags: [
    { flag: "--project <id>", summary: "the project; by default the checkout's" },
    {
      flag: "--environment <id>",
      summary: "the environment; by default the production environment",
    },
    { flag: "--app <name>", summary: "one app only" },
    { flag: "--app-file <path>", summary: "the app configuration file, when it has another name" },
    { flag: "--offline", summary: "only the files, without the API" },
    {
      flag: "--fail-on <severity>",
      summary: "the least severity that counts for the exit code; by default error",
      values: ["error", "warning", "info"],
    },
    { flag: "--fix", summary: "make the changes that need no look" },
    { flag: "--dry-run", summary: "with --fix: show everything, change nothing" },
    { flag: "--json", summary: "one JSON document on standard output" },
  ],
  run: async ({ positionals, flags, ...invocation }) => {
    const [{ readAuditOptions }, { auditCommand }, { vendors }] = await Promise.all([
      import("./audit/options.ts"),
      import("./audit/run.ts"),
      import("../platform/vendors.ts"),
    ]);
    const options = readAuditOptions(positionals[0] ?? ".", flags);
    const face = faceOf(invocation, options.json || options.fix);
    return auditCommand(
      {
        ...options,
        vendor: vendors[invocation.vendor],
        face,
        verbose: invocation.verbose,
      },
      invocation.io,
    );
  },
};
