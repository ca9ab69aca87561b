import { app, backup, cron, guarded, hooks, withEnvironment } from "../app.ts";
import { fetched } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

/** An app that installs the CLI and calls it, with this line in its `.environment`. */
function withPath(line: string) {
  const text = app(...hooks({ build: fetched }), ...cron(["platform backup:list"]));
  const place = { file: "/shop/.environment", shown: ".environment" };
  return { text, facts: { environmentFile: { ...place, text: `${line}\n` } } };
}

export const cases: RuleCases = {
  fires: {
    "it asks for an option that dash doesn't know": {
      given: withEnvironment("export A=b", "set -euo pipefail"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: ".environment:2:1-2:18",
          message: ".environment ends every hook and cron at set, as dash takes it",
        },
      ],
    },
    "it exports with blanks around the sign": {
      given: withEnvironment("export A = b"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: ".environment:1:1-1:13",
          message: ".environment ends every hook and cron at export, as dash takes it",
        },
      ],
    },
    "it exports a name that can't be one": {
      given: withEnvironment("export A-B=c"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: ".environment:1:1-1:13",
          message: ".environment ends every hook and cron at export, as dash takes it",
        },
      ],
    },
    "it ends every shell that has not returned before": {
      given: withEnvironment('[ -z "$PLATFORM_BRANCH" ] && return', "export A-B=c"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:2:1-2:13",
          message: ".environment ends every hook and cron at export, as dash takes it",
        },
      ],
    },
    "it exports so only where something is so": {
      given: withEnvironment('if [ -n "$A" ]; then', "    export -f a", "fi"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:2:5-2:16",
          message: ".environment ends every hook and cron at export, as dash takes it",
        },
      ],
    },
    "it has a variable of a function outside of one": {
      given: withEnvironment("local a=b"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: ".environment:1:1-1:10",
          message: ".environment ends every hook and cron at local, as dash takes it",
        },
      ],
    },
    "it ends in any case": {
      given: withEnvironment("export A=b", "exit 0"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: ".environment:2:1-2:7",
          message: ".environment ends every shell that reads it",
        },
      ],
    },
    "the old path is in single quotes": {
      given: withEnvironment("export PATH='/app/bin:$PATH'"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:8-1:29",
          message: ".environment sets PATH without the folders that were in it",
        },
      ],
    },
    "another variable's name begins as the path's does": {
      given: withEnvironment('export PATH="/app/bin:$PATHS"'),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:8-1:30",
          message: ".environment sets PATH without the folders that were in it",
          fix: "unsafe: Keep the folders that are in PATH",
        },
      ],
    },
    "it asks a program for its version": {
      given: withEnvironment("node --version"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:15",
          message: ".environment prints something in every shell",
          fix: "unsafe: Print it to the error output",
        },
      ],
    },
    "it looks for a program": {
      given: withEnvironment("command -v node && export A=b"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:16",
          message: ".environment prints something in every shell",
          fix: "unsafe: Print it to the error output",
        },
      ],
    },
    "the path has no folder of the image": {
      given: withEnvironment("export PATH=/app/bin:$HOME/tools"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: ".environment:1:8-1:33",
          message:
            ".environment sets PATH without the folders that were in it: no hook and no cron finds the programs of the image any more",
          fix: "unsafe: Keep the folders that are in PATH",
        },
      ],
    },
    "the path has no folder of the CLI": {
      given: withPath("export PATH=/usr/bin:/bin:/app/bin"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: ".environment:1:8-1:35",
          message:
            ".environment sets PATH without the folders that were in it: the cron job doesn't find platform, which is in .global/bin",
          fix: "unsafe: Keep the folders that are in PATH",
        },
      ],
    },
    "the path has all that the audit knows of": {
      given: withPath("export PATH=/usr/bin:/bin:~/.global/bin"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:8-1:40",
          message: ".environment sets PATH without the folders that were in it",
        },
      ],
    },
    "it goes to another folder": {
      given: withEnvironment("cd web", "export A=b"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:7",
          message: ".environment leaves every hook and cron in another folder",
        },
      ],
    },
    "it goes to another folder where there is one": {
      given: withEnvironment('if [ -d web ]; then cd "$PLATFORM_APP_DIR/web"; fi'),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:21-1:47",
          message: ".environment leaves every hook and cron in another folder",
        },
      ],
    },
    "it goes two folders down and one back": {
      given: withEnvironment("cd web", "cd api", "cd -"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:3:1-3:5",
          message: ".environment leaves every hook and cron in another folder",
        },
      ],
    },
    "it goes to another folder by command": {
      given: withEnvironment("command cd web"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:15",
          message: ".environment leaves every hook and cron in another folder",
        },
      ],
    },
    "it goes to another folder, or ends": {
      given: withEnvironment("cd web || cd /app"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:7",
          message: ".environment leaves every hook and cron in another folder",
        },
      ],
    },
    "it goes to another folder in bash alone": {
      given: withEnvironment("pushd web", "pushd api", "popd"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:3:1-3:5",
          message:
            ".environment leaves every bash in another folder; dash, which runs hooks and crons, has no pushd",
        },
      ],
    },
    "it sets HOME": {
      given: withEnvironment("export HOME=/tmp"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:17",
          message: ".environment changes HOME, below which the CLI is installed and looked for",
        },
      ],
    },
    "it takes HOME away": {
      given: withEnvironment("unset HOME"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:11",
          message: ".environment changes HOME, below which the CLI is installed and looked for",
        },
      ],
    },
    "it takes PATH away": {
      given: withEnvironment("unset PATH"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:11",
          message: ".environment takes PATH away",
        },
      ],
    },
    "it has every shell end at a failure": {
      given: withEnvironment("set -eu", "export A=b"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:8",
          message: ".environment has every hook and cron end at its first failure",
        },
      ],
    },
    "it has every shell end at a variable that isn't set": {
      given: withEnvironment("set -o nounset"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:15",
          message: ".environment has every hook and cron end at a variable that isn't set",
        },
      ],
    },
    "it has every shell print its commands": {
      given: withEnvironment("set -ax"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:8",
          message:
            ".environment has every hook and cron print its commands, with the values of variables in them",
        },
      ],
    },
    "it puts a program in place of the shell": {
      given: withEnvironment("exec bash"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:10",
          message: ".environment puts a program in place of every shell",
        },
      ],
    },
    "it takes the token away": {
      given: withEnvironment("unset PLATFORMSH_CLI_TOKEN"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:27",
          message:
            ".environment takes PLATFORMSH_CLI_TOKEN away, without which the CLI isn't signed in",
        },
      ],
    },
    "it empties the token": {
      given: withEnvironment("export UPSUN_CLI_TOKEN="),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:24",
          message: ".environment takes UPSUN_CLI_TOKEN away, without which the CLI isn't signed in",
        },
      ],
    },
    "it sends all output to a file": {
      given: withEnvironment("exec >> /tmp/log 2>&1"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:22",
          message: ".environment sends the output of every hook and cron elsewhere",
        },
      ],
    },
    "a program prints": {
      given: withEnvironment("ls web"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:7",
          message: ".environment prints something in every shell",
          fix: "unsafe: Print it to the error output",
        },
      ],
      fixed: "ls web >&2\n",
    },
    "it ends the shell": {
      given: withEnvironment('[ -n "$A" ] || exit 0', "export A=b"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:16-1:22",
          message: ".environment ends every shell that reads it",
        },
      ],
    },
    "it sets the branch": {
      given: withEnvironment("export PLATFORM_BRANCH=main"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:28",
          message: ".environment changes PLATFORM_BRANCH, which hooks, crons and the CLI ask for",
        },
      ],
    },
    "it takes the type away": {
      given: withEnvironment("unset PLATFORM_ENVIRONMENT_TYPE"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:32",
          message:
            ".environment changes PLATFORM_ENVIRONMENT_TYPE, which hooks, crons and the CLI ask for",
        },
      ],
    },
    "the path has only one folder": {
      given: withEnvironment("export PATH=/app/bin"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: ".environment:1:8-1:21",
          message:
            ".environment sets PATH without the folders that were in it: no hook and no cron finds the programs of the image any more",
          fix: "unsafe: Keep the folders that are in PATH",
        },
      ],
      fixed: 'export PATH="/app/bin:$PATH"\n',
    },
    "it is set without export": {
      given: withEnvironment("PATH=/app/bin", "export PATH"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: ".environment:1:1-1:14",
          message:
            ".environment sets PATH without the folders that were in it: no hook and no cron finds the programs of the image any more",
          fix: "unsafe: Keep the folders that are in PATH",
        },
      ],
      fixed: 'PATH="/app/bin:$PATH"\nexport PATH\n',
    },
    "something is printed": {
      given: withEnvironment('echo "Welcome"'),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:15",
          message: ".environment prints something in every shell",
          fix: "unsafe: Print it to the error output",
        },
      ],
      fixed: 'echo "Welcome" >&2\n',
    },
    "it is printed under a condition": {
      given: withEnvironment(
        'if [ -n "$PLATFORM_BRANCH" ]; then',
        '    echo "$PLATFORM_BRANCH"',
        "fi",
      ),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:2:5-2:28",
          message: ".environment prints something in every shell",
          fix: "unsafe: Print it to the error output",
        },
      ],
    },
  },
  quiet: {
    "it tries in another shell what dash ends at": withEnvironment(
      "(set -o pipefail) 2>/dev/null && set -o pipefail",
      "(set -o pipefail 2>/dev/null) && set -o pipefail",
    ),
    "it turns options off, and sets words": withEnvironment("set +eux", "set -- -e a"),
    "it exports all it sets": withEnvironment("set -a", ". ./vars", "set +a"),
    "it gives the token another name": withEnvironment('export UPSUN_CLI_TOKEN="$A"'),
    "it opens a file for itself": withEnvironment("exec 3>/tmp/log"),
    "it goes to another folder and back": withEnvironment("cd web", ". ./vars", "cd -"),
    "it goes down and up again": withEnvironment("cd web && export X=1 && cd ..", "cd web/.."),
    "it stays where it is": withEnvironment("cd .", "cd ./", "cd -- ."),
    "what is pushed is popped": withEnvironment("pushd web", "popd"),
    "it goes to the app's folder": withEnvironment('cd "$PLATFORM_APP_DIR"', "cd", "cd /app"),
    "another folder is asked for": withEnvironment('export A="$(cd web && pwd)"', "(cd web; make)"),
    "a variable keeps its value, or gets one where it has none": withEnvironment(
      `export PLATFORM_BRANCH="\${PLATFORM_BRANCH:-main}"`,
      "export PLATFORM_ENVIRONMENT=$PLATFORM_ENVIRONMENT",
    ),
    "HOME is what it is anyway": withEnvironment("export HOME=/app", 'HOME="$PLATFORM_APP_DIR"'),
    "it exports what has another name in each shell": withEnvironment(
      `export "$A"=b "A_\${B}=c" A1`,
    ),
    "it lists and unsets": withEnvironment("export -p > /tmp/a", "unset -f a", "unset -v A B"),
    "a function has variables of its own": withEnvironment("a() {", "    local b=c", "}"),
    "the path is the output of a program": withEnvironment('export PATH="$(bin/path)"'),
    "it reads the branch": withEnvironment('export APP_BRANCH="$PLATFORM_BRANCH"'),
    "what looks for a program is not to be seen": withEnvironment("command -v node > /dev/null"),
    "the path is added to": withEnvironment('export PATH="/app/bin:$PATH"'),
    "it is printed to a terminal only": withEnvironment("[ -t 1 ] && echo Welcome"),
    "it is printed into a variable": withEnvironment('export A="$(echo b)"'),
    "it is printed into a file": withEnvironment("echo a > /tmp/a"),
    "there is none": guarded(backup),
    "it is printed into a variable under a condition": withEnvironment(
      'if [ "$(cat stage)" = b ]; then',
      '    export A="$(cat version.txt)"',
      "    cat a | wc -l > /dev/null",
      "fi",
    ),
    "a function may print": withEnvironment("greet() {", "    echo Hello", "}"),
  },
};
