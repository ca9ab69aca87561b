import type { InstalledRelease } from "../../automation/installed-release.ts";
import { type RefusedWord, wordsRefused } from "../../automation/missing-command.ts";
import type { CliInvocation } from "../../shell/cli-call.ts";
import type { Replacement } from "../../shell/replacement.ts";
import { firstRunOf, type LookedAt } from "../findings/fix.ts";

/** An option at which a call ends, and what puts that right. */
export interface RefusedOption {
  /** Without its value: "--env". */
  readonly option: string;
  /** The one that the command has and that is meant; undefined where none is near. */
  readonly meant: string | undefined;
  /** What is wrong, in words that go on after who calls it. */
  readonly says: string;
  /** The option where it stands in the script; the call, where the option isn't written there. */
  readonly place: { readonly start: number; readonly end: number };
  /** Undefined where the option isn't written there. */
  readonly mending?: { readonly title: LookedAt; readonly replacement: Replacement };
}

/**
 * The options of a call at which it ends, and what puts that right.
 *
 * @param text the script that the call's offsets are those of
 */
export function refusedOptions(
  call: CliInvocation,
  installed: InstalledRelease,
  text: string,
): readonly RefusedOption[] {
  return wordsRefused(call, installed).map((found) => refused(call, found, text));
}

function refused(call: CliInvocation, { option, meant }: RefusedWord, text: string): RefusedOption {
  const [written = ""] = option.text.split("=", 1);
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  const says = `calls ${call.name} with ${written}, which it doesn't have, so that it ends with an error${hint}`;
  const end = option.start + written.length;
  if (text.slice(option.start, end) !== written)
    return { option: written, meant, says, place: call };
  const place = { start: option.start, end };
  const title = meant === undefined ? `Take ${written} out` : `Write ${meant}`;
  const replacement =
    meant === undefined
      ? { start: text.slice(0, option.start).trimEnd().length, end: option.end, text: "" }
      : { ...place, text: meant };
  return {
    option: written,
    meant,
    says,
    place,
    mending: {
      title: { title, disposition: "unsafe", because: firstRunOf(call.name) },
      replacement,
    },
  };
}
