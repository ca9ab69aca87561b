import type { InstalledRelease } from "../../automation/installed-release.ts";
import type { MissingCommand } from "../../automation/missing-command.ts";
import { opaque } from "../../shell/ci-script.ts";
import type { CliInvocation } from "../../shell/cli-call.ts";
import { vendorOfBinary } from "../../vendors/registry.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, firstRunOf } from "../findings/fix.ts";
import type { Problem } from "../rule.ts";

type Call = Pick<CliInvocation, "arguments" | "binary" | "name" | "nameEnd" | "written">;

/**
 * Why a call fails for the name of its command, in words that go on after who calls it, and how grave and how sure it is where that isn't the rule's own.
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
