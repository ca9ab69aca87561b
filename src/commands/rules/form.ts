import * as v from "valibot";
import { severities } from "../../audit/finding.ts";

const text = v.string();

/** The form of the JSON document of the rules, or of the vendors. */
export const rulesForm = v.object({
  version: v.literal(1),
  command: v.picklist(["rules"]),
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
});
