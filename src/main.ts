import { Command, CommanderError, Option } from "commander";
import packageJson from "../package.json" with { type: "json" };
import type { CommandDefinition } from "./commands/command.ts";
import { failureReport } from "./commands/failure-report.ts";
import { type Flag, groups, usageOf } from "./commands/flags/flag.ts";
import { type Example, sharedFlags } from "./commands/flags/table.ts";
import { commandDefinitions } from "./commands/registry.ts";
import { type Io, processIo, tellFailure } from "./commands/terminal/io.ts";
import { standardOutput } from "./commands/terminal/standard-output.ts";
import type { versionForm } from "./commands/version-form.ts";
import { type ExitReason, exitCodeMeanings, exitCodes } from "./exit-code.ts";
import { Failure } from "./failure.ts";
import type { DocumentOf } from "./json-document.ts";
import { beforeLargeFile } from "./regular-file.ts";
import { tokensIn } from "./secret.ts";
import { hearSignals } from "./signals.ts";
import { ownVendorVariables } from "./vendors/own.ts";
import { own } from "./vendors/registry.ts";

const signals = hearSignals(() => process.exit(exitCodes.interrupted.code));
beforeLargeFile(signals.watch);
const output = standardOutput(process.stdout);
const streams = processIo(
  { signal: signals.signal, untilInterrupted: signals.untilInterrupted },
  output,
);
/** Whether a command has written a document to standard output. */
let documented = false;
/** Whether the command has said something since a signal asked it to end. */
let hasLastWords = false;
const io: Io = {
  ...streams,
  err: (line) => {
    hasLastWords ||= signals.signal.aborted;
    streams.err(line);
  },
  document: (text) => {
    documented = true;
    streams.document(text);
  },
};
/** What Commander prints by itself: the help. Its complaints are told as ours are. */
const help = {
  writeOut: (text: string) => io.document(text.replace(/\n$/u, "")),
  outputError: () => undefined,
};
/** What nobody caught, once that happened. */
let crash: { readonly error: unknown; readonly tooLate: NodeJS.Timeout } | undefined;
/** The groups of flags as `--help` has them. */
const order = Object.keys(groups);
/** Milliseconds that a command has after a crash, to say what was done. */
const graceMs = 5_000;

// Left to itself Node prints a stack trace, and the message as it is: there may be a secret in it.
process.on("uncaughtException", (error) => {
  // What else fails while the command ends is a consequence.
  if (crash !== undefined) return;
  const tooLate = setTimeout(() => {
    process.exit(exitCodes[tell(unexpected(error), process.argv.slice(2))].code);
  }, graceMs);
  crash = { error, tooLate };
  signals.abort(error);
});
// A terminal that was closed takes no more lines; what is left to do is done without.
process.stderr.on("error", () => undefined);

let isOver = false;
// What never comes to its end would otherwise look like a success.
process.on("beforeExit", () => {
  if (isOver || signals.isTelling()) return;
  isOver = true;
  process.exitCode = exitCodes.unexpected.code;
  io.err("machinist: unexpected failure: the work came to no end");
});

void endOf(process.argv.slice(2)).then(async (ended) => {
  isOver = true;
  process.exitCode = exitCodes[await output.ended(ended, io.err)].code;
  clearTimeout(crash?.tooLate);
  // What was cut off must not go on behind the words that told its end.
  if (signals.signal.aborted) process.exit();
});

async function endOf(typed: readonly string[]): Promise<ExitReason> {
  const args = withHelp(typed);
  try {
    refuseSecretFlags(args);
    refuseHalfVendor();
    respectNoColor(args);
    const ended = await parse(args);
    if (crash === undefined) return ended;
    return tell(unexpected(crash.error), args);
  } catch (error) {
    if (crash !== undefined) return tell(unexpected(crash.error), args);
    if (error instanceof CommanderError && error.exitCode === 0) return "done";
    const isTold = error instanceof Failure && error.reason === "interrupted" && error.parts.next;
    // What an interruption broke is no news; how to go on is.
    if (signals.signal.aborted && !isTold) {
      const failure = new Failure("interrupted", { what: "Interrupted" });
      if (!hasLastWords) tellFailure(failure, io);
      document(failure, args);
      return "interrupted";
    }
    if (error instanceof Failure) return tell(error, args);
    return tell(error instanceof CommanderError ? wrongUsage(error) : unexpected(error), args);
  }
}

/** As other command lines have it: `machinist help setup`. What is no command is refused as it is without `help`. */
function withHelp(typed: readonly string[]): readonly string[] {
  const [first, ...asked] = typed;
  if (first !== "help") return typed;
  const words = asked.filter((word, at) => !word.startsWith("-") && asked[at - 1] !== "--vendor");
  const [name = "help"] = words;
  return name === "help" || isCommand(name) ? [...asked, "--help"] : words;
}

function isCommand(name: string): boolean {
  return commandDefinitions.some((definition) => definition.name === name);
}

function tell(failure: Failure, args: readonly string[]): ExitReason {
  tellFailure(failure, io);
  const { cause } = failure;
  if (failure.reason === "unexpected" && args.includes("--verbose") && cause instanceof Error) {
    for (const line of cause.stack?.split("\n") ?? []) io.err(line);
  }
  document(failure, args);
  return failure.reason;
}

/** Whoever asked for JSON gets one document on every path; a command that wrote one already has said what there is. */
function document(failure: Failure, args: readonly string[]): void {
  if (!asksForJson(args) || documented) return;
  const command = commandDefinitions.find(({ name }) => name === args[0])?.name ?? null;
  io.document(JSON.stringify(failureReport(command, failure), null, 2));
}

function asksForJson(args: readonly string[]): boolean {
  const formats = ["--json", "--format=json"];
  return args.some((arg) => formats.includes(arg)) || args[args.indexOf("--format") + 1] === "json";
}

async function parse(args: readonly string[]): Promise<ExitReason> {
  let reason: ExitReason = "done";
  const program = new Command("machinist")
    .description(packageJson.description)
    .version(asksForJson(args) ? versionDocument() : packageJson.version)
    .helpCommand(false)
    .exitOverride()
    .configureOutput(help)
    .addHelpText("after", exitCodeHelp());
  for (const definition of commandDefinitions) {
    program.addCommand(
      commandOf(definition, args.includes(definition.name), async (run) => {
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

/** @param isTyped whether it may be the one that runs; of another nothing is shown but its name and what it does */
function commandOf(
  definition: CommandDefinition,
  isTyped: boolean,
  execute: (run: () => Promise<ExitReason>) => Promise<void>,
): Command {
  const { name, summary, positional, flags, examples } = definition;
  const command = new Command(name)
    .description(summary)
    .exitOverride()
    .configureOutput(help)
    .addHelpOption(new Option("-h, --help", "show this help").helpGroup(`${groups.every}:`))
    .addHelpText("after", exampleHelp(examples));
  if (positional !== undefined) command.argument(`[${positional.name}]`, positional.summary);
  const grouped = Object.entries(isTyped ? flags : {}).toSorted(
    ([, one], [, other]) => order.indexOf(one.group) - order.indexOf(other.group),
  );
  for (const [flagKey, flag] of [...grouped, ...Object.entries<Flag>(sharedFlags)])
    command.addOption(optionOf(flagKey, flag));
  command.action(() =>
    execute(() => {
      const flags = command.opts<Record<string, unknown>>();
      return signals.untilInterrupted(() => definition.run(command.args, flags, io));
    }),
  );
  return command;
}

function optionOf(name: string, flag: Flag): Option {
  const { words, group, takes } = flag;
  const option = new Option(usageOf(name, flag), words).helpGroup(`${groups[group]}:`);
  if (takes.kind === "texts")
    option.argParser((value: string, before: readonly string[] = []) => [...before, value]);
  if (takes.kind !== "choice") return option;
  // What isn't among them is refused where the flags are read, in our words.
  return option.choices([...takes.values]).argParser((value: string) => value);
}

function exampleHelp(examples: readonly Example[]): string {
  const lines = examples.flatMap(({ line, does }) => [`  machinist ${line}`, `      ${does}`]);
  return `\nExamples:\n${lines.join("\n")}\n`;
}

/** A secret on the command line is in the shell's history and in the list of processes: it is refused, unrepeated. */
function refuseSecretFlags(args: readonly string[]): void {
  const names = args.map((arg) => arg.split("=")[0] ?? "");
  const isSecret = (arg: string, name: string) =>
    tokensIn(arg).length > 0 ||
    (/^--?.*(token|password|secret)/iu.test(name) && name !== "--machine-token-stdin");
  const at = args.findIndex((arg, index) => isSecret(arg, names[index] ?? ""));
  if (at === -1) return;
  const flag = names.slice(0, at + 1).findLast((name) => /^--?[a-z][a-z-]*$/u.test(name));
  throw new Failure("usage", {
    what: "No secret is taken from the command line",
    where: flag ?? "the command line",
    why: "it would stay in the shell's history and show in the list of processes",
    next: "revoke that token if it was a real one; your own goes into PLATFORMSH_CLI_TOKEN, the machine user's through --machine-token-stdin",
  });
}

/** A vendor that the environment describes by halves would be taken for another one. */
function refuseHalfVendor(): void {
  if (own.kind !== "wrong") return;
  const { binary, prefix } = ownVendorVariables;
  throw new Failure("usage", {
    what: "The environment describes a vendor, and not wholly",
    where: own.where,
    why: own.why,
    next: `name its CLI in ${binary} and what its variables begin with in ${prefix}, such as shopware and SHOPWARE_CLI_, or unset them`,
  });
}

/** Chalk, and so Ink, looks at FORCE_COLOR only; this has to happen before Ink is loaded. */
function respectNoColor(args: readonly string[]): void {
  const { NO_COLOR: none, FORCE_COLOR: forced } = process.env;
  const refused = none !== undefined && none !== "" && forced === undefined;
  if (refused || args.includes("--no-color")) process.env["FORCE_COLOR"] = "0";
}

/** A mistake of ours: its message, and the error for who wants to report where it happened. */
function unexpected(error: unknown): Failure {
  const what = `unexpected failure: ${error instanceof Error ? error.message : "unknown"}`;
  return new Failure("unexpected", { what }, { cause: error });
}

/** Commander repeats what was typed, and that may be a secret in the wrong place: a value behind = is left out. */
function wrongUsage({ code, message }: CommanderError): Failure {
  const all = "machinist --help lists the commands and their flags";
  if (code !== "commander.unknownCommand") {
    const what = message.replace(/^error: /u, "").replace(/=[^']*/u, "=…");
    return new Failure("usage", { what, next: all });
  }
  const meant = commandDefinitions.filter(({ name }) =>
    message.split("(Did you mean")[1]?.includes(name),
  );
  const hint =
    meant.length === 0 ? "" : `did you mean ${meant.map(({ name }) => name).join(" or ")}? `;
  return new Failure("usage", { what: "There is no such command", next: `${hint}${all}` });
}

/** What a report of a mistake needs to name: which machinist it is, and on what it runs. */
function versionDocument(): string {
  const { platform, arch, versions } = process;
  const document: DocumentOf<typeof versionForm> = {
    version: 1,
    command: "version",
    machinist: packageJson.version,
    node: versions.node,
    platform,
    arch,
  };
  return JSON.stringify(document, null, 2);
}

function exitCodeHelp(): string {
  const lines = exitCodeMeanings.map(([code, meaning]) => `  ${String(code).padEnd(4)}${meaning}`);
  return `\nExit codes:\n${lines.join("\n")}\n`;
}
