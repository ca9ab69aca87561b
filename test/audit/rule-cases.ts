import type { Includes } from "../../src/appfile/include.ts";
import type { AppLocation } from "../../src/appfile/locate.ts";
import type { Severity } from "../../src/audit/finding.ts";
import { rules } from "../../src/audit/registry.ts";
import type { AuditFacts } from "../../src/audit/rule.ts";

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

/** A finding as it is told. */
export interface Told {
  readonly severity: Severity;
  /** How sure it is; left out where it is proven. */
  readonly confidence?: "medium" | "low";
  /** `line:column-line:column`, behind `path:` where it isn't in the app's own file; or the resource. */
  readonly at: string;
  readonly message: string;
  /** What its fix is called, behind "safe: ", "unsafe: " or "by hand: ", and why it needs a look, where that is known. */
  readonly fix?: string;
}

/** A situation in which a rule finds something. */
export interface FiringCase {
  readonly given: Example;
  readonly finds: readonly Told[];
  /** What the first fix comes to: the whole file after it, or a part of the change. */
  readonly fixed?: string | object;
}

/** What a rule is held to. The names complete "is found when …" and "is not found when …". */
export interface RuleCases {
  readonly fires: Readonly<Record<string, FiringCase>>;
  readonly quiet: Readonly<Record<string, Example>>;
}

/** The cases of every rule, by its id. Rejects when a rule has none. */
export async function allCases(): Promise<ReadonlyMap<string, RuleCases>> {
  return new Map(
    await Promise.all(
      rules.map(async ({ id }) => {
        const { cases }: { cases: RuleCases } = await import(`./rules/${id}.cases.ts`);
        return [id, cases] as const;
      }),
    ),
  );
}
