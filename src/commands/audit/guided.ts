import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Finding, Fix, Verdict } from "../../audit/finding.ts";
import { fixWords } from "../../audit/guided/fix-plan.ts";
import type { GuidedAction, GuidedAudit, SafeFix } from "../../audit/guided/guided-audit.ts";
import { nameOf } from "../../audit/guided/same-finding.ts";
import { sourceLines } from "../../audit/guided/source-lines.ts";
import { catalogue } from "../../audit/registry.ts";
import { isSafe } from "../../audit/summary.ts";
import type { Change } from "../../change/change.ts";
import { mergeChanges } from "../../change/merge.ts";
import { previewOf } from "../../change/preview.ts";
import { Failure } from "../../failure.ts";
import { openInBrowser } from "../../setup/browser.ts";
import { knownVendor } from "../../vendors/detection.ts";
import { manualAddress } from "../../vendors/manual.ts";
import { explanation } from "../rules/explanation.ts";
import type { AuditState } from "./audited.ts";
import { openInEditor } from "./editor.ts";
import { type Make, makeChanges, makeFixes } from "./fix.ts";

/** What makes the changes of an audit, and takes them back. */
export interface Making {
  readonly make: Make;
  /** How many changes were made so far. */
  made(): number;
  /** Takes the changes from this number on back, the last first, and gives what was done, a line each. */
  takeBack(from: number): Promise<readonly string[]>;
}

/**
 * The audit as a person works through it, on screens or in lines.
 *
 * @param directory what the paths of findings start from
 * @param env says whether there is a browser, and which editor is the person's own
 */
export function guidedAudit(
  audited: AuditState,
  { make, made, takeBack }: Making,
  directory: string,
  env: NodeJS.ProcessEnv,
): GuidedAudit {
  let verdict: Verdict | undefined;
  const actions: (GuidedAction & { readonly from: number })[] = [];
  /** A file that was changed meanwhile is read again, so that the next try is made on what is there. */
  const changing = async (work: () => Promise<readonly string[]>) => {
    try {
      return await work();
    } catch (failure) {
      await audited.reread().catch(() => undefined);
      throw failure;
    } finally {
      verdict = undefined;
    }
  };
  const doing = async (kind: GuidedAction["kind"], work: () => Promise<readonly string[]>) => {
    const from = made();
    const lines: string[] = [];
    try {
      lines.push(...(await changing(work)));
      return lines;
    } finally {
      // A part of it may be done where the rest was refused.
      if (made() > from) actions.push({ kind, lines, from });
    }
  };
  const reread = async () => {
    await audited.reread();
    verdict = undefined;
  };
  const { online } = audited;
  return {
    title: "machinist audit",
    account: online.kind === "read" ? { name: online.account } : online,
    place: online.kind === "read" ? [online.facts.project.title, online.facts.environment.id] : [],
    vendor: knownVendor(audited.vendor),
    verdict: () => {
      verdict ??= audited.verdict();
      return verdict;
    },
    source: ({ location }) =>
      location.kind === "resource" ? [] : sourceLines(audited.text(location.file) ?? "", location),
    previews: (finding) => {
      const fix = finding.fix?.();
      return fix?.kind === "changes" ? fix.changes.map(previewOf) : [];
    },
    fix: (finding) => doing("fixed", () => makeChanges(audited, changesOf(finding), make)),
    safeFixes: async (out) => {
      const { fixes } = await safeChanges(audited, out);
      const alone = audited.findings().flatMap((finding): readonly SafeFix[] => {
        const fix = finding.fix?.();
        if (fix?.kind !== "changes" || !isSafe(fix) || !out.has(nameOf(finding))) return [];
        return [safeFix(finding, fix.changes)];
      });
      return [...fixes, ...alone];
    },
    fixSafe: (out) =>
      doing("fixed", async () => {
        const { changes } = await safeChanges(audited, out);
        return makeChanges(audited, { changes }, make);
      }),
    ignorePreviews: (finding, reason) => [previewOf(audited.ignoring(finding, reason))],
    ignore: (finding, reason) =>
      doing("ignored", async () => {
        const changes = [audited.ignoring(finding, reason)];
        return makeChanges(audited, { changes }, make);
      }),
    explain: (id) => explanation(id, audited.vendor.vendor),
    manual: (id) => {
      const page = catalogue.find((rule) => rule.id === id)?.manual;
      return page && manualAddress(page, audited.vendor.vendor.manual);
    },
    browse: (address) => openInBrowser(address, env),
    reread,
    actions: () => actions,
    takeBack: async () => {
      const last = actions.at(-1);
      if (last === undefined) return [];
      try {
        return await takeBack(last.from);
      } finally {
        if (made() <= last.from) actions.pop();
        await reread();
      }
    },
    edit: async ({ location }) => {
      if (location.kind === "resource")
        throw new Failure("usage", {
          what: "There is no file to open",
          why: `this is about ${location.resource}`,
          next: "put it right in the Console or with the CLI; r reads it again",
        });
      try {
        await openInEditor(resolve(directory, location.file), location, env);
      } finally {
        await reread();
      }
    },
  };
}

function changesOf({ fix: plan, message }: Finding): Fix & { readonly kind: "changes" } {
  const fix = plan?.();
  if (fix?.kind === "changes") return fix;
  throw new Failure("uneditable", { what: `Only a person can put this right: ${message}` });
}

/** The safe fixes as they follow from each other, tried on a copy, and their changes with those of one file made one. */
async function safeChanges(audited: AuditState, out: ReadonlySet<string>) {
  const trial = audited.copy();
  const all: { readonly finding: Finding; readonly change: Change }[] = [];
  await makeFixes(
    trial,
    (finding) => isSafe(finding.fix?.()) && !out.has(nameOf(finding)),
    async (change, finding) => {
      all.push({ finding, change });
      // Each try takes a moment, and what is waited for wants to be drawn.
      await setImmediate();
      return "";
    },
  );
  // Findings that are alike can't be told from each other once lines have moved: they are put right together.
  const firsts = new Map(all.toReversed().map(({ finding }) => [nameOf(finding), finding]));
  const fixes = [...firsts].toReversed().map(([name, finding]) => {
    const own = all.filter((each) => nameOf(each.finding) === name);
    return safeFix(
      finding,
      own.map(({ change }) => change),
    );
  });
  return { fixes, changes: mergeChanges(all.map(({ change }) => change)) };
}

function safeFix(finding: Finding, changes: readonly Change[]): SafeFix {
  return { id: nameOf(finding), ...fixWords(finding, changes) };
}
