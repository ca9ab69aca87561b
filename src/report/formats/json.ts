import type { Format } from "../format.ts";
import { asciiControls, inArray } from "./json-text.ts";

/** For programs, as docs/audit-json.md describes it: one document. */
export const jsonFormat: Format = {
  summary: "for programs: one JSON document",
  readers: "programs",
  async *lines(reports) {
    if (!reports.many) {
      for await (const report of reports.read())
        yield asciiControls(JSON.stringify(report, null, 2));
      return;
    }
    yield '{ "version": 1, "command": "audit", "projects": [';
    yield* inArray(reports.read());
    yield "] }";
  },
};
