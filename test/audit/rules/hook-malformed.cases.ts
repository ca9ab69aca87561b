import { app, hooks } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a hook is a list": {
      given: app(
        "hooks:",
        "    deploy:",
        "    - bin/migrate",
        "    - 'bin/warm --all'",
        "timezone: UTC",
      ),
      finds: [
        {
          severity: "error",
          at: "4:5-4:11",
          message: "The deploy hook is a list, where one text is expected",
          fix: "unsafe: Write it as one script",
        },
      ],
      fixed: app(
        "hooks:",
        "    deploy: |",
        "        bin/migrate",
        "        bin/warm --all",
        "timezone: UTC",
      ),
    },
    "a hook is a list with a comment": {
      given: app("hooks:", "    build:", "        # first of all", "        - make"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message: "The build hook is a list, where one text is expected",
          fix: "by hand: Write it as one script",
        },
      ],
    },
    "a hook is a mapping": {
      given: app("hooks:", "    build:", "        start: make"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:10",
          message: "The build hook is a mapping, where one text is expected",
          fix: "unsafe: Write it as one script",
        },
      ],
    },
    "a hook has a hyphen in its name": {
      given: app("hooks:", "    post-deploy: bin/warm"),
      finds: [
        {
          severity: "warning",
          at: "4:5-4:16",
          message: "There is no hook post-deploy: build, deploy and post_deploy are all there are",
          fix: "unsafe: Write it as post_deploy",
        },
      ],
      fixed: app("hooks:", "    post_deploy: bin/warm"),
    },
    "a hook has a name of its own": {
      given: app("hooks:", "    test:", "        - make test"),
      finds: [
        {
          severity: "warning",
          at: "4:5-4:9",
          message: "There is no hook test: build, deploy and post_deploy are all there are",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
    "hooks is a text": {
      given: app("hooks: make"),
      finds: [
        {
          severity: "error",
          at: "3:1-3:6",
          message: "hooks holds a text, where a mapping of hooks is expected",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
    "hooks is a list": {
      given: app("hooks:", "    - build: make"),
      finds: [
        {
          severity: "error",
          at: "3:1-3:6",
          message: "hooks holds a list, where a mapping of hooks is expected",
          fix: "by hand: Write it as the manual has it",
        },
      ],
    },
    "a hook is written as a cron is": {
      given: app("hooks:", "    deploy:", "        start: bin/migrate", "    build: make"),
      finds: [
        {
          severity: "error",
          at: "4:5-4:11",
          message: "The deploy hook is a mapping, where one text is expected",
          fix: "unsafe: Write it as one script",
        },
      ],
      fixed: app("hooks:", "    deploy: bin/migrate", "    build: make"),
    },
    "a hook is mistyped": {
      given: app("hooks:", "    postdeploy: bin/warm"),
      finds: [
        {
          severity: "warning",
          at: "4:5-4:15",
          message: "There is no hook postdeploy: build, deploy and post_deploy are all there are",
          fix: "unsafe: Write it as post_deploy",
        },
      ],
      fixed: app("hooks:", "    post_deploy: bin/warm"),
    },
    "hooks is written in the singular": {
      given: app("hook:", "    deploy: bin/migrate"),
      finds: [
        {
          severity: "warning",
          at: "3:1-3:5",
          message: "hook is no section of jobs: hooks is probably meant, and none of them is run",
          fix: "unsafe: Write it as hooks",
        },
      ],
      fixed: app("hooks:", "    deploy: bin/migrate"),
    },
  },
  quiet: {
    "each hook is a text": app(...hooks({ build: ["make"], deploy: ["bin/warm"] })),
    "a hook holds nothing yet": app("hooks:", "    build:"),
    "it is in another file": app(
      "hooks:",
      "    build: !include",
      "        type: string",
      "        path: build.sh",
    ),
    "all hooks are in another file": app("hooks: !include hooks.yaml"),
  },
};
