import type { ExitReason } from "../exit-code.ts";
import { vendors } from "../vendors/registry.ts";
import type { Vendor } from "../vendors/vendor.ts";
import type { Io } from "./terminal/io.ts";

/** A flag as `--help` shows it: "--project <id>". */
export interface FlagDefinition {
  readonly flag: string;
  readonly summary: string;
  /** The values it takes, when they are few. */
  readonly values?: readonly string[];
  /** Whether it may be given more than once. */
  readonly repeatable?: true;
}

/** What every command is told beside its own flags. */
export interface Invocation {
  readonly positionals: readonly string[];
  /** The flags by their names in camel case, as they were given. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** The vendor that was named; undefined where the project's files are to tell. */
  readonly vendor: Vendor | undefined;
  readonly accessible: boolean;
  readonly verbose: boolean;
  /** Those of `sharedFlags` that were given, as words of a command line. */
  readonly shared: readonly string[];
  readonly io: Io;
}

/** A command: what `--help` says of it, and what it does. What it does is loaded when it is run. */
export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  /** Its optional argument, if it has one. */
  readonly positional?: { readonly name: string; readonly summary: string };
  readonly flags: readonly FlagDefinition[];
  /** Gives how the process ends; throws a Failure otherwise. */
  run(invocation: Invocation): Promise<ExitReason>;
}

/** The flags that every command takes. */
export const sharedFlags: readonly FlagDefinition[] = [
  {
    flag: "--vendor <vendor>",
    summary: "whose project it is; by default the vendor that its files tell",
    values: Object.keys(vendors),
  },
  { flag: "--accessible", summary: "ask in plain lines, for screen readers" },
  { flag: "--no-color", summary: "no colours" },
  { flag: "--verbose", summary: "tell each request on standard error" },
];

/** The words of the shared flags that were given. @param flags by their names in camel case */
export function sharedWords(flags: Readonly<Record<string, unknown>>): readonly string[] {
  const { vendor, accessible, color, verbose } = flags;
  return [
    ...(typeof vendor === "string" ? ["--vendor", vendor] : []),
    ...(accessible === true ? ["--accessible"] : []),
    ...(color === false ? ["--no-color"] : []),
    ...(verbose === true ? ["--verbose"] : []),
  ];
}

/** The argument of the commands that work on a checkout. */
export const checkoutArgument = {
  name: "directory",
  summary: "the checkout; by default this folder",
} as const;
