import type { Configuration } from "../configuration/configuration.ts";
import { isExcluded } from "../configuration/configuration.ts";
import type { FleetReading } from "../fleet.ts";
import { judge } from "../judge.ts";
import { findingsOf } from "../subject.ts";
import { type AuditReport, failedReport, reportOf } from "./report.ts";

/** The report on one project of many; one that couldn't be read is reported as such. */
export function reportOnProject(reading: FleetReading, configuration: Configuration): AuditReport {
  if (reading.kind === "failed") {
    const { id, title = id } = reading.project;
    return failedReport(reading.failure.parts, { project: id, environment: "", title });
  }
  const { facts } = reading;
  const { id, title, defaultBranch } = facts.project;
  const subjects = (reading.kind === "read" ? reading.subjects : []).filter(
    (subject) => !isExcluded(configuration, locationOf(subject).shown),
  );
  const findings = findingsOf(subjects, {
    ...(defaultBranch === undefined
      ? {}
      : { defaultBranch: { name: defaultBranch, because: "as the project says" } }),
    platform: facts,
  });
  const verdict = judge(findings, {
    apps: subjects.flatMap((subject) => (subject.kind === "read" ? subject.app : [])),
    whole: defaultBranch !== undefined,
    platform: subjects.some(({ kind }) => kind === "read"),
    project: id,
    configuration,
  });
  return reportOf(verdict, {
    directory: null,
    apps: subjects.map(locationOf).map(({ name, shown }) => ({ name, file: shown })),
    platform: { project: id, environment: facts.environment.id, title },
    offlineBecause: null,
    done: [],
  });
}

function locationOf(subject: Extract<FleetReading, { kind: "read" }>["subjects"][number]) {
  return subject.kind === "read" ? subject.app.location : subject.location;
}
