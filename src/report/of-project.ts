import type { Configuration } from "../audit/configuration.ts";
import { isExcluded } from "../audit/configuration.ts";
import type { KnownVerdict } from "../audit/finding.ts";
import type { FleetReading, ReadProject } from "../audit/fleet.ts";
import { judge } from "../audit/judge.ts";
import { findingsOf, notReadIn, type Subject, textIn } from "../audit/subject.ts";
import { unreadApps, unreadFolders, unreadIn, unreadScripts } from "../audit/unread.ts";
import { type AuditReport, failedReport, reportedVendor, reportOf } from "./report.ts";
import { sourceOf } from "./source.ts";

/** The report on one project of many; one that couldn't be read is reported as such. */
export function reportOnProject(reading: FleetReading, configuration: Configuration): AuditReport {
  if (reading.kind === "failed") {
    const { id, title = id } = reading.project;
    return failedReport(reading.failure.parts, { project: id, environment: "", title });
  }
  const { id, title } = reading.facts.project;
  const subjects = subjectsOf(reading, configuration);
  const about = {
    directory: null,
    apps: subjects
      .flatMap((subject) => (subject.kind === "read" ? subject.app.location : []))
      .map(({ name, shown }) => ({ name, file: shown })),
    vendor: reportedVendor(reading.vendor),
    platform: { project: id, environment: reading.facts.environment.id, title },
    offlineBecause: null,
    done: [],
  };
  return reportOf(
    verdictOnProject(reading, configuration),
    about,
    sourceOf((shown) => textIn(subjects, shown)),
  );
}

/** What counts in one project of many, and what may stay. */
export function verdictOnProject(reading: ReadProject, configuration: Configuration): KnownVerdict {
  const { facts } = reading;
  const { id, defaultBranch } = facts.project;
  const subjects = subjectsOf(reading, configuration);
  const findings = findingsOf(subjects, {
    vendor: reading.vendor,
    ...(defaultBranch === undefined
      ? {}
      : { defaultBranch: { name: defaultBranch, because: "as the project says" } }),
    platform: facts,
  });
  return judge(findings, {
    apps: subjects.flatMap((subject) => (subject.kind === "read" ? subject.app : [])),
    whole: defaultBranch !== undefined && subjects.some(({ kind }) => kind === "read"),
    unread: [
      ...unreadApps(subjects),
      ...unreadScripts(notReadIn(subjects)),
      ...unreadFolders(subjects),
      ...unreadIn(facts),
    ],
    project: id,
    configuration,
  });
}

function subjectsOf(reading: ReadProject, configuration: Configuration): readonly Subject[] {
  if (reading.kind === "unused") return [];
  return reading.subjects.filter(
    (subject) => !isExcluded(configuration, locationOf(subject).shown),
  );
}

function locationOf(subject: Subject) {
  return subject.kind === "read" ? subject.app.location : subject.location;
}
