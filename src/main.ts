import { Command, CommanderError, Option } from "commander";
import packageJson from "../package.json" with { type: "json" };
import {
  type CommandDefinition,
  type FlagDefinition,
  sharedFlags,
  sharedWords,
} from "./commands/command.ts";
import { processIo, tellFailure } from "./commands/io.ts";
import { commands } from "./commands/registry.ts";
import { standardOutput } from "./commands/standard-output.ts";
import { type ExitReason, exitCodes } from "./exit-code.ts";
import { Failure } from "./failure.ts";
import { allVendors } from "./vendors/registry.ts";

const interruption = new AbortController();
const output = standardOutput(process.stdout);
const io = processIo(interruption.signal, output);
/** What Commander prints by itself: the help. Its complaints are told as ours are. */
const help = {
  writeOut: (text: string) => io.document(text.replace(/\n$/u, "")),
  outputError: () => undefined,
};
/** What nobody caught, once that happened. */
let crash: { readonly error: unknown; readonly tooLate: NodeJS.Timeout } | undefined;
/** Milliseconds that a command has after a crash, to say what was done. */
const graceMs = 5_000;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    // The first signal lets the command say what was done; who sends a second one wants out.
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted.code);
    interruption.abort();
  });
}
// Left to itself Node prints a stack trace, and the message as it is: there may be a secret in it.
process.on("uncaughtException", (error) => {
  // What else fails while the command ends is a consequence.
  if (crash !== undefined) return;
  const tooLate = setTimeout(() => process.exit(exitCodes[tellUnexpected(error)].code), graceMs);
  crash = { error, tooLate };
  interruption.abort(error);
});
// A terminal that was closed takes no more lines; what is left to do is done without.
process.stderr.on("error", () => undefined);

void endOf(process.argv.slice(2)).then(async (ended) => {
  process.exitCode = exitCodes[await output.ended(ended, io.err)].code;
  clearTimeout(crash?.tooLate);
});

async function endOf(args: readonly string[]): Promise<ExitReason> {
  try {
    refuseSecretFlags(args);
    respectNoColor(args);
    const ended = await parse(args);
    return crash === undefined ? ended : tellUnexpected(crash.error);
  } catch (error) {
    if (crash !== undefined) return tellUnexpected(crash.error);
    const isAborted = interruption.signal.aborted;
    // What an interruption broke is no news; how to go on is.
    const isTold = error instanceof Failure && error.reason === "interrupted" && error.parts.next;
    if (isAborted && !isTold) return "interrupted";
    if (error instanceof Failure) {
      tellFailure(error, io);
      return error.reason;
    }
    if (error instanceof CommanderError) return tellWrongUsage(error);
    return tellUnexpected(error);
  }
}

async function parse(args: readonly string[]): Promise<ExitReason> {
  let reason: ExitReason = "done";
  const program = new Command("machinist")
    .description(packageJson.description)
    .version(packageJson.version)
    .helpCommand(false)
    .exitOverride()
    .configureOutput(help)
    .addHelpText("after", exitCodeHelp());
  for (const definition of commands) {
    program.addCommand(
      commandOf(definition, async (run) => {
        reason = await run();
      }),
    );
  }
  if (args.length === 0) {
    const { home } = await import("./commands/home.ts");
    return home(program.helpInformation() + exitCodeHelp(), (chosen) => endOf(chosen), io);
  }
  await program.parseAsync([...args], { from: "user" });
  return reason;
}

function commandOf(
  definition: CommandDefinition,
  execute: (run: () => Promise<ExitReason>) => Promise<void>,
): Command {
  const { name, summary, positional, flags } = definition;
  const command = new Command(name).description(summary).exitOverride().configureOutput(help);
  if (positional !== undefined) command.argument(`[${positional.name}]`, positional.summary);
  for (const flag of [...flags, ...sharedFlags]) command.addOption(optionOf(flag));
  command.action(() =>
    execute(() => {
      const given = command.opts<Record<string, unknown>>();
      const { status: _status, ...plain } = io;
      return definition.run({
        positionals: command.args,
        flags: given,
        vendor: allVendors.find(({ id }) => id === given["vendor"]),
        accessible: given["accessible"] === true,
        verbose: given["verbose"] === true,
        shared: sharedWords(given),
        io: given["accessible"] === true ? plain : io,
      });
    }),
  );
  return command;
}

function optionOf({ flag, summary, values, repeatable }: FlagDefinition): Option {
  const option = new Option(flag, summary);
  if (repeatable)
    option.argParser((value: string, before: readonly string[] = []) => [...before, value]);
  return values === undefined ? option : option.choices([...values]);
}

/** A secret on the command line is in the shell's history and in the list of processes: it is refused, unrepeated. */
function refuseSecretFlags(args: readonly string[]): void {
  const flag = args
    .map((arg) => arg.split("=")[0] ?? "")
    .find(
      (name) => /^--?.*(token|password|secret)/iu.test(name) && name !== "--machine-token-stdin",
    );
  if (flag === undefined) return;
  throw new Failure("usage", {
    what: "No secret is taken from the command line",
    where: flag,
    why: "it would stay in the shell's history and show in the list of processes",
    next: "revoke that token if it was a real one; your own goes into PLATFORMSH_CLI_TOKEN, the machine user's through --machine-token-stdin",
  });
}

/** Chalk, and so Ink, looks at FORCE_COLOR only; this has to happen before Ink is loaded. */
function respectNoColor(args: readonly string[]): void {
  const { NO_COLOR: none, FORCE_COLOR: forced } = process.env;
  const refused = none !== undefined && none !== "" && forced === undefined;
  if (refused || args.includes("--no-color")) process.env["FORCE_COLOR"] = "0";
}

/** A mistake of ours: its message, and where it happened for who wants to report it. */
function tellUnexpected(error: unknown): ExitReason {
  io.err(`machinist: unexpected failure: ${error instanceof Error ? error.message : "unknown"}`);
  if (process.argv.includes("--verbose") && error instanceof Error) {
    for (const line of error.stack?.split("\n") ?? []) io.err(line);
  }
  return "unexpected";
}

function tellWrongUsage(error: CommanderError): ExitReason {
  if (error.exitCode === 0) return "done";
  // Commander repeats what was typed, and that may be a secret in the wrong place: a value behind = is left out.
  const what = error.message.replace(/^error: /u, "").replace(/=[^']*/u, "=…");
  tellFailure(
    new Failure("usage", {
      what: error.code === "commander.unknownCommand" ? "There is no such command" : what,
      next: "machinist --help lists the commands and their flags",
    }),
    io,
  );
  return "usage";
}

function exitCodeHelp(): string {
  const lines = Object.values(exitCodes).map(
    ({ code, meaning }) => `  ${String(code).padEnd(4)}${meaning}`,
  );
  return `\nExit codes:\n${lines.join("\n")}\n`;
}
