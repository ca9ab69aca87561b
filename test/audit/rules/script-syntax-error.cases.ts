import { app, withCron, withEnvironment } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    ".environment has it": {
      given: withEnvironment("if true; then", "export A=b"),
      finds: [
        {
          severity: "error",
          at: ".environment:1:1-1:14",
          message:
            ".environment has a syntax error, at which dash stops: the script ends here, where fi is missing",
        },
      ],
    },
    "then is an argument of the test": {
      given: withCron(
        'if [ "$PLATFORM_BRANCH" = main ] then',
        "    platform backup:create --yes --no-wait",
        "fi",
      ),
      finds: [
        {
          severity: "error",
          at: "15:17-15:19",
          message:
            "the cron job has a syntax error, at which dash stops: “fi” stands here, where then is missing",
          fix: "unsafe: Put a semicolon where one is missing",
        },
      ],
      fixed: withCron(
        'if [ "$PLATFORM_BRANCH" = main ]; then',
        "    platform backup:create --yes --no-wait",
        "fi",
      ),
    },
    "a quote isn't closed": {
      given: withCron('echo "backing up', "platform backup:create -yW"),
      finds: [
        {
          severity: "error",
          at: "13:22-13:23",
          message: "the cron job has a syntax error, at which dash stops: a quote isn't closed",
        },
      ],
    },
    "a block isn't closed": {
      given: withCron("if true; then", "    make"),
      finds: [
        {
          severity: "error",
          at: "13:17-13:30",
          message:
            "the cron job has a syntax error, at which dash stops: the script ends here, where fi is missing",
        },
      ],
    },
    "time is to count for a group": {
      given: withCron("time { make; }"),
      finds: [
        {
          severity: "error",
          at: "13:30-13:31",
          message: "the cron job has a syntax error, at which dash stops: “}” stands here",
        },
      ],
    },
    "nothing stands between two words": {
      given: withCron("if true; then", "fi"),
      finds: [
        {
          severity: "error",
          at: "14:17-14:19",
          message: "the cron job has a syntax error, at which dash stops: “fi” stands here",
        },
      ],
    },
    "a function's name has a dash": {
      given: withCron("back-up() { make; }", "back-up"),
      finds: [
        {
          severity: "error",
          at: "13:25-13:26",
          message:
            "the cron job has a syntax error, at which dash stops: “back-up” can't be the name of a function",
        },
      ],
    },
    "a script without a first line is called": {
      given: {
        text: app(
          "hooks:",
          "    build: !include",
          "        type: string",
          "        path: build.sh",
        ),
        includes: new Map([
          [
            "string build.sh",
            {
              kind: "script",
              in: { file: "/shop/build.sh", shown: "build.sh", text: "make &&\n" },
            },
          ],
        ]),
      },
      finds: [
        {
          severity: "error",
          at: "build.sh:1:1-1:8",
          message: "the build hook has a syntax error, at which dash stops: the script ends here",
        },
      ],
    },
  },
  quiet: {
    "a function has one command": withCron("f() echo a", "f"),
    "a document has no end": withCron("cat <<EOF", "text"),
    "the last case isn't closed": withCron("case $HOME in /app) make; esac"),
    "the script ends before": withCron("exit 0", "if"),
    "it is bash's, which is told as that": withCron("list=(a b)", "diff <(ls) list"),
    "bash reads it": withCron("bash -c 'list=(a b)'"),
    "YAML cuts it, which is told as that": app("hooks:", "    build: if true #--; then make; fi"),
  },
};
