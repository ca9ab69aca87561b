import {
  type InstalledRelease,
  isBeforeRelease,
  type Pin,
} from "../../automation/installed-release.ts";
import { opaque } from "../../shell/ci-script.ts";
import { type CliInvocation, isOfficialCli, optionsInFront } from "../../shell/cli-call.ts";
import {
  commandMeantBy,
  firstReleaseOf,
  formerNames,
  formerNamesGone,
  lacksCommand,
} from "../../shell/cli-commands.ts";
import { isBefore, type Release } from "../../shell/release.ts";
import { vendorOfBinary } from "../../vendors/registry.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, firstRunOf } from "../findings/fix.ts";
import type { Problem } from "../rule.ts";

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

/**
 * The same in words that go on after who calls it, and how grave and how sure it is where that isn't the rule's own.
 *
 * @param text the script that the call's offsets are those of
 */
export function missingSaid(
  call: Call,
  missing: MissingCommand,
  text: string,
): { readonly says: string } & Pick<Problem, "severity" | "confidence"> {
  const { name, written } = call;
  switch (missing.kind) {
    case "misplaced": {
      const shown = missing.options.map((option) => asWritten(option, text));
      const taken = shown[missing.options.findIndex(({ text: word }) => !word.startsWith("-"))];
      const { name, command } = missing;
      const first = command.text;
      const write = inOrder(missing, text)?.text ?? `${name} first`;
      return {
        says: `has ${shown.join(" ")} in front of ${first}, and the CLI takes ${taken ?? written} for the command; write ${write}`,
      };
    }
    case "renamed": {
      const says = `calls ${written}, which the current CLI has only as ${missing.name}`;
      return missing.isCertain ? { says, severity: "error", confidence: "high" } : { says };
    }
    case "newer": {
      const [since, ...releases] = [missing.since, ...missing.installed].map((release) =>
        release.join("."),
      );
      return {
        says: `calls ${name}, which came with ${since} of the CLI; ${releases.join(" or ")} is installed`,
      };
    }
    case "unknown": {
      const hint = missing.meant === undefined ? "" : `; did you mean ${missing.meant}?`;
      return { says: `calls ${written}, a command that the CLI doesn't have in 5.11.1${hint}` };
    }
  }
}

/** A word of a call; as it stands in the script where an expression of a CI system is in it. */
function asWritten({ text: word, start, end }: Call["arguments"][number], text: string): string {
  return word.includes(opaque) ? text.slice(start, end) : word;
}

/** What puts a call right. */
export interface Mending {
  readonly title: string;
  readonly replacement: { readonly start: number; readonly end: number; readonly text: string };
  /** What it changes in the words of the call; or why it needs a look. */
  readonly does:
    | { readonly kind: "words"; readonly change: { readonly replace: string; readonly by: string } }
    | { readonly kind: "unsure"; readonly because: string };
}

/** What puts a call right; undefined where only a person knows, and where it isn't written in the script as it is called. */
export function mendingOf(
  { nameEnd, written }: Call,
  missing: MissingCommand,
  installed: InstalledRelease,
  text: string,
): Mending | undefined {
  if (missing.kind === "misplaced") {
    const { name } = missing;
    const replacement = inOrder(missing, text);
    if (replacement === undefined) return undefined;
    const does = { kind: "unsure", because: firstRunOf(name) } as const;
    return { title: `Put ${name} first`, replacement, does };
  }
  if (missing.kind !== "renamed") return undefined;
  const { name } = missing;
  const start = nameEnd - written.length;
  if (text.slice(start, nameEnd) !== written) return undefined;
  // What the job did by the former name is what it does by this one: nothing runs that never did.
  const because = `it can't be seen which release of the CLI runs, and an old one doesn't know ${name}`;
  return {
    title: `Call it ${name}`,
    replacement: { start, end: nameEnd, text: name },
    does:
      installed.kind === "unknown"
        ? { kind: "unsure", because }
        : { kind: "words", change: { replace: written, by: name } },
  };
}

/** The command first, and the options behind it; undefined where the script doesn't hold them as they are called. */
function inOrder(
  { options: [first], command, name }: MissingCommand & { readonly kind: "misplaced" },
  text: string,
): Mending["replacement"] | undefined {
  if (first === undefined) return undefined;
  const [{ start }, { end }] = [first, command];
  const there = text.slice(start, end);
  if (!there.startsWith(first.text) || !there.endsWith(command.text)) return undefined;
  return { start, end, text: `${name} ${text.slice(start, command.start).trim()}` };
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
  const since = firstReleaseOf(name);
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

/**
 * What is said of a call of a command that the CLI of its vendor leaves out, as a clause behind "calls", with what to do;
 * undefined of any other.
 */
export function leftOutSaid({
  binary,
  name,
}: Pick<Call, "binary" | "name">): { readonly says: string; readonly fix: FixPlan } | undefined {
  const successor = vendorOfBinary(binary)?.commandsOff[name];
  if (successor === undefined) return undefined;
  const fix = byHand(`Use ${successor}`, {
    what: "What takes its place takes other arguments",
    next: `write the command with ${successor}`,
  });
  return { says: `${name}, which ${binary} doesn't have`, fix };
}
