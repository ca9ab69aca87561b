import type { CiJobCall, CiUse } from "../../automation/ci-jobs.ts";
import { releaseInCi } from "../../automation/installed-release.ts";
import { changesPlatform, flagValue, positionals } from "../../shell/cli-call.ts";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { refusedOptions } from "../evidence/refused-option.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job changes something, and doesn't say where. */
export const ciEnvironmentUnclear = projectRule({
  id: "ci-environment-unclear",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A CI job changes something on the platform and doesn't say in which project, or on which environment.",
  why: "In a container the CLI knows where it is. In a job it takes the project from the checkout's remotes, which a clone of CI doesn't have, and the environment from the branch, which it often isn't on; it then fails, or takes another one. GITHUB_HEAD_REF is empty but for pull requests. (Manual: “CLI command reference”.)",
  manual: "administration/cli/reference",
  example: {
    before: "run: upsun backup:create --yes --wait",
    after: "run: upsun backup:create --project PROJECT --environment main --yes --wait",
  },
  ignore: "The project and the environment are set on the machine that runs the job.",
  check: (facts) =>
    ciUsesIn(facts).flatMap((use) =>
      use.calls
        .filter(({ call }) => changesPlatform(call) && !aboutNone.test(call.name))
        .flatMap((each) => {
          const missing = missingIn(each, use);
          if (missing.length === 0) return [];
          return {
            message: `${stepOfJob(each.part.step, use.job)} runs ${each.call.name} without ${missing.join(" and ")}`,
            location: placeInPart(each.part, each.call),
            fix: byHand("Say where it works", {
              what: "Which project and environment are meant, only you know",
              next: `add ${missing.join(" and ")} to the command`,
            }),
          };
        }),
    ),
});

/** Commands about no project that is there, or about accounts. */
const aboutNone =
  /^(?:project:create|organization:.*|team:.*|ssh-key:.*|subscription:.*|tunnel:.*)$/u;

/** Those that are about a project as a whole. */
const ofProject = /^(?:project|user|domain|certificate|integration):/u;

/** Those that take the environment as an argument, or by a flag of their own. */
const withArgument =
  /^environment:(?:activate|branch|delete|merge|push|deploy|pause|resume|init)$/u;

function missingIn({ call, part }: CiJobCall, use: CiUse): readonly string[] {
  const { parts, job } = use;
  const refused = refusedOptions(call, releaseInCi(use, call), part.script.text);
  // One that is misspelt, ci-option-unknown tells of.
  const isGiven = (option: string, short: string) =>
    flagValue(call, option, short) !== undefined || refused.some(({ meant }) => meant === option);
  const { env } = part.step;
  const has = (name: string) =>
    (env.get(name)?.text ?? "") !== "" || call.command.set.includes(name);
  const isLinked = parts.some(
    ({ text }) =>
      /\b(?:set-remote|project:get|project:create|git\s+(?:remote\s+(?:add|set-url)|clone))\b/u.test(
        text,
      ) ||
      linking.test(text) ||
      /PLATFORM_(?:PROJECT|BRANCH)=/u.test(text),
  );
  if (isLinked || job.notFollowed.length > 0) return [];
  const project = isGiven("--project", "p") || has("PLATFORM_PROJECT");
  const environment =
    ofProject.test(call.name) ||
    isGiven("--environment", "e") ||
    has("PLATFORM_BRANCH") ||
    (withArgument.test(call.name) &&
      (positionals(call).length > 0 || flagValue(call, "--target") !== undefined));
  const isForPullRequests = [...job.file.triggers.events].every((event) =>
    event.startsWith("pull_request"),
  );
  const isEmpty =
    !isForPullRequests && /GITHUB_HEAD_REF/u.test(flagValue(call, "--environment", "e") ?? "");
  return [
    ...(project ? [] : ["--project"]),
    ...(environment ? [] : ["--environment"]),
    ...(isEmpty ? ["an --environment that is there for every event"] : []),
  ];
}

/** Commands that tie a folder to a project, by their short names. */
const linking = new RegExp(
  `\\b${patternOfAny(allVendors.map(({ binary }) => binary))}\\s+(?:get|create)\\b`,
  "u",
);
