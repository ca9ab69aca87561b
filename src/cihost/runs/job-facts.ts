import type { Fact } from "../../fact.ts";
import type { HostedSystem } from "../host.ts";

/** A job of a repository, as its host knows it. */
export interface HostedJob {
  readonly system: HostedSystem;
  /** "acme/shop". */
  readonly repository: string;
  /** The file that it stands in, from the top of the repository. */
  readonly file: string;
  /** Its key in that file. */
  readonly job: string;
  /** The name that the file gives it, with its expressions; undefined where it goes by its key. */
  readonly named: string | undefined;
  /** Whether the file starts it on a schedule. */
  readonly scheduled: boolean;
  /** For GitLab, what starts it, as far as its rules tell: a push, or a schedule whose variable has a value. */
  readonly startedBy:
    | { readonly kind: "push" }
    | { readonly kind: "schedule"; readonly variable: string; readonly value: string }
    | undefined;
}

/** How a run of a job ended; "not run" where the host counts it and did nothing. */
export interface HostRun {
  readonly outcome: "done" | "failed" | "not run" | "under way";
  /** The host's own word for it. */
  readonly said: string;
  /** ISO 8601. */
  readonly startedAt: string | undefined;
  readonly endedAt: string | undefined;
  /** When a schedule started it last; undefined where none did yet, or the host doesn't tell runs apart by that. */
  readonly scheduledAt: string | undefined;
}

/** Whether the host starts a job at its times. */
export interface Switch {
  readonly isOn: boolean;
  /** What is switched on or off: "the workflow machinist-backup.yml", "the schedule Backup". */
  readonly called: string;
  /** Why it is off, where the host says it: "after 60 days without a commit". */
  readonly because: string | undefined;
  /** The command that switches it on. */
  readonly toSwitchOn: string | undefined;
}

/** What a host tells of a job. */
export interface HostedJobFacts {
  /** Absent where the host has nothing that starts it; undefined where nothing is switched on or off, as for a push. */
  readonly switch: Fact<Switch> | undefined;
  /** The latest one; absent where it never ran. */
  readonly lastRun: Fact<HostRun>;
}

/** Of a question that gives up at once what depends on it. */
export function unreadJob(why: string): HostedJobFacts {
  return { switch: { kind: "unread", why }, lastRun: { kind: "unread", why } };
}

/** What the hosts call neither of these didn't run: skipped, cancelled, waiting for somebody. */
export function runOutcome(said: string): HostRun["outcome"] {
  if (said === "success") return "done";
  return /^(?:failure|failed|timed_out|startup_failure)$/u.test(said) ? "failed" : "not run";
}
