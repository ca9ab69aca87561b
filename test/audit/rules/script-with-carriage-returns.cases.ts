import { app, withCron, withEnvironment } from "../app.ts";
import type { Example, RuleCases } from "../rule-cases.ts";

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

export const cases: RuleCases = {
  fires: {
    "an included script has them": {
      given: including("set -e\r\nmake\r\n"),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: "build.sh:1:7-1:8",
          message: "the build hook is in build.sh, whose lines end with carriage returns",
          fix: "safe: Take the carriage returns out",
        },
      ],
      fixed: "set -e\nmake\n",
    },
    ".environment has them": {
      given: withEnvironment("export A=b\r", 'export PATH="/app/bin:$PATH"\r'),
      finds: [
        {
          severity: "error",
          confidence: "medium",
          at: ".environment:1:11-1:12",
          message:
            ".environment has lines that end with carriage returns, which its values then end with too",
          fix: "unsafe: Take the carriage returns out",
        },
      ],
      fixed: 'export A=b\nexport PATH="/app/bin:$PATH"\n',
    },
  },
  quiet: {
    "it has line feeds": including("set -e\nmake\n"),
    ".environment has line feeds": withEnvironment("export A=b"),
    "the app's own file has them": withCron("make").replaceAll("\n", "\r\n"),
  },
};
