// The JSON schemas of what programs read and write: the documents that commands print, and .machinist.yaml.
import { toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { ruleIds } from "../src/audit/configuration/read.ts";
import { severities } from "../src/audit/finding.ts";
import { failureForm } from "../src/commands/failure-form.ts";
import { rulesForm } from "../src/commands/rules/form.ts";
import { statusForm } from "../src/commands/status/form.ts";
import { versionForm } from "../src/commands/version-form.ts";
import { auditForm } from "../src/report/form.ts";
import { runForm } from "../src/setup/report-form.ts";
import { verifyForm } from "../src/verify/report-form.ts";

const documents = {
  audit: v.union([
    auditForm,
    v.object({
      version: v.literal(1),
      command: v.picklist(["audit"]),
      projects: v.array(auditForm),
    }),
  ]),
  run: runForm,
  verify: verifyForm,
  rules: rulesForm,
  status: statusForm,
  version: versionForm,
  failure: failureForm,
};

const titles: Readonly<Record<keyof typeof documents, string>> = {
  audit: "What machinist audit --json prints; --format jsonl prints one such document a line",
  run: "What machinist setup, rotate and undo print with --json",
  verify: "What machinist verify --json prints",
  rules: "What machinist rules --json prints",
  status: "What machinist status --json prints",
  version: "What machinist --version --json prints",
  failure: "What every command prints with --json when it fails",
};

const rule = { enum: ruleIds };
const reason = {
  type: "string",
  pattern: "[\\p{L}\\p{N}]",
  description: "Why, in a few words",
} as const;

const configuration = {
  title: "The configuration of machinist's audit, .machinist.yaml",
  type: ["object", "null"],
  additionalProperties: false,
  properties: {
    "fail-on": {
      enum: severities,
      description: "The least severity that counts for the exit code, when --fail-on isn't given",
    },
    exclude: {
      type: "array",
      description: "Files and folders whose apps aren't audited, by their paths from the directory",
      items: { type: "string", pattern: "^(?!/|\\.{1,2}(?:/|$))[^\\\\*?]+$" },
    },
    rules: {
      type: "object",
      description: "Another severity for a rule, or off, with the reason",
      propertyNames: rule,
      additionalProperties: {
        type: "object",
        additionalProperties: false,
        required: ["severity", "reason"],
        properties: { severity: { enum: [...severities, "off"] }, reason },
      },
    },
    ignore: {
      type: "array",
      description: "Findings that may stay, by where they are",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["rule", "at", "reason"],
        properties: {
          rule,
          at: {
            type: "string",
            description: "The resource or the file, as the audit names it",
          },
          project: { type: "string", description: "The project, if it is about one only" },
          reason,
        },
      },
    },
  },
};

/** The schemas by their paths in the package, as JSON. */
export function schemas(): ReadonlyMap<string, string> {
  const written = (schema: object) => `${JSON.stringify(schema, null, 2)}\n`;
  const draft = "http://json-schema.org/draft-07/schema#";
  return new Map([
    ["schemas/machinist-yaml.json", written({ $schema: draft, ...configuration })],
    ...Object.entries(documents).map(([name, form]): [string, string] => {
      const { $schema, ...schema } = toJsonSchema(form, { definitions: { report: auditForm } });
      const [, title = ""] = Object.entries(titles).find(([of]) => of === name) ?? [];
      return [`schemas/${name}.json`, written({ $schema, title, ...schema })];
    }),
  ]);
}
