import {
  type CliInvocation,
  isOfficialCli,
  optionsInFront,
  unknownOptions,
} from "../shell/cli-call.ts";
import {
  commandMeantBy,
  firstReleases,
  formerNames,
  formerNamesGone,
  lacksCommand,
} from "../shell/cli-commands.ts";
import { isBefore, type Release } from "../shell/release.ts";
import { vendorOfBinary } from "../vendors/registry.ts";
import { type InstalledRelease, isBeforeRelease, type Pin } from "./installed-release.ts";

/** Why the CLI that is installed has no command of a name. */
export type MissingCommand =
  /** An option with a value of its own stands in front of the command: the CLI takes the value for the command's name. */
  | ({
      readonly kind: "misplaced";
      /** What the command is called by the CLI that is installed. */
      readonly name: string;
    } & NonNullable<ReturnType<typeof optionsInFront>>)
  /** It has the command by another name; `isCertain` where what is installed is known not to take the older one. */
  | { readonly kind: "renamed"; readonly name: string; readonly isCertain: boolean }
  /** The command came later. */
  | { readonly kind: "newer"; readonly since: Release; readonly installed: readonly Release[] }
  /** No command of 5.11.1 has the name; one may be meant. */
  | { readonly kind: "unknown"; readonly meant: string | undefined };

type Call = Pick<
  CliInvocation,
  "arguments" | "binary" | "name" | "nameEnd" | "program" | "written"
>;

/** Why a call fails for the name of its command; undefined where the CLI that it runs has it, or may have. */
export function missingCommand(
  call: Call,
  installed: InstalledRelease,
): MissingCommand | undefined {
  const found = isOfficialCli(call) ? optionsInFront(call) : undefined;
  if (found !== undefined) {
    const { text: written } = found.command;
    const { name } = formerName({ ...call, written }, installed) ?? { name: written };
    return { kind: "misplaced", ...found, name };
  }
  if (formerNames.has(call.written)) return formerName(call, installed);
  return lacksCommand(call.written) ? unknown(call, installed) : newer(call, installed);
}

/** A name that the current CLI doesn't know any more; undefined of one that the installed one may know. */
function formerName(
  { written, binary }: Pick<Call, "binary" | "written">,
  installed: InstalledRelease,
): (MissingCommand & { readonly kind: "renamed" }) | undefined {
  const name = formerNames.get(written);
  if (name === undefined) return undefined;
  if (vendorOfBinary(binary)?.commandNames[written] !== undefined) return undefined;
  if (installed.kind === "pinned" && installed.pins.every(knowsFormerNames)) return undefined;
  const isCertain =
    (installed.kind === "newest" && installed.by === "bash") ||
    (installed.kind === "pinned" && installed.pins.every(lacksFormerNames));
  return { kind: "renamed", name, isCertain };
}

function knowsFormerNames({ newest }: Pin): boolean {
  return isBefore(newest, formerNamesGone.from);
}

function lacksFormerNames({ oldest, newest }: Pin): boolean {
  const { from, to } = formerNamesGone;
  return !isBefore(oldest, from) && !isBefore(to, newest);
}

/** A command that came with a later release than all that may be installed. */
function newer({ name }: Call, installed: InstalledRelease): MissingCommand | undefined {
  const since = firstReleases.get(name);
  if (since === undefined || installed.kind !== "pinned") return undefined;
  if (!isBeforeRelease(installed, since)) return undefined;
  return { kind: "newer", since, installed: installed.pins.map(({ oldest }) => oldest) };
}

/** A name that no command of 5.11.1 has; of releases before the fifth no list of names is known. */
function unknown(call: Call, installed: InstalledRelease): MissingCommand | undefined {
  if (!isOfficialCli(call)) return undefined;
  if (installed.kind === "pinned" && !installed.pins.every(lacksFormerNames)) return undefined;
  return { kind: "unknown", meant: commandMeantBy(call.written.toLowerCase()) };
}

/** An option of a call that its command doesn't have, and the one that is meant; undefined where none is near. */
export type RefusedWord = ReturnType<
  typeof unknownOptions<CliInvocation["arguments"][number]>
>[number];

/**
 * The options of a call that its command doesn't have, so that the CLI ends with an error and does nothing. None where
 * that can't be known: of another vendor's CLI, of a release before the fifth, of which no list of options is known.
 */
export function wordsRefused(
  call: CliInvocation,
  installed: InstalledRelease,
): readonly RefusedWord[] {
  const mayBeOld =
    installed.kind === "pinned" && installed.pins.some(({ oldest }) => isBefore(oldest, [5, 0, 0]));
  return isOfficialCli(call) && !mayBeOld ? unknownOptions(call) : [];
}
