import { resolve } from "node:path";
import { type CommandDefinition, checkoutArgument } from "./command.ts";
import { faceOf } from "./faces/choose.ts";

export const setup: CommandDefinition = {
  name: "setup",
  summary: "the guided setup; every question has a flag",
  positional: checkoutArgument,
  flags: [
    { flag: "--project <id>", summary: "the project" },
    {
      flag: "--other-project",
      summary: "edit the checkout's files although it belongs to another project",
    },
    {
      flag: "--environment <id>",
      summary: "the environment; by default the production environment",
    },
    { flag: "--app <name>", summary: "the app, when the checkout has several" },
    { flag: "--app-file <path>", summary: "the app configuration file, when it has another name" },
    {
      flag: "--task <tasks>",
      summary:
        "what the machine user does: backup, source-operation, sync, redeploy, checkout, custom",
    },
    { flag: "--command <shell>", summary: "for the task custom: the commands its cron runs" },
    { flag: "--operation <name>", summary: "for the task source-operation: which one" },
    { flag: "--live", summary: "for the task backup: hold no requests back" },
    {
      flag: "--schedule <spec>",
      repeatable: true,
      summary: "when the cron runs: five fields, as in '0 5 * * *'; of several tasks: task=spec",
    },
    {
      flag: "--cron-name <name>",
      repeatable: true,
      summary: "the name of the cron; of several tasks: task=name",
    },
    {
      flag: "--guard <kind>",
      summary: "what keeps the cron off previews",
      values: ["branch", "type"],
    },
    { flag: "--branch <name>", summary: "the guard's branch; by default the default branch" },
    {
      flag: "--installer <kind>",
      summary: "the current installer, or that of the older manual",
      values: ["bash", "php"],
    },
    { flag: "--cli-version <version>", summary: "install this release of the CLI" },
    { flag: "--email <address>", summary: "the address of the machine user's account" },
    {
      flag: "--machine-token-stdin",
      summary: "read the machine user's API token from standard input",
    },
    {
      flag: "--change-role",
      summary: "give the account of --email another role when it is on the project already",
    },
    {
      flag: "--accept-extra-rights",
      summary: "go on with a token that can do more than its tasks need",
    },
    {
      flag: "--report <file>",
      summary: "add a record of the run to this file, as Markdown for a ticket",
    },
    { flag: "--commit", summary: "commit what was written, and nothing else; nothing is pushed" },
    {
      flag: "--keychain",
      summary: "keep your own token in the system keychain, once you paste it",
    },
    {
      flag: "--if-set <what>",
      summary:
        "what becomes of a variable that is set already: correct its flags, replace, or leave it",
      values: ["correct", "replace", "leave"],
    },
    {
      flag: "--delete-strays",
      summary: "delete token variables at the wrong level or under the wrong name",
    },
    { flag: "--no-wait", summary: "don't wait for the redeployments" },
    { flag: "--only <parts>", summary: "machine-user,token,variable,installer,cron" },
    { flag: "--offline", summary: "no account: only what lives in the file" },
    { flag: "--dry-run", summary: "show everything, change nothing" },
    { flag: "--yes", summary: "agree to the changes beforehand" },
    { flag: "--json", summary: "one JSON document on standard output" },
  ],
  run: async ({ positionals, flags, ...invocation }) => {
    const [{ readSetupFlags, setupRequest }, { setupCommand }, { readMachineToken }] =
      await Promise.all([
        import("./setup/options.ts"),
        import("./setup/run.ts"),
        import("./sign-in/machine-token.ts"),
      ]);
    const options = readSetupFlags(flags);
    // The flags are checked before the token is read: a slip must not use it up.
    const request = setupRequest(positionals[0] ?? ".", options);
    const machineToken = options.machineTokenStdin
      ? await readMachineToken(process.stdin, invocation.io.signal)
      : undefined;
    return setupCommand(
      machineToken === undefined ? request : { ...request, machineToken },
      {
        vendor: invocation.vendor,
        face: faceOf(invocation, options.yes || options.json),
        yes: options.yes,
        reasons: false,
        json: options.json,
        verbose: invocation.verbose,
        ...(options.report === undefined ? {} : { record: resolve(options.report) }),
        shared: invocation.shared,
      },
      invocation.io,
    );
  },
};
