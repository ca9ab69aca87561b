import type { Finding, Fix, IgnoredFinding, Verdict } from "../../../src/audit/finding.ts";
import type { GuidedAction, GuidedAudit } from "../../../src/audit/guided/guided-audit.ts";
import { isSafe } from "../../../src/audit/summary.ts";
import { Failure } from "../../../src/failure.ts";

/** A finding by its number: odd ones are errors, even ones warnings. */
export function finding(number: number, fix?: Fix): Finding {
  return {
    rule: `rule-${number}`,
    severity: number % 2 === 0 ? "warning" : "error",
    confidence: number % 3 === 0 ? "medium" : "high",
    message: `The cron number ${number} has no guard.`,
    why: "It runs on every branch.",
    location: {
      kind: "file",
      file: ".platform.app.yaml",
      line: number,
      column: 5,
      endLine: number,
      endColumn: 10,
    },
    ...(fix === undefined ? {} : { fix: () => fix }),
  };
}

/** The finding of that number, ignored. */
export function ignored(number: number, reason: string): IgnoredFinding {
  return { ...finding(number), ignored: { by: "comment", reason } };
}

const guard = { kind: "changes", title: "Add the guard", changes: [] } as const;
export const safeFix: Fix = { ...guard, disposition: "safe" };
export const unsafeFix: Fix = { ...guard, disposition: "unsafe" };

const hasSafeFix = ({ fix }: Finding) => isSafe(fix?.());

/** An audit in memory, whose fixes take their finding away. */
export function fakeAudit(
  findings: readonly Finding[],
  more: Partial<GuidedAudit> = {},
): GuidedAudit {
  let verdict: Verdict = { findings, ignored: [], unread: [] };
  const actions: (GuidedAction & { readonly before: Verdict })[] = [];
  const remove = (gone: (finding: Finding) => boolean, kind: GuidedAction["kind"] = "fixed") => {
    const lines = verdict.findings.filter(gone).map(({ rule }) => `${kind} ${rule}`);
    actions.push({ kind, lines, before: verdict });
    verdict = { ...verdict, findings: verdict.findings.filter((other) => !gone(other)) };
    return lines;
  };
  const diff = ({ rule }: Finding) => ({
    title: ".platform.app.yaml",
    lines: [{ kind: "added" as const, text: `guard for ${rule}` }],
  });
  return {
    title: "machinist audit",
    account: { name: "operator@example.org" },
    place: ["Shop"],
    vendor: undefined,
    verdict: () => verdict,
    source: ({ rule, location }) => [
      {
        number: location.kind === "file" ? location.line : 1,
        before: "run ",
        marked: rule,
        after: " --yes",
        hit: true,
        skipped: 0,
      },
    ],
    previews: (of) => (of.fix?.().kind === "changes" ? [diff(of)] : []),
    fix: async (fixed) => remove((other) => other === fixed),
    safeFixes: async () =>
      verdict.findings.filter(hasSafeFix).map((of) => ({
        id: of.rule,
        title: `Add the guard of ${of.rule}`,
        place: ".platform.app.yaml",
        facts: [of.message],
        previews: [diff(of)],
      })),
    fixSafe: async (out) => remove((of) => hasSafeFix(of) && !out.has(of.rule)),
    ignorePreviews: ({ rule }, reason) => {
      if (!/\w/u.test(reason)) throw new Failure("usage", { what: "A reason is needed" });
      const text = `# machinist: ignore[${rule}] ${reason}`;
      return [{ title: ".platform.app.yaml", lines: [{ kind: "added", text }] }];
    },
    ignore: async (of, reason) => {
      const lines = remove((other) => other === of, "ignored");
      verdict = {
        ...verdict,
        ignored: [...verdict.ignored, { ...of, ignored: { by: "comment", reason } }],
      };
      return lines;
    },
    explain: (rule) => [`All about ${rule}.`, "", "Instead of", "    before", "write", "    after"],
    manual: (rule) => `https://manual.example.org/${rule}.html`,
    browse: async () => undefined,
    reread: async () => undefined,
    actions: () => actions,
    takeBack: async () => {
      const last = actions.pop();
      verdict = last?.before ?? verdict;
      return last?.lines.map((line) => `not ${line}`) ?? [];
    },
    edit: async (of) => {
      remove((other) => other === of);
      actions.pop();
    },
    ...more,
  };
}
