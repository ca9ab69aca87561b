import { byHand } from "../findings/fix.ts";
import { rule } from "../rule.ts";

/** A configuration file has an ending that the platform doesn't look for. */
export const fileNameUnread = rule({
  id: "file-name-unread",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A configuration file's name ends in .yml, and the platform doesn't read it.",
  why: "The platform looks for files that end in .yaml. One that ends in .yml is left out without a word, with all that is written in it. (Manual: “What is YAML?”.)",
  manual: "learn/overview/yaml/what-is-yaml",
  example: { before: "api/.platform.app.yml", after: "api/.platform.app.yaml" },
  ignore: "The file is an old copy; better take it out.",
  check: ({ misnamed = [] }) =>
    misnamed.map((file) => ({
      message: `The platform doesn't read ${file}, because its name ends in .yml`,
      location: { kind: "file", file, line: 1, column: 1, endLine: 1, endColumn: 1 },
      fix: byHand("Rename the file", {
        what: "Only you know whether it is still meant",
        next: `rename it to ${file.replace(/yml$/u, "yaml")}`,
      }),
    })),
});
