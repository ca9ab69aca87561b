// The JSON schemas of what programs read and write: the documents that commands print, and .machinist.yaml.
import { toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { ruleIds } from "../src/audit/configuration/read.ts";
import { severities } from "../src/audit/finding.ts";
import { commandDefinitions } from "../src/commands/registry.ts";
import { exitCodes } from "../src/exit-code.ts";
import { auditForm } from "../src/report/read.ts";

const text = v.string();
const texts = v.array(text);
const optional = v.optional(text);
const first = (...names: readonly string[]) => ({
  version: v.literal(1),
  command: v.picklist(names),
});

/** What became of the changes of a run; each is one line. */
const changesMade = { done: texts, failed: texts, unknown: texts, leftOut: texts };

const reasons = Object.keys(exitCodes);
const codes = [...new Set(Object.values(exitCodes).map(({ code }) => code))];

const documents = {
  audit: v.union([auditForm, v.object({ ...first("audit"), projects: v.array(auditForm) })]),
  run: v.looseObject({
    ...first("setup", "rotate", "undo"),
    directory: text,
    dryRun: v.boolean(),
    answers: v.array(v.object({ step: text, value: v.unknown(), shown: text, because: text })),
    changes: v.array(
      v.object({
        kind: text,
        title: text,
        applied: v.boolean(),
        preview: v.array(
          v.object({
            kind: v.picklist(["place", "context", "added", "removed", "fact", "field"]),
            text,
            // Of a field: its name, what it is now where that is compared, what it will be, and what that means.
            name: v.exactOptional(text),
            now: v.exactOptional(text),
            value: v.exactOptional(text),
            means: v.exactOptional(text),
          }),
        ),
      }),
    ),
    ...changesMade,
  }),
  verify: v.looseObject({
    ...first("verify"),
    directory: text,
    project: optional,
    environment: optional,
    app: optional,
    good: v.boolean(),
    checks: v.array(
      v.object({
        subject: text,
        state: v.picklist(["ok", "wrong", "open", "skipped"]),
        sentence: text,
        next: optional,
      }),
    ),
  }),
  rules: v.object({
    ...first("rules"),
    vendors: v.optional(
      v.array(
        v.object({
          id: text,
          name: text,
          cli: text,
          tokenVariable: text,
          containerPrefix: text,
          applicationFile: text,
          api: v.nullable(text),
          installer: v.nullable(text),
          setup: v.picklist(["all", "files", "refused"]),
        }),
      ),
    ),
    rules: v.optional(
      v.array(
        v.object({
          id: text,
          severity: v.picklist(severities),
          confidence: v.picklist(["high", "medium", "low"]),
          needs: v.picklist(["files", "platform", "machine-token"]),
          fixable: v.picklist(["safe", "unsafe", "by-hand"]),
          security: v.nullable(v.picklist(["critical", "high", "medium"])),
          what: text,
          why: text,
          example: v.object({ before: text, after: text }),
          ignore: text,
          manual: v.nullable(text),
          page: text,
        }),
      ),
    ),
  }),
  status: v.object({
    ...first("status"),
    directory: text,
    vendor: v.object({ id: text, shown: text, rivals: texts }),
    account: v.variant("state", [
      v.object({
        state: v.literal("signed-in"),
        email: text,
        because: text,
        since: v.nullable(text),
      }),
      v.object({ state: v.picklist(["signed-out", "refused", "not-asked"]), why: text }),
    ]),
    project: v.variant("state", [
      v.object({
        state: v.literal("known"),
        ...{ id: text, title: text, environment: text, because: text },
      }),
      v.object({ state: v.literal("unread"), why: text }),
    ]),
    standing: v.nullable(
      v.object({
        state: v.picklist(["set-up", "faulty", "not-set-up", "unknown"]),
        jobs: v.array(
          v.object({
            app: text,
            called: text,
            calls: texts,
            when: v.nullable(text),
            where: v.nullable(text),
            notFollowed: v.nullable(text),
          }),
        ),
        token: v.object({
          variable: text,
          on: v.array(
            v.variant("state", [
              v.object({
                environment: text,
                state: v.literal("set"),
                changed: v.nullable(text),
              }),
              v.object({ environment: text, state: v.literal("absent") }),
              v.object({ environment: text, state: v.literal("unread"), why: text }),
            ]),
          ),
        }),
        findings: v.object({ error: v.number(), warning: v.number(), info: v.number() }),
        notRead: v.array(v.object({ what: text, why: text })),
        unread: v.array(v.object({ what: text, why: text })),
      }),
    ),
    noStanding: v.nullable(text),
    lastRun: v.nullable(v.object({ started: text, changes: v.number() })),
    noLastRun: v.nullable(text),
  }),
  version: v.object({
    ...first("version"),
    machinist: text,
    node: text,
    platform: text,
    arch: text,
  }),
  failure: v.object({
    version: v.literal(1),
    command: v.nullable(v.picklist(commandDefinitions.map(({ name }) => name))),
    failure: v.object({
      code: v.picklist(codes),
      reason: v.picklist(reasons),
      what: text,
      where: optional,
      why: optional,
      next: optional,
      paste: optional,
    }),
    ...Object.fromEntries(Object.keys(changesMade).map((name) => [name, v.optional(texts)])),
  }),
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
