import type { AppFile } from "../../appfile/app-file.ts";
import type { KnownVerdict } from "../../audit/finding.ts";
import type { PlatformFacts } from "../../audit/rule.ts";
import type { Fact } from "../../fact.ts";
import type { ProjectClaim } from "../../git/project.ts";
import type { Activity } from "../../platform/activities.ts";
import type { TokenFacts } from "../../platform/users.ts";
import type { CiWork } from "./ci-facts.ts";

/** All that the checklist looks at. */
export interface VerificationFacts {
  readonly now: Date;
  /** As it is in the checkout. */
  readonly app: AppFile;
  /** The other apps of the checkout. */
  readonly neighbours: readonly AppFile[];
  /** What says that the checkout is of another project. */
  readonly otherOwners: readonly ProjectClaim[];
  /** The project as the audit reads it; its `environment` is the one that is looked at. */
  readonly platform: PlatformFacts;
  /** What the audit's rules make of both. */
  readonly verdict: KnownVerdict;
  /** A deployment that is not over; absent where there is none. */
  readonly underWay: Fact<Activity>;
  readonly build: Build;
  /** The jobs of CI that work on the environment, and what their host tells of them. */
  readonly ciWorks: readonly CiWork[];
  /** The latest runs of crons and what the CLI sets off, the newest first. */
  readonly activities: Fact<readonly Activity[]>;
  readonly token: TokenLook;
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
  | {
      readonly kind: "seen";
      readonly facts: TokenFacts;
      /** When each API token of the account was made. */
      readonly made: Fact<readonly string[]>;
    }
  | { readonly kind: "refused"; readonly why: string }
  /** The API failed at it, or wouldn't tell. */
  | { readonly kind: "unread"; readonly why: string }
  | { readonly kind: "skipped" };
