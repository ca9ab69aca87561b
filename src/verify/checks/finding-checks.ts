import type { KnownFinding } from "../../audit/finding.ts";
import { rules } from "../../audit/registry.ts";
import type { PlatformFacts, RuleDescription } from "../../audit/rule.ts";
import { cronNotDeployed } from "../../audit/rules/cron-not-deployed.ts";
import { hookNotDeployed } from "../../audit/rules/hook-not-deployed.ts";
import { scriptNotFollowed } from "../../audit/rules/script-not-followed.ts";
import { unreadLine } from "../../audit/unread.ts";
import type { VerificationFacts } from "../facts/facts.ts";
import { type Check, type CheckSubject, checksOf } from "./check.ts";

/** What the audit's rules find wrong, and what they could not look at. */
export function findingChecks({ verdict, platform }: VerificationFacts): readonly Check[] {
  return [
    ...verdict.findings.filter((finding) => isHere(finding, platform)).flatMap(checkOf),
    ...verdict.unread
      .filter(({ byChoice }) => !byChoice)
      .map((part) =>
        checksOf("deployment").skipped(unreadLine(part), "machinist audit names these rules"),
      ),
  ];
}

/** Whether a finding is about the files, the project, or the environment that is looked at. */
function isHere({ location }: KnownFinding, { environment, environments = [] }: PlatformFacts) {
  if (location.kind === "file") return true;
  const [, named] = /^(?:crons|deployment) of (.+)$/u.exec(location.resource) ?? [];
  return named === environment.id || !environments.some(({ id }) => id === named);
}

function checkOf(finding: KnownFinding): readonly Check[] {
  const rule = rules.find(({ id }) => id === finding.rule);
  if (rule === undefined) return [];
  const { wrong, open } = checksOf(subjectOf(rule));
  const { location, message } = finding;
  const where = location.kind === "file" ? ` (${location.file}:${location.line})` : "";
  const sentence = `${message.replace(/^The /u, "the ")}${where}`;
  if (isAboutDeployed(rule))
    return [wrong(sentence, "commit and push the file; the push deploys it")];
  if (rule.id === scriptNotFollowed.id) return [open(sentence)];
  // A hint is no fault.
  if (finding.severity === "info") return [];
  return [
    finding.confidence === "low"
      ? open(sentence, nextOf(finding))
      : wrong(sentence, nextOf(finding)),
  ];
}

/** An audit takes it for a hint, because the change may not be pushed yet; just that is asked here. */
function isAboutDeployed({ id }: RuleDescription): boolean {
  return id === cronNotDeployed.id || id === hookNotDeployed.id;
}

function subjectOf({ needs, reads = [] }: RuleDescription): CheckSubject {
  if (needs === "files") return "file";
  if (reads.includes("machineUser")) return "token";
  return reads.includes("runs") ? "work" : "deployment";
}

function nextOf({ fix, rule }: KnownFinding): string {
  const planned = fix?.();
  if (planned === undefined) return `machinist rules ${rule} tells more`;
  const title = planned.title.charAt(0).toLowerCase() + planned.title.slice(1);
  if (planned.kind === "by-hand") return planned.refusal.next ?? title;
  return planned.disposition === "safe"
    ? `machinist audit --fix does it: ${title}`
    : `machinist audit shows how: ${title}`;
}
