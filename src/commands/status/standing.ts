import { environmentsRead, variableOn } from "../../audit/evidence/at-home.ts";
import { type Counts, countsOf } from "../../audit/summary.ts";
import { isIncomplete } from "../../audit/unread.ts";
import { jobsOf } from "../../automation/job.ts";
import { scheduleShort } from "../../automation/schedule-words.ts";
import { placesOf } from "../../automation/wish.ts";
import { type Fact, valueIn } from "../../fact.ts";
import type { Variable } from "../../platform/variables.ts";
import type { AuditState } from "../audit/audited.ts";

/** One thing of the project that calls the platform's CLI, as it is told in one line. */
export interface JobLine {
  /** The app, or the file of a CI system. */
  readonly app: string;
  /** "the cron backup" */
  readonly called: string;
  /** The commands of the CLI, each once: "backup:create". */
  readonly calls: readonly string[];
  /** Its schedule in words; null for what has none, and for a job of CI. */
  readonly when: string | null;
  /** Where it runs; null where it calls nothing that is known, and for a job of CI. */
  readonly where: string | null;
  /** Why it can't be followed to its end; null where it can. */
  readonly notFollowed: string | null;
}

/** The token variable of one environment. */
export type TokenLine = { readonly environment: string } & TokenState;

type TokenState =
  | { readonly state: "set"; readonly changed: string | null }
  | { readonly state: "absent" }
  | { readonly state: "unread"; readonly why: string };

/** How a project stands, read off what the audit reads. */
export interface ProjectStanding {
  /**
   * "unknown" where nothing wrong was found and not all could be looked at, or where the job may be in a script that can't
   * be followed or in a file that can't be read.
   */
  readonly state: "set-up" | "faulty" | "not-set-up" | "unknown";
  readonly jobs: readonly JobLine[];
  /** The name of the token variable, and whether it is set where a job looks for it. */
  readonly token: { readonly variable: string; readonly on: readonly TokenLine[] };
  readonly findings: Counts;
  /** Of the files what jobs may be in and can't be read. */
  readonly notRead: readonly { readonly what: string; readonly why: string }[];
  /** What could not be looked at. */
  readonly unread: readonly { readonly what: string; readonly why: string }[];
}

/** How the project of an audit stands. */
export function standingOf(audited: AuditState): ProjectStanding {
  const verdict = audited.verdict();
  const jobs = jobLinesOf(audited);
  const findings = countsOf(verdict.findings);
  const notRead = audited.unreadFiles.map(({ what, why }) => ({ what, why }));
  const incomplete = isIncomplete(verdict) || audited.online.kind === "skipped";
  return {
    state:
      jobs.length === 0 && notRead.length > 0 ? "unknown" : stateOf(jobs, findings, incomplete),
    jobs,
    token: {
      variable: audited.vendor.vendor.tokenVariable,
      on: tokenLinesOf(audited),
    },
    findings,
    notRead,
    unread: verdict.unread.map(({ what, why }) => ({ what, why })),
  };
}

function stateOf(
  jobs: readonly JobLine[],
  { error }: Counts,
  incomplete: boolean,
): ProjectStanding["state"] {
  if (jobs.length === 0) return "not-set-up";
  if (error > 0) return "faulty";
  return incomplete || jobs.every(({ calls }) => calls.length === 0) ? "unknown" : "set-up";
}

/** What only asks the CLI for its version, as the check of an installation does, is no job. */
function jobLinesOf(audited: AuditState): readonly JobLine[] {
  return [...appJobLines(audited), ...ciJobLines(audited)].filter(
    ({ calls, notFollowed }) => calls.length > 0 || notFollowed !== null,
  );
}

/** The commands of the CLI, each once. */
function namesOf(calls: readonly { readonly name: string }[]): readonly string[] {
  return [...new Set(calls.map(({ name }) => name))].filter((name) => name !== "");
}

/** The jobs of CI that call the CLI. */
function ciJobLines({ ciUses }: AuditState): readonly JobLine[] {
  return ciUses.map(({ job, calls }) => ({
    app: job.spot.in.shown,
    called: job.called,
    calls: namesOf(calls.map(({ call }) => call)),
    when: null,
    where: null,
    notFollowed: job.notFollowed[0]?.what ?? null,
  }));
}

function appJobLines({ appFiles }: AuditState): readonly JobLine[] {
  return appFiles.flatMap((app) =>
    jobsOf(app).map(({ called, calls, when, followed }) => {
      const spec = valueIn(when);
      const first = calls.find(({ name }) => name !== "");
      return {
        app: app.name,
        called,
        calls: namesOf(calls),
        when: spec === undefined ? null : scheduleShort(spec, app.timezone),
        where: first === undefined ? null : placesOf(first),
        notFollowed: followed.kind === "stopped" ? followed.why : null,
      };
    }),
  );
}

function tokenLinesOf({ online, vendor }: AuditState): readonly TokenLine[] {
  if (online.kind === "skipped") return [];
  const { facts } = online;
  return environmentsRead(facts).map((home) => ({
    environment: home.environment.id,
    ...tokenState(variableOn(home, facts, vendor.vendor.tokenVariable)),
  }));
}

function tokenState(variable: Fact<Variable>): TokenState {
  switch (variable.kind) {
    case "unread":
      return { state: "unread", why: variable.why };
    case "absent":
      return { state: "absent" };
    case "known":
      return { state: "set", changed: variable.value.updatedAt ?? null };
  }
}
