import type { AppFile } from "../../appfile/app-file.ts";
import { type Patch, replaceInScript } from "../../appfile/operations.ts";
import { withFileText } from "../../appfile/read.ts";
import {
  type AppScript,
  playable,
  scriptEntries,
  scriptsOf,
  scriptWith,
} from "../../automation/scripts.ts";
import type { Change } from "../../change/change.ts";
import { fileChange } from "../../change/file-change.ts";
import { Failure, type FailureParts } from "../../failure.ts";
import { type FixPromise, type Proof, proofOf } from "../../shell/behaviour.ts";
import type { CliCommand, Excerpt } from "../../shell/script.ts";
import { strandedOptions } from "../../shell/stranded-options.ts";
import type { Fix, FixPlan } from "../finding.ts";

/** What a fix is called that always needs a look. */
export interface LookedAt {
  /** In the imperative: "Add --no-wait to backup:create". */
  readonly title: string;
  readonly disposition: "unsafe";
  /** What is to be looked at: a clause that goes on after "because". */
  readonly because?: string;
}

/** Why a fix needs a look after which a call runs that the CLI has always refused: a clause that goes on after "because". */
export function firstRunOf(name: string): string {
  return `${name} runs then, which it never did`;
}

/** What a fix is called that is safe if the scripts then do what it promises, and else needs a look. */
export interface Promising {
  /** As of `LookedAt`. */
  readonly title: string;
  readonly promises: FixPromise;
}

/** The same of a fix that isn't one of a single script. */
export type PromisingOf = Promising & {
  /** The app whose scripts it may change. */
  readonly of: AppFile;
};

/** A fix that replaces a part of a script, or of the one that the part says it stands in. */
export function scriptFix(
  from: AppScript,
  title: LookedAt | Promising,
  replacement: Excerpt,
): FixPlan {
  const plan = () => [
    fileChange(replaceInScript(scriptWith(from, replacement), replacement), purposeOf(title)),
  ];
  return plannedFix(title, plan, ({ promises }) => proofIn(from, replacement, promises));
}

/**
 * A fix that gives a call another option; by hand where the call isn't written out in the script, as in a task of
 * `package.json`, and it can't be proven that the option gets there.
 */
export function callFix(
  from: AppScript,
  command: CliCommand,
  title: LookedAt | Promising,
  option: Excerpt,
): FixPlan {
  const fix = scriptFix(from, title, option);
  const { written, nameEnd } = command;
  const { text } = scriptWith(from, option);
  if (text.slice(nameEnd - written.length, nameEnd) === written) return fix;
  const { start, end } = command;
  return once(() => {
    const planned = fix();
    if (planned.kind === "changes" && planned.disposition === "safe") return planned;
    return {
      kind: "by-hand",
      title: title.title,
      refusal: {
        what: `${command.name} isn't called here in so many words`,
        why: `${text.slice(start, end)} comes to that, with a text from elsewhere`,
        next: `write${option.text} behind ${written} where that is written`,
      },
    };
  });
}

/** A fix that changes the app's file, or the way to do it by hand when the edit is refused. */
export function fileFix(title: LookedAt | PromisingOf, plan: () => Patch): FixPlan {
  return fixOf(title, () => [fileChange(plan(), purposeOf(title))]);
}

/** A fix of several changes, each made on what the one before it left; by hand when one of them is refused. */
export function fixOf(title: LookedAt | PromisingOf, plan: () => readonly Change[]): FixPlan {
  return plannedFix(title, plan, ({ promises, of }, changes) => proofOfApp(of, changes, promises));
}

/** What a change does, by the title of its fix. */
export function purposeOf({ title }: { readonly title: string }): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

/**
 * A fix whose changes are planned when it is asked for; by hand when one of them is refused.
 *
 * @param prove whether they then do what is promised
 */
export function plannedFix<P extends Promising>(
  title: LookedAt | P,
  plan: () => readonly Change[],
  prove: (promising: P, changes: readonly Change[]) => Proof,
): FixPlan {
  return once(() => {
    try {
      const changes = plan();
      return {
        kind: "changes",
        title: title.title,
        ...dispositionOf(title, changes, prove),
        changes,
      };
    } catch (error) {
      if (error instanceof Failure)
        return { kind: "by-hand", title: title.title, refusal: error.parts };
      throw error;
    }
  });
}

function dispositionOf<P extends Promising>(
  title: LookedAt | P,
  changes: readonly Change[],
  prove: (promising: P, changes: readonly Change[]) => Proof,
): Pick<Extract<Fix, { readonly kind: "changes" }>, "disposition" | "because"> {
  const proof: Proof | LookedAt = "promises" in title ? prove(title, changes) : title;
  if ("kind" in proof && proof.kind === "proven") return { disposition: "safe" };
  const { because } = proof;
  return { disposition: "unsafe", ...(because === undefined ? {} : { because }) };
}

function once(plan: FixPlan): FixPlan {
  let planned: Fix | undefined;
  return () => {
    planned ??= plan();
    return planned;
  };
}

/** Whether every script that runs what is replaced then does what is promised. */
function proofIn(
  from: AppScript,
  { start, end, text, in: path = from.path }: Excerpt,
  promised: FixPromise,
): Proof {
  const { text: old } = scriptWith(from, { start, end, in: path });
  // What the options that follow are of is known once they are put right.
  if (strandedOptions(old, from.shell).length > 0)
    return { kind: "unproven", because: "an option stands on a line of its own there" };
  const edited = old.slice(0, start) + text + old.slice(end);
  const entries =
    path === ""
      ? [from.caller ?? from]
      : scriptsOf(from.app).filter(({ reading: { called } }) => called.has(path));
  return allOf(
    entries.map((entry) => () => {
      const before = playable(entry, from.app);
      const files = new Map(before.files).set(path, edited);
      const after = path === "" ? { ...before, text: edited } : { ...before, files };
      return proofOf(before, after, promised);
    }),
  );
}

/** Whether every script of an app does what is promised once its files are others. */
function proofOfApp(app: AppFile, changes: readonly Change[], promised: FixPromise): Proof {
  const then = changes.reduce(
    (changed, change) =>
      change.kind === "file" ? withFileText(changed, change.path, change.after) : changed,
    app,
  );
  const before = new Map(scriptEntries(app).map((entry) => [entry.called, playable(entry, app)]));
  return allOf(
    scriptEntries(then).map((entry) => () => {
      const played = playable(entry, then);
      return proofOf(before.get(entry.called) ?? { ...played, text: "" }, played, promised);
    }),
  );
}

function allOf(proofs: readonly (() => Proof)[]): Proof {
  for (const prove of proofs) {
    const proof = prove();
    if (proof.kind === "unproven") return proof;
  }
  return { kind: "proven" };
}

/** A fix that changes something on the platform. */
export function platformFix({ title, disposition }: LookedAt, change: Change): FixPlan {
  return () => ({ kind: "changes", title, disposition, changes: [change] });
}

/** What only a person can do, and why. */
export function byHand(title: string, refusal: FailureParts): FixPlan {
  return () => ({ kind: "by-hand", title, refusal });
}
