import type { Includes } from "../../../src/appfile/include.ts";
import type { AppLocation } from "../../../src/appfile/locate.ts";
import type { AuditFacts } from "../../../src/audit/rule.ts";

/** A situation that a rule looks at: the text of an application file alone, or with what is known beside it. */
export type Example =
  | string
  | {
      readonly text: string;
      /** Where the application is, when the text isn't that of a `.platform.app.yaml` at the top. */
      readonly place?: Partial<AppLocation>;
      readonly includes?: Includes;
      /** What is known beside the file; without it only that the default branch is `main`. */
      readonly facts?: Omit<AuditFacts, "app">;
    };

/** What a rule is held to. The names complete "is found when …" and "is not found when …". */
export interface RuleCases {
  /** The rule's id. */
  readonly rule: string;
  readonly fires: Readonly<Record<string, Example>>;
  readonly quiet: Readonly<Record<string, Example>>;
  /**
   * By the name of an example that fires: what its fix comes to. A text is the whole file after it; an object is a part
   * of the one change.
   */
  readonly fixes?: Readonly<Record<string, string | object>>;
}
