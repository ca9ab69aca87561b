import type { AppFile } from "../../appfile/app-file.ts";
import { renameKey } from "../../appfile/operations.ts";
import { type JobSection, type StraySection, straySections } from "../../automation/job-shapes.ts";
import type { FixPlan } from "../finding.ts";
import type { Problem } from "../rule.ts";
import { byHand, fileFix } from "./fix.ts";
import { placeAt } from "./places.ts";

/** What is told of sections of jobs that stand where the platform doesn't look for them. */
export function strayFindings(app: AppFile, sections: readonly JobSection[]): readonly Problem[] {
  return straySections(app)
    .filter(({ section, isTold }) => isTold && sections.includes(section))
    .map((stray) => ({
      message: saying(stray),
      ...(stray.kind === "no mapping" ? {} : { severity: "warning" as const }),
      location: placeAt(stray.in, stray.entry.keyStart, stray.entry.keyEnd),
      fix: fixOf(app, stray),
    }));
}

function saying(stray: StraySection): string {
  const { section } = stray;
  switch (stray.kind) {
    case "misnamed":
      return `${stray.written} is no section of jobs: ${section} is probably meant, and none of them is run`;
    case "below":
      return `${section} stands below ${stray.above}, and belongs beside it: none of them is run`;
    case "beside apps":
      return `${section} stands beside applications, and belongs in one of them: none of them is run`;
    case "in an app":
      return "tasks stands in an app, and belongs beside applications in a file of Upsun: none of them is run";
    case "no mapping":
      return stray.task === undefined
        ? "tasks is no mapping of tasks by their names"
        : `The task ${stray.task} is no mapping with run.command`;
  }
}

function fixOf(app: AppFile, stray: StraySection): FixPlan {
  const { section } = stray;
  const rename = stray.kind === "misnamed" ? stray.rename : undefined;
  if (rename === undefined)
    return byHand("Write it as the manual has it", {
      what: "What it was meant to be, only you know",
      next: `write it as ${section}, in the place that the manual names`,
    });
  const way = { next: `write ${section} in its place` };
  return fileFix({ title: `Write it as ${section}`, disposition: "unsafe" }, () =>
    renameKey(app, rename, section, way),
  );
}
