import { app, cron, hooks, withCron } from "../app.ts";
import type { Example, RuleCases } from "./case.ts";

/** An application whose build hook is a script of its own with this text. */
function including(text: string): Example {
  return {
    text: app("hooks:", "    build: !include", "        type: string", "        path: build.sh"),
    includes: new Map([
      [
        "string build.sh",
        { kind: "script", in: { file: "/shop/build.sh", shown: "build.sh", text } },
      ],
    ]),
  };
}

/** How files and their scripts are written. */
export const fileCases: readonly RuleCases[] = [
  {
    rule: "script-folded",
    fires: {
      "a build hook sets an option first": app(
        "hooks:",
        "    build: >",
        "        set -e",
        "        make",
      ),
      "nothing stands behind the key": app(
        "hooks:",
        "    build:",
        "        cd web",
        "        composer install",
      ),
      "a comment swallows the rest": app(
        "hooks:",
        "    build: >-",
        "        make",
        "        # test it",
        "        ls",
      ),
    },
    quiet: {
      "one plain command has several lines": app(
        "hooks:",
        "    build:",
        "        npm run build",
        "        --workspace shop",
      ),
      "the lines are kept": app(...hooks({ build: ["set -e", "make"] })),
      "one command has several lines": app(
        "hooks:",
        "    build: >",
        "        npm run build",
        "        --workspace shop",
      ),
      "operators join the lines": app(
        "hooks:",
        "    build: >",
        "        npm ci &&",
        "        npm test",
      ),
      "blank lines keep them apart": app(
        "hooks:",
        "    build: >",
        "        make",
        "",
        "        cd web",
      ),
    },
    fixes: {
      "a build hook sets an option first": app(
        "hooks:",
        "    build: |",
        "        set -e",
        "        make",
      ),
      "a comment swallows the rest": app(
        "hooks:",
        "    build: |-",
        "        make",
        "        # test it",
        "        ls",
      ),
    },
  },
  {
    rule: "script-cut-by-comment",
    fires: {
      "an option is behind it": app("hooks:", "    build: ./deliver.sh --to #releases --quiet"),
      "a word is": app(
        "crons:",
        "    a:",
        "        spec: '0 5 * * *'",
        "        cmd: platform backup -y #no-wait",
      ),
    },
    quiet: {
      "it is a comment": app("hooks:", "    build: make # all of it"),
      "the command is in quotes": app("hooks:", "    build: 'make #all'"),
      "the comment is on the next line": app("hooks:", "    build: make", "    #deploy: make"),
      "the shell gets to see it": app(...hooks({ build: ["make #all"] })),
    },
  },
  {
    rule: "script-with-carriage-returns",
    fires: { "an included script has them": including("set -e\r\nmake\r\n") },
    quiet: {
      "it has line feeds": including("set -e\nmake\n"),
      "the app's own file has them": withCron("make").replaceAll("\n", "\r\n"),
    },
    fixes: { "an included script has them": "set -e\nmake\n" },
  },
  {
    rule: "errexit-missing",
    fires: {
      "the first of two commands may fail": app(...hooks({ build: ["npm ci", "npm test"] })),
      "set -e is only a comment": app(...hooks({ build: ["# set -e", "npm ci", "npm test"] })),
    },
    quiet: {
      "it ends at the first failure": app(...hooks({ build: ["set -e", "npm ci", "npm test"] })),
      "each failure is minded": app(...hooks({ build: ["npm ci || exit 1", "npm test"] })),
      "they are chained": app(...hooks({ build: ["npm ci && npm test"] })),
      "there is only one command that may": app(...hooks({ build: ["export A=b", "npm ci"] })),
      "the first only tells something": app(...hooks({ build: ["node -v", "file x", "npm ci"] })),
      "it is the deploy hook": app(...hooks({ deploy: ["npm ci", "npm test"] })),
    },
    fixes: {
      "the first of two commands may fail": app(
        ...hooks({ build: ["set -e", "npm ci", "npm test"] }),
      ),
    },
  },
  {
    rule: "boolean-like-name",
    fires: {
      "a cron is called on": app(...cron(["make"]).map((line) => line.replace("job:", "on:"))),
      "a worker is called no": app("workers:", "    no:", "        disk: 256"),
      "the app is called Y": {
        text: "Y:\n    type: 'php:8.3'\n",
        place: { form: "map", path: ["Y"], shown: ".platform/applications.yaml" },
      },
    },
    quiet: {
      "it is in quotes": app(...cron(["make"]).map((line) => line.replace("job:", "'on':"))),
      "it only starts so": app(...cron(["make"]).map((line) => line.replace("job:", "only:"))),
    },
    fixes: {
      "a cron is called on": app(...cron(["make"]).map((line) => line.replace("job:", "'on':"))),
      "the app is called Y": "'Y':\n    type: 'php:8.3'\n",
    },
  },
  {
    rule: "file-name-unread",
    fires: {
      "a file beside ends in .yml": { text: app(), facts: { misnamed: ["api/.platform.app.yml"] } },
    },
    quiet: { "all end in .yaml": app() },
  },
];
