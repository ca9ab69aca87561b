import { withCron, withEnvironment } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    ".environment has an array, at which dash stops": {
      given: withEnvironment("A=(b c)"),
      finds: [
        {
          severity: "error",
          at: ".environment:1:3-1:8",
          message: ".environment uses an array, at which dash stops",
        },
      ],
    },
    ".environment has it": {
      given: withEnvironment('[[ -n "$HOME" ]] && export A=b', "source /app/settings"),
      finds: [
        {
          severity: "warning",
          at: ".environment:1:1-1:17",
          message: ".environment uses [[, which dash doesn't know",
        },
        {
          severity: "warning",
          at: ".environment:2:1-2:7",
          message: ".environment uses source, which dash doesn't know",
          fix: "unsafe: Write source in POSIX form",
        },
      ],
    },
    ".environment compares with ==": {
      given: withEnvironment('if [ "$A" == b ]; then', "    export C=d", "fi"),
      finds: [
        {
          severity: "warning",
          at: ".environment:1:11-1:13",
          message: ".environment uses ==, which dash doesn't know",
          fix: "unsafe: Write == in POSIX form",
        },
      ],
      fixed: 'if [ "$A" = b ]; then\n    export C=d\nfi\n',
    },
    "a test without the CLI behind it compares with ==": {
      given: withCron('if [ "$PLATFORM_BRANCH" == main ]; then', "    make", "fi"),
      finds: [
        {
          severity: "warning",
          at: "13:41-13:43",
          message: "the cron job uses ==, which dash doesn't know",
          fix: "safe: Write == in POSIX form",
        },
      ],
      fixed: withCron('if [ "$PLATFORM_BRANCH" = main ]; then', "    make", "fi"),
    },
    "a cron sources a file": {
      given: withCron("source ./settings.sh", "true"),
      finds: [
        {
          severity: "warning",
          at: "13:17-13:23",
          message: "the cron job uses source, which dash doesn't know",
          fix: "safe: Write source in POSIX form",
        },
      ],
      fixed: withCron(". ./settings.sh", "true"),
    },
    "a function has the word in front": {
      given: withCron("function work {", "    true", "}", "work"),
      finds: [
        {
          severity: "warning",
          at: "13:17-15:18",
          message: "the cron job uses function, which dash doesn't know",
          fix: "safe: Write function in POSIX form",
        },
      ],
      fixed: withCron("work() {", "    true", "}", "work"),
    },
    "a here-string feeds a command": {
      given: withCron('cat <<< "$HOME"'),
      finds: [
        {
          severity: "error",
          at: "13:21-13:32",
          message: "the cron job uses <<<, at which dash stops",
        },
      ],
    },
    "an array is set": {
      given: withCron("list=(a b)"),
      finds: [
        {
          severity: "error",
          at: "13:22-13:27",
          message: "the cron job uses an array, at which dash stops",
        },
      ],
    },
    "both streams go to a file": {
      given: withCron("make &> log"),
      finds: [
        {
          severity: "warning",
          at: "13:22-13:28",
          message: "the cron job uses &>, which dash doesn't know",
        },
      ],
    },
    "letters are made small": {
      given: withCron(`echo \${HOME,,}`),
      finds: [
        {
          severity: "warning",
          at: "13:22-13:31",
          message: `the cron job uses \${HOME,,}, which dash doesn't know`,
        },
      ],
    },
    "braces are to be expanded": {
      given: withCron("mkdir -p var/{cache,log}"),
      finds: [
        {
          severity: "warning",
          at: "13:30-13:41",
          message: "the cron job uses {cache,log}, which dash doesn't know",
        },
      ],
    },
    "a test that is no guard has two brackets": {
      given: withCron('if [[ "$HOME" =~ app ]]; then', "    make", "fi"),
      finds: [
        {
          severity: "warning",
          at: "13:20-13:40",
          message: "the cron job uses [[, which dash doesn't know",
        },
      ],
    },
  },
  quiet: {
    "a text is compared with ==": withCron('[ "$A" = == ] && make'),
    "bash itself compares with ==": withCron("bash -c '[ a == b ]'"),
    "all of it is in POSIX form": withCron(
      ". ./settings.sh",
      "work() { true; }",
      "work",
      "make >log 2>&1",
    ),
    "bash runs it": withCron("bash -c 'source x; [[ a = b ]]'"),
    "the guard of a command is told as that": withCron(
      'if [[ "$PLATFORM_BRANCH" == main ]]; then',
      "    platform backup:create --yes --no-wait",
      "fi",
    ),
  },
};
