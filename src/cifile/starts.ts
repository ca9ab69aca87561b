import type { CiJob, PushFilters } from "./ci-file.ts";
import { below, itemsIn, textOf } from "./nodes.ts";

/** What a job should be started by: each push to a branch, or a schedule. */
export type Start =
  | { readonly kind: "push"; readonly branch: string }
  | { readonly kind: "schedule" };

/**
 * Why a job isn't started so, or may not be, as a clause about it: "no push starts it"; undefined where it is. The times
 * of a schedule are for the caller to look at, and of GitLab's schedules the file says nothing.
 *
 * @param repository "acme/shop", as conditions of GitHub name it; undefined where it isn't known
 */
export function whyNotStarted(
  job: CiJob,
  start: Start,
  repository: string | undefined,
): string | undefined {
  return job.system === "github"
    ? (whyNotByEvent(job, start) ?? whyConditional(job.condition, start, repository))
    : whyNotByRules(job, start);
}

/** GitHub's page “Workflow syntax”, on `on`. */
function whyNotByEvent({ file: { triggers } }: CiJob, start: Start): string | undefined {
  if (triggers.events.has("workflow_call")) return "other workflows start it";
  if (start.kind === "schedule")
    return triggers.schedules.length === 0 ? "no schedule starts it" : undefined;
  return triggers.push === undefined
    ? "no push starts it"
    : whyFiltered(triggers.push, start.branch);
}

function whyFiltered(
  { branches, ignoredBranches, tags, paths }: PushFilters,
  branch: string,
): string | undefined {
  if (paths.length > 0) return "only a push that changes certain files starts it";
  if (branches.length === 0 && ignoredBranches.length === 0 && tags.length > 0)
    return "only a push of a tag starts it";
  const lists = branches.length === 0 ? "yes" : fits(branches, branch);
  const ignores = fits(ignoredBranches, branch);
  if (lists === "no" || ignores === "yes") return `a push to ${branch} doesn't start it`;
  return lists === "yes" && ignores === "no"
    ? undefined
    : `whether a push to ${branch} starts it can't be told from its patterns`;
}

/** Whether a branch fits one of some patterns; of those, `*`, `**` and what a backslash stands before are read. */
function fits(patterns: readonly string[], branch: string): "yes" | "no" | "unknown" {
  if (patterns.some((pattern) => /[!?+[\]\\]/u.test(pattern.replaceAll(/\\./gu, ""))))
    return "unknown";
  const forms = patterns.map((pattern) =>
    pattern
      .split(/(\\.|\*+)/u)
      .map((part) => {
        if (part.startsWith("**")) return ".*";
        if (part === "*") return "[^/]*";
        return part.replace(/^\\/u, "").replaceAll(/[.^${}()|[\]\\+?*]/gu, "\\$&");
      })
      .join(""),
  );
  return forms.some((form) => new RegExp(`^${form}$`, "u").test(branch)) ? "yes" : "no";
}

/**
 * Why a condition of GitHub may not hold where a job is started so: only the repository, the branch and the event are
 * read, and these where all have to hold.
 */
export function whyConditional(
  condition: string | undefined,
  start: Start,
  repository: string | undefined,
): string | undefined {
  if (condition === undefined) return undefined;
  const bare = /^\s*\$\{\{(.*)\}\}\s*$/su.exec(condition)?.[1] ?? condition;
  const hold = bare.split("&&").every((test) => {
    const [, name, written = ""] = /^\s*github\.(\w+) *== *'((?:[^']|'')*)'\s*$/u.exec(test) ?? [];
    const value = written.replaceAll("''", "'");
    switch (name) {
      case "repository":
        return value === repository;
      case "event_name":
        return value === start.kind;
      case "ref":
        return start.kind === "push" && value === `refs/heads/${start.branch}`;
      case "ref_name":
        return start.kind === "push" && value === start.branch;
      default:
        return test.trim() === "success()";
    }
  });
  return hold ? undefined : `it runs only if ${bare.trim()}`;
}

/** The rules of GitLab: those of the job itself, of which the first that holds counts. */
function whyNotByRules({ map, spot, condition }: CiJob, start: Start): string | undefined {
  const at = { in: spot.in, node: map };
  const rules = itemsIn(below(at, "rules"));
  const isBare = !["rules", "only", "except", "when", "extends"].some(
    (key) => below(at, key).node !== undefined,
  );
  if (isBare) return undefined;
  const [rule, ...others] = rules;
  const written = rule === undefined ? undefined : textOf(below(rule, "if"));
  const isAlone =
    rule !== undefined &&
    others.length === 0 &&
    ["when", "changes", "exists"].every((key) => below(rule, key).node === undefined);
  if (isAlone && written !== undefined && rulesHold(written, start)) return undefined;
  return `it runs only as its rules say${condition === undefined ? "" : `: ${condition}`}`;
}

/** A schedule may have any variables of its own, so what else it has to have is for its page to say. */
function rulesHold(rule: string, start: Start): boolean {
  return rule.split("&&").every((test) => {
    const [, name, value = ""] = /^\s*\$(\w+) *== *"([^"]*)"\s*$/u.exec(test) ?? [];
    if (name === "CI_PIPELINE_SOURCE") return value === start.kind;
    if (name === "CI_COMMIT_BRANCH") return start.kind === "push" && value === start.branch;
    return start.kind === "schedule" && name !== undefined;
  });
}
