import { app, hooks, withCron } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

const folded = (...lines: readonly string[]) =>
  app(
    "crons:",
    "    job:",
    "        spec: '0 5 * * *'",
    "        commands:",
    "            start: >",
    ...lines.map((line) => `                ${line}`),
  );

export const cases: RuleCases = {
  fires: {
    "nothing continues the line before": {
      given: withCron("platform backup:create --yes", "    --no-wait", "    --live"),
      finds: [
        {
          severity: "error",
          at: "14:21-15:27",
          message:
            "the cron job runs --no-wait as a command of its own, and backup:create without it",
          fix: "unsafe: Let the command go on in the line of --no-wait, because backup:create runs with --no-wait then, which it never did",
        },
      ],
      fixed: withCron("platform backup:create --yes \\", "    --no-wait \\", "    --live"),
    },
    "it stands deeper below >": {
      given: folded("platform backup:create", "  --yes --no-wait"),
      finds: [
        {
          severity: "error",
          at: "9:19-9:34",
          message:
            "the cron job runs --yes as a command of its own, and backup:create without it, because below >, a deeper line keeps its line end",
          fix: "unsafe: Let the command go on in the line of --yes, because backup:create runs with --yes then, which it never did",
        },
      ],
      fixed: folded("platform backup:create \\", "  --yes --no-wait"),
    },
    "a blank stands behind the \\": {
      given: withCron("platform backup:create \\ ", "    --yes \\\t", "    --live"),
      finds: [
        {
          severity: "error",
          at: "14:21-15:27",
          message:
            "the cron job runs --yes as a command of its own, and backup:create without it, because a blank stands behind the \\ of the line before",
          fix: "unsafe: Let the command go on in the line of --yes, because backup:create runs with --yes then, which it never did",
        },
      ],
      fixed: withCron("platform backup:create \\", "    --yes \\", "    --live"),
    },
    "one of several lines is made a comment": {
      given: withCron("platform backup:create \\", "    # --live \\", "    --yes"),
      finds: [
        {
          severity: "error",
          at: "15:21-15:26",
          message:
            "the cron job runs --yes as a command of its own, and backup:create without it, because a comment ends the command before it",
        },
      ],
    },
    "a semicolon ends the line before": {
      given: withCron("platform backup:create;", "    --yes"),
      finds: [
        {
          severity: "error",
          at: "14:21-14:26",
          message:
            "the cron job runs --yes as a command of its own, and backup:create without it, because ; ends the command before it",
        },
      ],
    },
    "the command before is in the background": {
      given: withCron("platform backup:create &", "    -y"),
      finds: [
        {
          severity: "error",
          at: "14:21-14:23",
          message: "the cron job runs -y as a command of its own, and backup:create without it",
        },
      ],
    },
    "an empty line stands between": {
      given: withCron("platform backup:create", "", "    --yes"),
      finds: [
        {
          severity: "error",
          at: "15:21-15:26",
          message: "the cron job runs --yes as a command of its own, and backup:create without it",
        },
      ],
    },
    "it is the option of another program, within a pipe and a block": {
      given: app(
        ...hooks({
          deploy: [
            "if [ -d web ]; then",
            "    cat list | timeout 60 rsync -a web/ copy/",
            '        "--delete"',
            "fi",
          ],
        }),
      ),
      finds: [
        {
          severity: "error",
          at: "7:17-7:27",
          message: "the deploy hook runs --delete as a command of its own, and rsync without it",
          fix: "unsafe: Let the command go on in the line of --delete, because rsync runs with --delete then, which it never did",
        },
      ],
    },
    "no single command stands before it": {
      given: app(...hooks({ deploy: ["if true; then", "    make", "fi", "--force"] })),
      finds: [
        {
          severity: "error",
          at: "8:9-8:16",
          message: "the deploy hook runs --force as a command of its own",
        },
      ],
    },
    "another file holds the script": {
      given: {
        text: app("hooks:", "    build: !include", "        type: string", "        path: up.sh"),
        includes: new Map([
          [
            "string up.sh",
            {
              kind: "script",
              in: {
                file: "/shop/up.sh",
                shown: "up.sh",
                text: "npm ci\n  --no-audit\n  --quiet\n",
              },
            },
          ],
        ]),
      },
      finds: [
        {
          severity: "error",
          at: "up.sh:2:3-3:10",
          message: "the build hook runs --no-audit as a command of its own, and npm without it",
          fix: "unsafe: Let the command go on in the line of --no-audit, because npm runs with --no-audit then, which it never did",
        },
      ],
    },
    "it stands deeper below >, in several lines": {
      given: folded("platform backup:create", "  --yes", "  --no-wait"),
      finds: [
        {
          severity: "error",
          at: "9:19-10:28",
          message:
            "the cron job runs --yes as a command of its own, and backup:create without it, because below >, a deeper line keeps its line end",
          fix: "by hand: Let the command go on in the line of --yes",
        },
      ],
    },
  },
  quiet: {
    "the line goes on": withCron("platform backup:create \\", "    --yes --no-wait"),
    "YAML joins the lines": folded("platform backup:create", "--yes --no-wait"),
    "it is a text in quotes": withCron('echo "options:', '  --live"'),
    "it stands behind exit, where nothing is run": withCron("make", "exit 0", "-- note", "-x"),
    "it is a here-document": withCron("cat > /tmp/x <<'E'", "--live", "E"),
    "it is what a case compares with": withCron(
      'case "$1" in',
      "    --live) echo live;;",
      "    -y | --yes) echo yes;;",
      "esac",
    ),
    "it begins the script": app(...hooks({ deploy: ["--force"] })),
    "it stands within the line": withCron("true || --yes"),
    "it is a list of names": withCron("true", "- platform backup:create --yes --no-wait"),
    "dash doesn't read the script to its end": withCron("if true", "platform list", "  --all"),
    "a text isn't closed": withCron("platform list", "  --all 'x"),
  },
};
