import { withCron } from "../app.ts";
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
];
