import type { Fact } from "../../fact.ts";
import type { ReportedVendor } from "../../report/report.ts";
import type { ProjectStanding } from "./standing.ts";

/** Who is signed in. */
export type AccountStatus =
  | {
      readonly state: "signed-in";
      readonly email: string;
      /** Where the token was found: "from PLATFORMSH_CLI_TOKEN". */
      readonly because: string;
      /** When the API token was made, ISO 8601; only an account with a single token tells which one it is. */
      readonly since: Fact<string>;
    }
  | { readonly state: "signed-out" | "refused" | "not-asked"; readonly why: string };

/** Who is signed in, which project it is about, and how that stands. */
export interface Status {
  readonly directory: string;
  readonly vendor: ReportedVendor;
  readonly account: AccountStatus;
  readonly project:
    | {
        readonly state: "known";
        readonly id: string;
        readonly title: string;
        readonly environment: string;
        /** Why it is this one. */
        readonly because: string;
      }
    | { readonly state: "unread"; readonly why: string };
  /** Null where there is no app to look at. */
  readonly standing: ProjectStanding | null;
  /** Why there is none; null where there is. */
  readonly noStanding: string | null;
  /** The last run that changed something and isn't taken back. */
  readonly lastRun: { readonly started: string; readonly changes: number } | null;
  /** Why nobody knows whether there is one; null where that is known. */
  readonly noLastRun: string | null;
}
