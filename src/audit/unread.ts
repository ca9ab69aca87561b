import type { AppFile } from "../appfile/app-file.ts";
import { ciCutShort, ciUses } from "../automation/ci-jobs.ts";
import { unknownClis } from "../automation/vendor.ts";
import type { CiReading } from "../cifile/read.ts";
import type { Fact } from "../fact.ts";
import type { Branches } from "../git/branches.ts";
import { ownVendorVariables } from "../vendors/own.ts";
import type { Unread } from "./finding.ts";
import { auditedFiles } from "./ignore/audited-files.ts";
import { appRules, ciRules, rules } from "./registry.ts";
import { ciDoublesCron } from "./rules/ci-doubles-cron.ts";
import { cronGuardBranchGone } from "./rules/cron-guard-branch-gone.ts";
import { cronGuardNotDefaultBranch } from "./rules/cron-guard-not-default-branch.ts";
import { scriptNotFollowed } from "./rules/script-not-followed.ts";
import { tokenInRepository } from "./rules/token-in-repository.ts";
import type { Subject } from "./subject.ts";
import type { TokenSearch } from "./token-files.ts";

/** Of a part of the project that nothing in it needs, and that wasn't asked for. */
export const notNeeded: Fact<never> = { kind: "unread", why: "nothing in the project needs it" };

/** Of the machine user's account, when its token wasn't handed over: that is for people to choose. */
export const tokenNotGiven: Fact<never> = { kind: "unread", why: "its token wasn't given" };

/** Of a part of the project that the API keeps from the account that is signed in. */
export const notAllowed: Fact<never> = { kind: "unread", why: "this account may not read it" };

/**
 * What is not looked at when the API isn't asked at all. Which branch is the default one only the project says: without it
 * there is a guess at most, and what rests on it is not said.
 *
 * @param why "offline", or why nobody is signed in
 */
export function unreadWithoutPlatform(why: string, byChoice: boolean): readonly Unread[] {
  const silent = rules
    .filter(({ id, needs }) => needs !== "files" || id === cronGuardNotDefaultBranch.id)
    .map(({ id }) => id);
  return [{ what: "the project on the platform", why, rules: silent, byChoice }];
}

/** What is not looked at where a repository doesn't tell its branches. */
export function unreadBranches({ branchesUnread: why, isPart }: Branches): readonly Unread[] {
  if (isPart) return [branchesNotFetched];
  if (why === undefined) return [];
  const what = "the branches of the repository";
  return [{ what, why, rules: [cronGuardBranchGone.id], byChoice: false }];
}

/** Of a clone that was made of a part of the branches, as people and CI systems choose. */
const branchesNotFetched: Unread = {
  what: "the branches that weren't fetched",
  why: "the clone was made of a part of them",
  rules: [cronGuardBranchGone.id],
  byChoice: true,
};

/** What is not looked at of the files that Git keeps track of: all of them where they can't be listed, or single ones. */
export function unreadFiles({ files, leftOut }: TokenSearch): readonly Unread[] {
  const rest = { rules: ["token-in-repository"], byChoice: false };
  if (files.kind === "unread")
    return [{ what: "the other files that Git keeps track of", why: files.why, ...rest }];
  if (leftOut.length === 0) return [];
  const more = leftOut.length > 3 ? ` and ${leftOut.length - 3} more` : "";
  const what = `the text of ${leftOut.slice(0, 3).join(", ")}${more}`;
  return [{ what, why: "more than 256 KiB, or not readable", ...rest }];
}

/** What is not looked at of scripts that call the CLI of a vendor there is no record of. */
export function unreadCalls(apps: readonly AppFile[]): readonly Unread[] {
  const { binary: cli, prefix } = ownVendorVariables;
  return unknownClis(apps).map(({ binary, from }) => ({
    what: `what ${from.called} calls with ${binary}`,
    why: `${binary} is the CLI of no vendor that is known here; ${cli}=${binary} and ${prefix} make it known`,
    rules: ["installer-missing", "cron-guard-missing", "confirm-missing"],
    byChoice: false,
  }));
}

/** What is not looked at of apps whose files can't be read: each of them, whatever is read of the others. */
export function unreadApps(subjects: readonly Subject[]): readonly Unread[] {
  return subjects.flatMap((subject) => {
    if (subject.kind === "read") return [];
    const { what, why = what } = subject.failure.parts;
    const silent = [...appRules, ciDoublesCron].map(({ id }) => id);
    return { what: subject.location.shown, why, rules: silent, byChoice: false };
  });
}

/** Of a repository without an app, whose CI is looked at alone. */
export const noApp: Unread = {
  what: "the apps of the project",
  why: "no app is configured here",
  rules: [...appRules, ciDoublesCron]
    .map(({ id }) => id)
    .filter((id) => id !== tokenInRepository.id),
  byChoice: false,
};

const rulesOfCi = ciRules.map(({ id }) => id);

/** Of the CI of a repository, where one of its apps was named. */
export const ciNotNamed: Unread = {
  what: "the CI files of the repository",
  why: "one app was named, and only that is audited",
  rules: rulesOfCi,
  byChoice: true,
};

/** What is not looked at of the CI of a repository: files that can't be read, and what jobs use from elsewhere. */
export function unreadCi(ci: CiReading): readonly Unread[] {
  const parts = ciUses(ci).flatMap(({ job: { called, notFollowed } }) =>
    notFollowed.map(({ what, spot }) => ({ what: `${what} of ${called} in ${spot.in.shown}` })),
  );
  return [
    ...ci.unreadable.map(({ file, failure: { parts: said } }) => ({
      what: `the CI file ${file.shown}`,
      why: said.why ?? said.what,
      rules: rulesOfCi,
      byChoice: false,
    })),
    ...ciCutShort(ci).map(({ job, part: { step, script, own }, why }) => ({
      what: `${own ? "" : `${script.in.shown}, which `}${step.called} of ${job.called} in ${job.spot.in.shown}${own ? "" : " calls"}`,
      why,
      rules: rulesOfCi,
      byChoice: false,
    })),
    ...[...new Set(parts.map(({ what }) => what))].map((what) => ({
      what,
      why: "it isn't in the repository, or can't be followed",
      rules: rulesOfCi,
      byChoice: false,
    })),
  ];
}

/**
 * Which of some files nothing was read from, because no app, cron or CI file of the checkout has to do with them.
 *
 * @param named their paths as people know them
 */
export function unreadNamed(
  named: readonly string[],
  subjects: readonly Subject[],
  ci: CiReading,
): readonly Unread[] {
  if (named.length === 0) return [];
  const read = pathsRead(subjects, ci);
  const silent = rules.filter(({ id, needs }) => needs === "files" && id !== tokenInRepository.id);
  return named
    .filter((file) => !read.has(file))
    .map((file) => ({
      what: file,
      why: "nothing that is audited calls or includes it; tokens alone are looked for in it",
      rules: silent.map(({ id }) => id),
      byChoice: true,
    }));
}

/** The files that were read, or told as unreadable, by their paths as people know them. */
function pathsRead(subjects: readonly Subject[], ci: CiReading): ReadonlySet<string> {
  const apps = subjects.flatMap((subject) => (subject.kind === "read" ? subject.app : []));
  return new Set([
    ...auditedFiles(apps, ci).files.keys(),
    ...ci.unreadable.map(({ file }) => file.shown),
    ...subjects.flatMap((subject) => {
      if (subject.kind === "unreadable") return subject.location.shown;
      const { environmentFile, misnamed = [], notRead = [] } = subject.beside;
      const shown = notRead.map((file) => file.shown);
      return [
        ...(environmentFile === undefined ? [] : [environmentFile.shown]),
        ...misnamed,
        ...shown,
      ];
    }),
  ]);
}

/** What is not looked at of the files that the apps run. */
export function unreadScripts(
  files: readonly { readonly shown: string; readonly why: string; readonly app: string }[],
): readonly Unread[] {
  const silent = rules.filter(({ needs }) => needs === "files").map(({ id }) => id);
  return files.map(({ shown, why, app }) => ({
    what: `${shown}, which ${app} runs`,
    why,
    rules: silent,
    byChoice: false,
  }));
}

/** What is not looked at because a folder of the checkout can't be looked through. */
export function unreadFolders(subjects: readonly Subject[]): readonly Unread[] {
  const silent = rules.filter(({ needs }) => needs === "files").map(({ id }) => id);
  const closed = subjects.flatMap((subject) =>
    subject.kind === "read" ? (subject.beside.closed ?? []) : [],
  );
  return closed.map(({ shown, why }) => ({
    what: `the folder ${shown}, where other apps may be`,
    why,
    rules: silent,
    byChoice: false,
  }));
}

/**
 * What nobody knows where a guess alone says which project is meant: what is said of the project may be of another one.
 *
 * @param why what the guess rests on, in words
 */
export function unsureProject(
  { id, title }: { readonly id: string; readonly title: string },
  why: string,
): Unread {
  return {
    what: `whether ${title} (${id}) is the project that is meant`,
    why: `${why}; --project says it`,
    rules: [],
    byChoice: false,
  };
}

/**
 * What nobody knows where the files are of another project than the one that was named.
 *
 * @param why how both are known, in words
 */
export function othersFiles(
  { id, title }: { readonly id: string; readonly title: string },
  why: string,
): Unread {
  return {
    what: `whether the files are as those of ${title} (${id})`,
    why,
    rules: [],
    byChoice: false,
  };
}

/** One line that names what wasn't looked at, why, and what that costs. */
export function unreadLine({ what, why, rules: silent }: Pick<Unread, "what" | "why" | "rules">) {
  if (silent.length === 0) return `${what}: ${why}`;
  const cost = silent.length === 1 ? "1 rule needs it" : `${silent.length} rules need it`;
  return `${what}: ${why} (${cost})`;
}

/** More rules than these are counted: all that look at a file would fill a page. */
const mostNamed = 20;

/** The same with the rules by their names, where somebody has to know which; what was chosen is counted. */
export function unreadInFull({ byChoice, ...part }: Unread): string {
  const { what, why, rules: silent } = part;
  if (byChoice || silent.length === 0) return unreadLine(part);
  return silent.length > mostNamed
    ? `${what}: ${why} (${silent.length} rules need it; --format json names them)`
    : `${what}: ${why} (needed by ${silent.join(", ")})`;
}

/**
 * Whether something could not be looked at: a part of the project, or a script that can't be followed and that nobody
 * says may stay.
 */
export function isIncomplete({
  findings,
  unread,
}: {
  readonly findings: readonly { readonly rule: string }[];
  readonly unread: readonly Pick<Unread, "byChoice">[];
}): boolean {
  return (
    unread.some(({ byChoice }) => !byChoice) ||
    findings.some(({ rule }) => rule === scriptNotFollowed.id)
  );
}
