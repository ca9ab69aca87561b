import { resolve } from "node:path";
import { type CommandDefinition, checkoutArgument } from "./command.ts";
import { faceOf } from "./faces/choose.ts";

export const rotate: CommandDefinition = {
  name: "rotate",
  summary: "replaces the machine user's token",
  positional: checkoutArgument,
  flags: [
    { flag: "--project <id>", summary: "the project; by default the checkout's" },
    {
      flag: "--environment <id>",
      summary: "the environment; by default the production environment",
    },
    { flag: "--email <address>", summary: "the address of the machine user's account" },
    {
      flag: "--machine-token-stdin",
      summary: "read the machine user's new API token from standard input",
    },
    {
      flag: "--accept-extra-rights",
      summary: "go on with a token that can do more than the crons need",
    },
    {
      flag: "--revoke <name>",
      summary:
        "revoke this token of the machine user once the new one is deployed; by default none",
    },
    {
      flag: "--no-wait",
      summary: "don't wait for the redeployment; the old token stays valid then",
    },
    {
      flag: "--report <file>",
      summary: "add a record of the run to this file, as Markdown for a ticket",
    },
    { flag: "--dry-run", summary: "show everything, change nothing" },
    { flag: "--yes", summary: "agree to the changes beforehand" },
    { flag: "--json", summary: "one JSON document on standard output" },
  ],
  run: async ({ positionals, flags, ...invocation }) => {
    const [{ readRotateFlags, rotateRequest, rotateCommand }, { readMachineToken }] =
      await Promise.all([import("./rotate/run.ts"), import("./sign-in/machine-token.ts")]);
    const options = readRotateFlags(flags);
    const request = rotateRequest(positionals[0] ?? ".", options);
    const machineToken = options.machineTokenStdin
      ? await readMachineToken(process.stdin, invocation.io.signal)
      : undefined;
    return rotateCommand(
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
