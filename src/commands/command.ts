import type { ExitReason } from "../exit-code.ts";
import type { RepeatableFlag } from "../setup/repeatable-flag.ts";
import { allVendors } from "../vendors/registry.ts";
import type { Vendor } from "../vendors/vendor.ts";
import type { FlagValues } from "./flags/flag.ts";
import { readFlags, refuseMistyped, repeatable } from "./flags/read-flags.ts";
import { type CommandName, type CommandText, commandTable, sharedFlags } from "./flags/table.ts";
import type { Io } from "./terminal/io.ts";

/** The flags of a command, with their types. */
export type FlagsOf<N extends CommandName> = FlagValues<(typeof commandTable)[N]["flags"]>;

/** What a command is told by the command line it is run with. */
export interface Invocation<N extends CommandName = CommandName> {
  readonly positionals: readonly string[];
  readonly flags: FlagsOf<N>;
  /** The flags of the command and then those that every command takes, for the command to go on. */
  readonly repeatable: readonly RepeatableFlag[];
  /** The vendor that was named; undefined where the project's files are to tell. */
  readonly vendor: Vendor | undefined;
  readonly accessible: boolean;
  readonly verbose: boolean;
  readonly io: Io;
}

/** A command: what the table has of it, and what it does. */
export interface CommandDefinition extends CommandText {
  readonly name: CommandName;
  /**
   * Gives how the process ends; throws a Failure otherwise. What the command does is loaded when it is run.
   *
   * @param typed the flags as the argument parser hands them over, by their names in camel case
   */
  run(
    positionals: readonly string[],
    typed: Readonly<Record<string, unknown>>,
    io: Io,
  ): Promise<ExitReason>;
}

/** A command with what the table of flags has of it. */
export function command<N extends CommandName>(
  name: N,
  run: (invocation: Invocation<N>) => Promise<ExitReason>,
): CommandDefinition {
  const text = commandTable[name];
  return {
    ...text,
    name,
    run: async (positionals, typed, io) => {
      const flags = flagsOf(name, typed);
      const shared = readFlags(sharedFlags, typed);
      await refuseMistyped(text.flags, flags);
      const { accessible, verbose } = shared;
      const { status: _status, ...plain } = io;
      return run({
        positionals,
        flags,
        repeatable: repeatableFlags(name, flags, shared),
        vendor: allVendors.find(({ id }) => id === shared.vendor),
        accessible,
        verbose,
        io: accessible ? plain : io,
      });
    },
  };
}

/** The flags of a command, as `readFlags` reads them. */
export function flagsOf<N extends CommandName>(
  name: N,
  typed: Readonly<Record<string, unknown>>,
): FlagsOf<N> {
  const flags: (typeof commandTable)[N]["flags"] = commandTable[name].flags;
  return readFlags(flags, typed);
}

/** The flags of a command and those that every command takes, each with the words that give it again. */
export function repeatableFlags<N extends CommandName>(
  name: N,
  flags: FlagsOf<N>,
  shared: FlagValues<typeof sharedFlags> = readFlags(sharedFlags, {}),
): readonly RepeatableFlag[] {
  const own: (typeof commandTable)[N]["flags"] = commandTable[name].flags;
  return [...repeatable(own, flags), ...repeatable(sharedFlags, shared)];
}

/** The words of the flags that were given, in the order of the table. */
export function givenWords(flags: readonly RepeatableFlag[]): readonly string[] {
  return flags.flatMap(({ given }) => given);
}
