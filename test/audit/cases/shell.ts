import { app, withCron } from "../app.ts";
import type { RuleCases } from "./case.ts";

/** What dash makes of a script. */
export const shellCases: readonly RuleCases[] = [
  {
    rule: "pipefail-in-dash",
    fires: {
      "a cron asks for pipefail": withCron("set -o pipefail", "true"),
      "it asks for errexit too": withCron("set -eo pipefail", "true"),
    },
    quiet: { "a cron asks for errexit": withCron("set -e", "true") },
    fixes: {
      "a cron asks for pipefail": withCron("true"),
      "it asks for errexit too": withCron("set -e", "true"),
    },
  },
  {
    rule: "bashism-in-dash",
    fires: {
      "a cron sources a file": withCron("source ./settings.sh", "true"),
      "a function has the word in front": withCron("function work {", "    true", "}", "work"),
      "a here-string feeds a command": withCron('cat <<< "$HOME"'),
      "an array is set": withCron("list=(a b)"),
      "both streams go to a file": withCron("make &> log"),
      "letters are made small": withCron(`echo \${HOME,,}`),
      "braces are to be expanded": withCron("mkdir -p var/{cache,log}"),
      "a test that is no guard has two brackets": withCron(
        'if [[ "$HOME" =~ app ]]; then',
        "    make",
        "fi",
      ),
    },
    quiet: {
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
    fixes: {
      "a cron sources a file": withCron(". ./settings.sh", "true"),
      "a function has the word in front": withCron("work() {", "    true", "}", "work"),
    },
  },
  {
    rule: "script-syntax-error",
    fires: {
      "then is an argument of the test": withCron(
        'if [ "$PLATFORM_BRANCH" = main ] then',
        "    platform backup:create --yes --no-wait",
        "fi",
      ),
      "a quote isn't closed": withCron('echo "backing up', "platform backup:create -yW"),
      "a block isn't closed": withCron("if true; then", "    make"),
      "time is to count for a group": withCron("time { make; }"),
      "nothing stands between two words": withCron("if true; then", "fi"),
      "a function's name has a dash": withCron("back-up() { make; }", "back-up"),
      "a script without a first line is called": {
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
    fixes: {
      "then is an argument of the test": withCron(
        'if [ "$PLATFORM_BRANCH" = main ]; then',
        "    platform backup:create --yes --no-wait",
        "fi",
      ),
    },
  },
];
