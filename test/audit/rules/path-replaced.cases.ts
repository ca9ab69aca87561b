import { backup, guarded, withEnvironment } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the path has only one folder": {
      given: withEnvironment("export PATH=/app/bin"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:8-1:21",
          message: ".environment sets PATH without the folders that were in it",
          fix: 'unsafe: Have .environment read PATH="/app/bin:$PATH" there',
        },
      ],
      fixed: 'export PATH="/app/bin:$PATH"\n',
    },
    "it is set without export": {
      given: withEnvironment("PATH=/app/bin", "export PATH"),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: ".environment:1:1-1:14",
          message: ".environment sets PATH without the folders that were in it",
          fix: 'unsafe: Have .environment read PATH="/app/bin:$PATH" there',
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
          fix: "unsafe: Have .environment read >&2 there",
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
          fix: "unsafe: Have .environment read >&2 there",
        },
      ],
    },
  },
  quiet: {
    "the path is added to": withEnvironment('export PATH="/app/bin:$PATH"'),
    "it is printed to a terminal only": withEnvironment("[ -t 1 ] && echo Welcome"),
    "it is printed into a variable": withEnvironment('export A="$(echo b)"'),
    "it is printed into a file": withEnvironment("echo a > /tmp/a"),
    "there is none": guarded(backup),
    "a function may print": withEnvironment("greet() {", "    echo Hello", "}"),
  },
};
