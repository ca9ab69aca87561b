import { resolve } from "node:path";
import { type CommandDefinition, checkoutArgument } from "./command.ts";
import { faceOf } from "./faces/choose.ts";

export const verify: CommandDefinition = {
  name: "verify",
  summary: "is what was set up deployed, and does it work?",
  positional: checkoutArgument,
  flags: [
    { flag: "--project <id>", summary: "the project; by default the checkout's" },
    {
      flag: "--environment <id>",
      summary: "the environment; by default the production environment",
    },
    { flag: "--app <name>", summary: "the app, when the checkout has several" },
    { flag: "--app-file <path>", summary: "the app configuration file, when it has another name" },
    {
      flag: "--machine-token-stdin",
      summary: "read the machine user's API token from standard input, to look with it",
    },
    { flag: "--keychain", summary: "keep the tokens that are handed over in the system keychain" },
    {
      flag: "--report <file>",
      summary: "add a record of the run to this file, as Markdown for a ticket",
    },
    { flag: "--wait", summary: "wait for a deployment that is under way" },
    { flag: "--json", summary: "one JSON document on standard output" },
  ],
  run: async ({ positionals, flags, ...invocation }) => {
    const [{ readVerifyFlags, verifyRequest, verifyCommand }, { readMachineToken }] =
      await Promise.all([import("./verify/run.ts"), import("./sign-in/machine-token.ts")]);
    const options = readVerifyFlags(flags);
    const request = verifyRequest(positionals[0] ?? ".", options);
    const machineToken = options.machineTokenStdin
      ? await readMachineToken(process.stdin, invocation.io.signal)
      : undefined;
    return verifyCommand(
      machineToken === undefined ? request : { ...request, machineToken },
      {
        vendor: invocation.vendor,
        face: faceOf(invocation, options.json),
        yes: false,
        reasons: false,
        json: options.json,
        verbose: invocation.verbose,
        ...(options.report === undefined ? {} : { record: resolve(options.report) }),
        wait: options.wait,
        shared: invocation.shared,
      },
      invocation.io,
    );
  },
};
