import { backup, guarded, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

const onMaster = withCron('if [ "$PLATFORM_BRANCH" = master ]; then', `    ${backup}`, "fi");

export const cases: RuleCases = {
  fires: {
    "the repository has main and no master": {
      given: {
        text: onMaster,
        facts: { branches: new Set(["main", "staging"]) },
      },
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:43-13:49",
          message:
            "the cron job asks for PLATFORM_BRANCH = master, but the repository has main and no master",
          fix: "unsafe: Ask for the branch main",
        },
      ],
      fixed: guarded(backup),
    },
    "it asks for several, and the repository has none of them": {
      given: {
        text: withCron(`case "$PLATFORM_BRANCH" in master|live) ${backup};; esac`),
        facts: { branches: new Set(["main"]) },
      },
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:44-13:50",
          message:
            "the cron job asks for PLATFORM_BRANCH = master or live, but the repository has main and no master or live",
        },
      ],
    },
    "it is mistyped": {
      given: {
        text: withCron('if [ "$PLATFORM_BRANCH" = mian ]; then', `    ${backup}`, "fi"),
        facts: { branches: new Set(["main", "staging"]) },
      },
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:43-13:47",
          message:
            "the cron job asks for PLATFORM_BRANCH = mian, but the repository has main and no mian",
          fix: "unsafe: Ask for the branch main",
        },
      ],
      fixed: guarded(backup),
    },
    "it is written in other letters": {
      given: {
        text: withCron('if [ "$PLATFORM_BRANCH" = Main ]; then', `    ${backup}`, "fi"),
        facts: { branches: new Set(["main"]) },
      },
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "13:43-13:47",
          message:
            "the cron job asks for PLATFORM_BRANCH = Main, but the repository has main and no Main",
          fix: "unsafe: Ask for the branch main",
        },
      ],
      fixed: guarded(backup),
    },
  },
  quiet: {
    "the clone was made of a part of the branches": {
      text: onMaster,
      facts: { branches: new Set(["main"]), branchesInPart: true },
    },
    "a branch that isn't there differs from one that is at its end": {
      text: withCron(`[ "$PLATFORM_BRANCH" = feature-b ] && ${backup}`),
      facts: { branches: new Set(["main", "feature-a"]) },
    },
    "two branches are as near": {
      text: withCron(`[ "$PLATFORM_BRANCH" = mian ] && ${backup}`),
      facts: { branches: new Set(["main", "mean"]) },
    },
    "it has one of those that are asked for": {
      text: withCron(`case "$PLATFORM_BRANCH" in main|live) ${backup};; esac`),
      facts: { branches: new Set(["main"]) },
    },
    "it has both": { text: onMaster, facts: { branches: new Set(["main", "master"]) } },
    "it has neither": { text: onMaster, facts: { branches: new Set(["trunk"]) } },
    "the default branch is known": {
      text: onMaster,
      facts: { branches: new Set(["main"]), defaultBranch: { name: "master", because: "" } },
    },
    "the checkout isn't one of Git": { text: onMaster, facts: {} },
  },
};
