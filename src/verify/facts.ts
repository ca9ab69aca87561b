import type { AppFile } from "../appfile/app-file.ts";
import type { Activity } from "../platform/activities.ts";
import type { Deployment } from "../platform/deployments.ts";
import type { Environment } from "../platform/environments.ts";
import type { Project } from "../platform/projects.ts";
import type { TokenFacts } from "../platform/token-facts.ts";
import type { Variable } from "../platform/variables.ts";
import type { Vendor } from "../vendors/vendor.ts";

/** All that the checklist looks at. */
export interface VerificationFacts {
  readonly now: Date;
  readonly vendor: Vendor;
  readonly project: Project;
  readonly environment: Environment;
  /** All that the account sees. */
  readonly environments: readonly Environment[];
  /** As it is in the checkout. */
  readonly app: AppFile;
  /** Undefined when nothing is deployed. */
  readonly deployment: Deployment | undefined;
  /** The variable with the token, as it is configured. */
  readonly variable: Variable | undefined;
  /** A deployment that is not over. */
  readonly underWay: Activity | undefined;
  readonly build: Build;
  /** The latest runs of crons and what the CLI sets off, the newest first. */
  readonly activities: readonly Activity[];
  readonly token: TokenLook;
  /** The account that is signed in. */
  readonly operator: string;
  /** Addresses of accounts on the project, by their ids. */
  readonly addresses: ReadonlyMap<string, string>;
}

/** The log of the latest deployment that built the app; "reused" when all of the latest took an earlier build over. */
export type Build =
  | { readonly kind: "log"; readonly at: string | undefined; readonly lines: readonly string[] }
  | { readonly kind: "reused" }
  | { readonly kind: "unknown" };

/** What the machine user's own token shows, or why it doesn't. */
export type TokenLook =
  | { readonly kind: "seen"; readonly facts: TokenFacts }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "skipped" };
