import type { AppFile } from "../appfile/app-file.ts";
import type { CiReading } from "../cifile/read.ts";
import type { Branches } from "../git/branches.ts";
import type { DetectedVendor } from "../vendors/detection.ts";
import type { TextFile } from "../yaml/text-file.ts";
import { type Configuration, isExcluded } from "./configuration.ts";
import type { Finding, KnownVerdict, Unread } from "./finding.ts";
import type { ReadProject } from "./fleet.ts";
import { type JudgeContext, judge } from "./judge.ts";
import type { AuditFacts, PlatformFacts } from "./rule.ts";
import { findingsOf, notReadIn, type Subject } from "./subject.ts";
import type { TokenSearch } from "./token-files.ts";
import { unreadIn } from "./unread/of-project.ts";
import {
  noApp,
  unreadApps,
  unreadBranches,
  unreadCalls,
  unreadCi,
  unreadFiles,
  unreadFolders,
  unreadNamed,
  unreadScripts,
  unreadWithoutPlatform,
} from "./unread.ts";
import { fileUnreadable } from "./unreadable.ts";

/** What was read of a checkout and of its project. */
export interface AuditReading {
  /** The apps; none where the CI of a repository is looked at alone. */
  readonly subjects: readonly Subject[];
  /** Whether these are all apps of their files. */
  readonly whole: boolean;
  /** Given where these are all apps of the project. */
  readonly hasEveryApp?: true;
  /** Other apps of the project, which are not looked at; none unless given. */
  readonly neighbours?: readonly AppFile[];
  readonly vendor: DetectedVendor;
  readonly git: Branches;
  /** What the search for tokens in the files of the checkout came to. */
  readonly tokenSearch: TokenSearch;
  /** The CI of the repository; none where it is left out. */
  readonly ci: CiReading;
  /** What is there and not looked at, because something else was named; nothing unless given. */
  readonly leftOut?: readonly Unread[];
  /** The files that alone count, by their paths as people know them; without it, all that is found counts. */
  readonly only?: readonly string[];
  readonly online:
    | { readonly kind: "read"; readonly facts: PlatformFacts }
    | {
        readonly kind: "skipped";
        readonly because: string;
        /** Whether the API was left out with --offline. */
        readonly byChoice: boolean;
      };
}

/** What the rules make of it: what counts, what may stay, and what was not looked at. */
export function verdictOn(
  {
    subjects,
    whole,
    hasEveryApp,
    neighbours = [],
    vendor,
    git,
    tokenSearch,
    ci,
    leftOut = [],
    only,
    online,
  }: AuditReading,
  said: Pick<JudgeContext, "configuration" | "baseline">,
): KnownVerdict {
  const platform = online.kind === "read" ? online.facts : undefined;
  const defaultBranch = defaultBranchOf(platform, git);
  const findings = findingsOf(subjects, {
    vendor,
    ...(hasEveryApp === undefined ? {} : { hasEveryApp }),
    neighbours,
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
    ...(git.branches === undefined ? {} : { branches: git.branches }),
    ...(git.isPart === undefined ? {} : { branchesInPart: git.isPart }),
    withTokens: tokenSearch.files,
    ci,
    ...(platform === undefined ? {} : { platform }),
  });
  const verdict = judge(findings, {
    ...said,
    apps: readableApps(subjects),
    environmentFiles: environmentFilesOf(subjects),
    ci,
    whole: whole && defaultBranch !== undefined,
    unread: [
      ...unreadCalls(readableApps(subjects)),
      ...(subjects.length === 0 ? [noApp] : unreadApps(subjects)),
      ...unreadBranches(git),
      ...unreadFiles(tokenSearch),
      ...unreadScripts(notReadIn(subjects)),
      ...unreadFolders(subjects),
      ...unreadCi(ci),
      ...leftOut,
      ...unreadNamed(only ?? [], subjects, ci),
      ...(online.kind === "read"
        ? unreadIn(online.facts)
        : unreadWithoutPlatform(online.because, online.byChoice)),
    ],
    ...(platform === undefined ? {} : { project: platform.project.id }),
  });
  return only === undefined ? verdict : verdictOnFiles(verdict, new Set(only));
}

/** What counts in one project of many, and what may stay. */
export function verdictOnProject(reading: ReadProject, configuration: Configuration): KnownVerdict {
  const { facts } = reading;
  const { id, defaultBranch } = facts.project;
  const subjects = auditedOf(reading, configuration);
  // What isn't deployed yet is no app that an operation could be one of.
  const isEvery = reading.kind === "read" && subjects.length === reading.subjects.length;
  const findings = findingsOf(subjects, {
    vendor: reading.vendor,
    ...(isEvery ? { hasEveryApp: true } : {}),
    ...(defaultBranch === undefined
      ? {}
      : { defaultBranch: { name: defaultBranch, because: "as the project says" } }),
    platform: facts,
  });
  return judge(findings, {
    apps: readableApps(subjects),
    environmentFiles: environmentFilesOf(subjects),
    whole: defaultBranch !== undefined && subjects.some(({ kind }) => kind === "read"),
    unread: [
      ...unreadCalls(readableApps(subjects)),
      ...unreadApps(subjects),
      ...unreadScripts(notReadIn(subjects)),
      ...unreadFolders(subjects),
      ...unreadIn(facts),
    ],
    project: id,
    configuration,
  });
}

/** The applications of one project of many, but for those that its configuration excludes. */
export function auditedOf(reading: ReadProject, configuration: Configuration): readonly Subject[] {
  if (reading.kind === "unused") return [];
  return reading.subjects.filter(
    (subject) => !isExcluded(configuration, locationOf(subject).shown),
  );
}

function locationOf(subject: Subject) {
  return subject.kind === "read" ? subject.app.location : subject.location;
}

/**
 * What of a verdict is about some files, by their paths as people know them. A file that can't be read counts whichever
 * are named: what it calls and includes isn't known then.
 */
function verdictOnFiles(verdict: KnownVerdict, files: ReadonlySet<string>): KnownVerdict {
  const isIn = ({ rule, location }: Finding) =>
    rule === fileUnreadable.id || (location.kind === "file" && files.has(location.file));
  return {
    ...verdict,
    findings: verdict.findings.filter(isIn),
    ignored: verdict.ignored.filter(isIn),
  };
}

/** The `.environment` of each app that has one. */
export function environmentFilesOf(subjects: readonly Subject[]): readonly TextFile[] {
  return subjects.flatMap((subject) =>
    subject.kind === "read" ? (subject.beside.environmentFile ?? []) : [],
  );
}

/** The apps whose files could be read. */
export function readableApps(subjects: readonly Subject[]): readonly AppFile[] {
  return subjects.flatMap((subject) => (subject.kind === "read" ? subject.app : []));
}

/** As the project says, or the branch that the checkout lets one take for production. */
function defaultBranchOf(
  platform: PlatformFacts | undefined,
  { production }: Branches,
): AuditFacts["defaultBranch"] {
  if (platform?.project.defaultBranch !== undefined)
    return { name: platform.project.defaultBranch, because: "as the project says" };
  return production.kind === "taken"
    ? { name: production.name, because: production.because, isGuess: true }
    : undefined;
}
