import { type Patch, replaceInScript } from "../appfile/operations.ts";
import { fileChange } from "../change/file-change.ts";
import { Failure, type FailureParts } from "../failure.ts";
import type { Replacement } from "../shell/wrap.ts";
import type { Fix } from "./finding.ts";
import type { AppScript } from "./scripts.ts";

/** What a fix is called, and whether it may be made without a look. */
export interface FixTitle {
  /** In the imperative: "Add --no-wait to backup:create". */
  readonly title: string;
  readonly disposition: "safe" | "unsafe";
}

/** A fix that changes the app's file, or the way to do it by hand when the edit is refused. */
export function fileFix({ title, disposition }: FixTitle, plan: () => Patch): Fix {
  try {
    const purpose = title.charAt(0).toLowerCase() + title.slice(1);
    return { kind: "changes", title, disposition, changes: [fileChange(plan(), purpose)] };
  } catch (error) {
    if (error instanceof Failure) return byHand(title, error.parts);
    throw error;
  }
}

/** A fix that replaces a part of a script. */
export function scriptFix({ script }: AppScript, title: FixTitle, replacement: Replacement): Fix {
  return fileFix(title, () => replaceInScript(script, replacement));
}

export function byHand(title: string, refusal: FailureParts): Fix {
  return { kind: "by-hand", title, refusal };
}
