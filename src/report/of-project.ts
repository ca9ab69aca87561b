import type { Configuration } from "../audit/configuration.ts";
import type { FleetReading } from "../audit/fleet.ts";
import { textIn } from "../audit/subject.ts";
import { auditedOf, verdictOnProject } from "../audit/verdict.ts";
import { type AuditReport, failedReport, reportedVendor, reportOf } from "./report.ts";
import { sourceOf } from "./source.ts";

/** The report on one project of many; one that couldn't be read is reported as such. */
export function reportOnProject(reading: FleetReading, configuration: Configuration): AuditReport {
  if (reading.kind === "failed") {
    const { id, title = id } = reading.project;
    return failedReport(reading.failure.parts, { project: id, environment: "", title });
  }
  const { id, title } = reading.facts.project;
  const subjects = auditedOf(reading, configuration);
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
