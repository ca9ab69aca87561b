import { backup, guarded, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a test compares with a pattern": {
      given: withCron('if [ "$PLATFORM_BRANCH" = ma* ]; then', `    ${backup}`, "fi"),
      finds: [
        {
          severity: "error",
          at: "13:43-13:46",
          message:
            "the cron job doesn't run backup:create where it should: its guard asks for ma*, a pattern that is replaced by names of files: only case compares with patterns",
        },
      ],
    },
    "a test in bash's brackets would hold on every branch": {
      given: withCron(
        'if [[ "$PLATFORM_BRANCH" != main || "$PLATFORM_BRANCH" != stage ]]; then',
        `    ${backup}`,
        "fi",
      ),
      finds: [
        {
          severity: "error",
          at: "13:20-13:83",
          message:
            "the cron job runs backup:create nowhere: its guard is never true, because dash doesn't know [[",
          fix: "unsafe: Write the guard as it was meant, because its author may have meant something else",
        },
      ],
    },
    "a test that its operator ends would have the script end on every branch": {
      given: withCron(
        'if [ "$PLATFORM_BRANCH" != main || "$PLATFORM_BRANCH" != stage ]; then exit 0; fi',
        backup,
      ),
      finds: [
        {
          severity: "error",
          at: "13:20-13:81",
          message:
            "the cron job runs backup:create on every environment: its guard is never true, because || ends the test before its ]",
          fix: "unsafe: Write the guard as it was meant, because its author may have meant something else",
        },
      ],
    },
    "each of two tests is bash's own": {
      given: withCron(
        `[[ "$PLATFORM_BRANCH" == main ]] && ${backup}`,
        `[[ "$PLATFORM_BRANCH" == main && -f note ]] && ${backup}`,
      ),
      finds: [
        {
          severity: "error",
          at: "13:17-13:49",
          message:
            "the cron job runs backup:create nowhere: its guard is never true, because dash doesn't know [[",
          fix: "safe: Write the guard in POSIX form",
        },
        {
          severity: "error",
          at: "14:17-14:60",
          message:
            "the cron job runs backup:create nowhere: its guard is never true, because dash doesn't know [[",
          fix: "unsafe: Write the guard in POSIX form, because in some cases it then also runs platform backup:create --yes --no-wait",
        },
      ],
    },
    "the variable stands in backquotes": {
      given: withCron('if [ "`$PLATFORM_BRANCH`" = main ]; then', `    ${backup}`, "fi"),
      finds: [
        {
          severity: "error",
          at: "13:22-13:42",
          message:
            "the cron job runs backup:create nowhere: its guard runs PLATFORM_BRANCH as a program, because it stands in backquotes",
          fix: "unsafe: Write the guard in POSIX form, because in some cases it then also runs platform backup:create --yes --no-wait",
        },
      ],
      fixed: guarded(backup),
    },
    "what it is called with is set behind several tests, of which one is bash's own": {
      given: withCron(
        'if [ "$PLATFORM_BRANCH" = main ]; then target=main',
        'elif [ "$PLATFORM_BRANCH" == stage ]; then target=stage',
        "else exit 0; fi",
        `${backup} -e "$target"`,
      ),
      finds: [
        {
          severity: "error",
          at: "14:43-14:45",
          message:
            "the cron job doesn't run backup:create where it should: its guard is never true, because dash knows = and not ==",
          fix: "safe: Write the guard in POSIX form",
        },
      ],
    },
    "the test is bash's own": {
      given: withCron('if [[ "$PLATFORM_BRANCH" = main ]]; then', `    ${backup}`, "fi"),
      finds: [
        {
          severity: "error",
          at: "13:20-13:51",
          message:
            "the cron job runs backup:create nowhere: its guard is never true, because dash doesn't know [[",
          fix: "safe: Write the guard in POSIX form",
        },
      ],
      fixed: guarded(backup),
    },
    "the comparison is bash's own": {
      given: withCron('if [ "$PLATFORM_BRANCH" == main ]; then', `    ${backup}`, "fi"),
      finds: [
        {
          severity: "error",
          at: "13:41-13:43",
          message:
            "the cron job runs backup:create nowhere: its guard is never true, because dash knows = and not ==",
          fix: "safe: Write the guard in POSIX form",
        },
      ],
      fixed: guarded(backup),
    },
    "|| stands inside the test": {
      given: withCron(
        'if [ "$PLATFORM_BRANCH" = main || "$PLATFORM_BRANCH" = stage]; then',
        `    ${backup}`,
        "fi",
      ),
      finds: [
        {
          severity: "error",
          at: "13:20-13:78",
          message:
            "the cron job runs backup:create nowhere: its guard is never true, because || ends the test before its ]",
          fix: "safe: Write the guard in POSIX form",
        },
      ],
      fixed: withCron(
        'if [ "$PLATFORM_BRANCH" = main ] || [ "$PLATFORM_BRANCH" = stage ]; then',
        `    ${backup}`,
        "fi",
      ),
    },
    "it is in front of an early exit": {
      given: withCron('[ "$PLATFORM_BRANCH" == stage ] && exit 0', backup),
      finds: [
        {
          severity: "error",
          at: "13:38-13:40",
          message:
            "the cron job runs backup:create on every environment: its guard is never true, because dash knows = and not ==",
          fix: "safe: Write the guard in POSIX form",
        },
      ],
      fixed: withCron('[ "$PLATFORM_BRANCH" = stage ] && exit 0', backup),
    },
    "the branch would need two names": {
      given: withCron(
        `[ "$PLATFORM_BRANCH" = main ] && [ "$PLATFORM_BRANCH" = trunk ] && ${backup}`,
      ),
      finds: [
        {
          severity: "error",
          at: "13:17-13:80",
          message:
            "the cron job runs backup:create nowhere: its guard never holds, because nothing is equal to both",
          fix: "unsafe: Write the guard as it was meant, because its author may have meant something else",
        },
      ],
      fixed: withCron(
        `[ "$PLATFORM_BRANCH" = main ] || [ "$PLATFORM_BRANCH" = trunk ] && ${backup}`,
      ),
    },
    "no environment gets past it": {
      given: withCron('[ "$PLATFORM_BRANCH" = main ] || echo no && exit', backup),
      finds: [
        {
          severity: "error",
          at: "13:17-13:46",
          message:
            'the cron job never runs backup:create: no environment gets past [ "$PLATFORM_BRANCH" = main ] and what stands around it',
        },
      ],
    },
    "it keeps no environment out": {
      given: withCron(`[ "$PLATFORM_BRANCH" = main ] || true && ${backup}`),
      finds: [
        {
          severity: "error",
          at: "13:17-13:46",
          message:
            'the cron job runs backup:create on every environment: [ "$PLATFORM_BRANCH" = main ] keeps none of them out',
        },
      ],
    },
    "another test beside it is right": {
      given: withCron(
        `[ "$PLATFORM_BRANCH" == main ] || [ "$PLATFORM_BRANCH" = trunk ] && ${backup}`,
      ),
      finds: [
        {
          severity: "error",
          at: "13:38-13:40",
          message:
            "the cron job doesn't run backup:create where it should: its guard is never true, because dash knows = and not ==",
          fix: "safe: Write the guard in POSIX form",
        },
      ],
    },
    "another branch of the same command asks for the environment": {
      given: withCron(
        "if true; then",
        '    [ "$PLATFORM_BRANCH" = main ] && make',
        "else",
        `    ${backup}`,
        "fi",
      ),
      finds: [
        {
          severity: "info",
          confidence: "medium",
          at: "16:21-16:59",
          message: "the cron job never runs backup:create: the script doesn't get there",
        },
      ],
    },
    "the script ends before": {
      given: withCron("exit 0", backup),
      finds: [
        {
          severity: "info",
          confidence: "medium",
          at: "14:17-14:55",
          message: "the cron job never runs backup:create: the script doesn't get there",
        },
      ],
    },
  },
  quiet: {
    "the variable stands without quotes, in front of && and ||": withCron(
      `[ $PLATFORM_BRANCH = main ] && ${backup}`,
      "[ $PLATFORM_BRANCH = main ] || exit 0",
      backup,
    ),
    "the test is POSIX": guarded(backup),
    "what it is called with is set behind the test": withCron(
      '[ "$PLATFORM_BRANCH" = main ] || exit 0',
      "target=main",
      `${backup} -e "$target"`,
    ),
    "a case compares with a pattern": withCron(`case "$PLATFORM_BRANCH" in ma*) ${backup};; esac`),
    "what is printed of the branch is compared": withCron(
      'if [ "$(echo $PLATFORM_BRANCH)" = main ]; then',
      `    ${backup}`,
      "fi",
    ),
  },
};
