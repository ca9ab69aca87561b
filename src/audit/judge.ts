import { hash } from "node:crypto";
import type { AppFile } from "../appfile/app-file.ts";
import type { CiReading } from "../cifile/read.ts";
import type { TextFile } from "../yaml/text-file.ts";
import type { Baseline } from "./baseline.ts";
import { type Configuration, noConfiguration } from "./configuration.ts";
import { inOrder } from "./engine.ts";
import type { Finding, IgnoreReason, KnownFinding, KnownVerdict, Unread } from "./finding.ts";
import { type AuditedFiles, auditedFiles } from "./ignore/audited-files.ts";
import { commentSearch } from "./ignore/by-comment.ts";
import { pardonBy, withSeverity } from "./ignore/by-configuration.ts";
import { commentsIn } from "./ignore/comments.ts";
import { problemsOf, rulesOf, unusedIgnore } from "./ignore/problems.ts";
import { rules } from "./registry.ts";

/** What was audited, and what was said beforehand about the findings. */
export interface JudgeContext {
  readonly apps: readonly AppFile[];
  /** The CI of the repository, where that was read. */
  readonly ci?: CiReading;
  /** The `.environment` of the apps; none unless given. */
  readonly environmentFiles?: readonly TextFile[];
  /** Whether everything in the files was looked at: every app of them, and the default branch being known. */
  readonly whole: boolean;
  /** What wasn't looked at. */
  readonly unread: readonly Unread[];
  /** The project's id, when it is known. */
  readonly project?: string;
  readonly configuration?: Configuration;
  readonly baseline?: Baseline;
}

/**
 * Tells what counts from what may stay: by a comment in the files, `# machinist: ignore[rule] reason`, by the
 * configuration, or because it is in the baseline. What is wrong with the ignores is found too.
 *
 * @param findings of these apps, from `audit`
 */
export function judge(findings: readonly Finding[], audited: JudgeContext): KnownVerdict {
  const { apps, ci, configuration = noConfiguration, baseline, project } = audited;
  const all = auditedFiles(apps, ci, audited.environmentFiles);
  const comments = commentsIn(all);
  const findComment = commentSearch(all.scripts, comments);
  const used = new Set<unknown>();
  const pardon = (finding: Finding): IgnoreReason | undefined => {
    const comment = findComment(finding);
    if (comment !== undefined) {
      used.add(markOf(comment.comment.location, finding.rule));
      return comment.ignored;
    }
    const configured = pardonBy(configuration, finding, project);
    if (configured?.entry !== undefined) used.add(configured.entry);
    return configured?.ignored;
  };
  const judged = [...findings, ...comments.flatMap(problemsOf)].map((finding) => ({
    finding,
    ignored: pardon(finding),
  }));
  const wasLookedFor = lookedFor(audited);
  const idle = [
    ...comments.flatMap((comment) =>
      rulesOf(comment)
        .filter((id) => wasLookedFor(id) && !used.has(markOf(comment.location, id)))
        .map((id) => unusedIgnore(comment, id)),
    ),
    ...configuration.ignores
      .filter((entry) => wasLookedFor(entry.rule) && isAbout(entry.project, project))
      .filter((entry) => !used.has(entry))
      .map((entry) => unusedIgnore(entry, entry.rule)),
  ].map((finding) => ({ finding, ignored: pardon(finding) }));
  return verdict([...judged, ...idle], audited, all, configuration, baseline);
}

function markOf({ file, line }: { readonly file: string; readonly line: number }, rule: string) {
  return `${file}:${line} ${rule}`;
}

function isAbout(named: string | undefined, project: string | undefined): boolean {
  return named === undefined || named === project;
}

/** Whether a rule looked at everything that it needs, so that an ignore that fits nothing is one too many. */
function lookedFor({ whole, unread }: JudgeContext) {
  const silent = new Set(unread.flatMap((part) => part.rules));
  return (id: string): boolean => whole && !silent.has(id) && rules.some((rule) => rule.id === id);
}

function verdict(
  judged: readonly { readonly finding: Finding; readonly ignored: IgnoreReason | undefined }[],
  { unread }: JudgeContext,
  { files }: AuditedFiles,
  configuration: Configuration,
  baseline: Baseline | undefined,
): KnownVerdict {
  const inFileOrder = judged.toSorted((a, b) => inOrder(a.finding, b.finding));
  const known = withFingerprints(
    inFileOrder.map(({ finding }) => withSeverity(configuration, finding)),
    (shown) => files.get(shown)?.text,
  );
  const counted: KnownFinding[] = [];
  const ignored: KnownVerdict["ignored"][number][] = [];
  for (const [index, finding] of known.entries()) {
    const reason = inFileOrder[index]?.ignored ?? inBaseline(finding, baseline);
    if (reason === undefined) counted.push(finding);
    else ignored.push({ ...finding, ignored: reason });
  }
  return { findings: counted, ignored, unread };
}

function inBaseline(
  { fingerprint }: KnownFinding,
  baseline: Baseline | undefined,
): IgnoreReason | undefined {
  return baseline?.fingerprints.has(fingerprint)
    ? { by: "baseline", reason: `it is in the baseline ${baseline.shown}` }
    : undefined;
}

/**
 * Gives each finding a fingerprint that stays the same when lines move: it comes from the rule, the file or the
 * resource, and the text of the line without its blanks. Alike findings are told apart by their order.
 *
 * @param findings in the order of the files
 * @param textOf the text of a file by the path as people know it; undefined when it couldn't be read
 */
export function withFingerprints(
  findings: readonly Finding[],
  textOf: (shown: string) => string | undefined,
): readonly KnownFinding[] {
  const lines = new Map<string, readonly string[]>();
  const lineOf = (file: string, line: number) => {
    const known = lines.get(file) ?? (textOf(file) ?? "").split(/\r?\n/u);
    lines.set(file, known);
    return known[line - 1] ?? "";
  };
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { rule, location } = finding;
    const place =
      location.kind === "resource"
        ? [location.resource]
        : [location.file, lineOf(location.file, location.line).replaceAll(/\s+/gu, "")];
    const basis = [rule, ...place].join("\n");
    const before = seen.get(basis) ?? 0;
    seen.set(basis, before + 1);
    return { ...finding, fingerprint: hash("sha256", `${basis}\n${before}`).slice(0, 32) };
  });
}
