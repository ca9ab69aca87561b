import { app, hooks } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a build hook sets an option first": {
      given: app("hooks:", "    build: >", "        set -e", "        make"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "4:12-4:13",
          message: "the build hook has several lines, and becomes one",
          fix: "unsafe: Keep the lines apart",
        },
      ],
      fixed: app("hooks:", "    build: |", "        set -e", "        make"),
    },
    "nothing stands behind the key": {
      given: app("hooks:", "    build:", "        cd web", "        composer install"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "5:9-5:10",
          message: "the build hook has several lines, and becomes one",
          fix: "by hand: Keep the lines apart",
        },
      ],
    },
    "a backslash comes to stand before a blank": {
      given: app("hooks:", "    deploy: >", "        npm run build \\", "        --workspace shop"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "4:13-4:14",
          message:
            "the deploy hook becomes one line, in which its backslash makes the blank behind it a part of the next word",
          fix: "unsafe: Keep the lines apart",
        },
      ],
      fixed: app("hooks:", "    deploy: |", "        npm run build \\", "        --workspace shop"),
    },
    "a program of the project is called twice": {
      given: app(
        "hooks:",
        "    deploy: >",
        "        vendor/bin/drush cr",
        "        vendor/bin/drush updb -y",
      ),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "4:13-4:14",
          message: "the deploy hook has several lines, and becomes one",
          fix: "unsafe: Keep the lines apart",
        },
      ],
    },
    "a comment swallows the rest": {
      given: app("hooks:", "    build: >-", "        make", "        # test it", "        ls"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "4:12-4:13",
          message: "the build hook has several lines, and becomes one",
          fix: "unsafe: Keep the lines apart",
        },
      ],
      fixed: app("hooks:", "    build: |-", "        make", "        # test it", "        ls"),
    },
  },
  quiet: {
    "a blank line stands between two commands below >": app(
      "hooks:",
      "    deploy: >",
      "        set -e",
      "",
      "        bin/migrate",
    ),
    "a blank line stands between two commands behind no sign": app(
      "hooks:",
      "    deploy:",
      "        cd web",
      "",
      "        php migrate.php",
    ),
    "a backslash that ends a line is kept": app(
      ...hooks({ deploy: ["npm run build \\", "  --workspace shop"] }),
    ),
    "two backslashes are one": app("hooks:", "    deploy: >", "        grep a\\\\", "        b"),
    "an argument is a path like the program": app(
      "hooks:",
      "    deploy: >",
      "        bin/copy",
      "        bin/copying to",
    ),
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
};
