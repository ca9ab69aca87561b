import type { Format } from "../format.ts";
import { asciiControls } from "./json-text.ts";

/** For programs that read while the audit runs: a JSON document a line, one for each checkout or project. */
export const jsonl: Format = {
  summary: "for programs: one JSON document a line, one for each project",
  readers: "programs",
  async *lines(reports) {
    for await (const report of reports.read()) yield asciiControls(JSON.stringify(report));
  },
};
