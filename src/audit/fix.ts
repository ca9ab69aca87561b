import { type Patch, replaceInScript } from "../appfile/operations.ts";
import { type AppScript, scriptWith } from "../automation/scripts.ts";
import type { Change } from "../change/change.ts";
import { fileChange } from "../change/file-change.ts";
import { Failure, type FailureParts } from "../failure.ts";
import type { Excerpt } from "../shell/script.ts";
import type { Fix, FixPlan } from "./finding.ts";

/** What a fix is called, and whether it may be made without a look. */
export interface FixTitle {
  /** In the imperative: "Add --no-wait to backup:create". */
  readonly title: string;
  readonly disposition: "safe" | "unsafe";
}

/** A fix that changes the app's file, or the way to do it by hand when the edit is refused. */
export function fileFix(title: FixTitle, plan: () => Patch): FixPlan {
  const purpose = title.title.charAt(0).toLowerCase() + title.title.slice(1);
  return fixOf(title, () => [fileChange(plan(), purpose)]);
}

/** A fix of several changes, each made on what the one before it left; by hand when one of them is refused. */
export function fixOf({ title, disposition }: FixTitle, plan: () => readonly Change[]): FixPlan {
  return once(() => {
    try {
      return { kind: "changes", title, disposition, changes: plan() };
    } catch (error) {
      if (error instanceof Failure) return { kind: "by-hand", title, refusal: error.parts };
      throw error;
    }
  });
}

function once(plan: FixPlan): FixPlan {
  let planned: Fix | undefined;
  return () => {
    planned ??= plan();
    return planned;
  };
}

/** A fix that replaces a part of a script, or of the one that the part says it stands in. */
export function scriptFix(from: AppScript, title: FixTitle, replacement: Excerpt): FixPlan {
  return fileFix(title, () => replaceInScript(scriptWith(from, replacement), replacement));
}

/** A fix that changes something on the platform. */
export function platformFix({ title, disposition }: FixTitle, change: Change): FixPlan {
  return () => ({ kind: "changes", title, disposition, changes: [change] });
}

/** What only a person can do, and why. */
export function byHand(title: string, refusal: FailureParts): FixPlan {
  return () => ({ kind: "by-hand", title, refusal });
}
