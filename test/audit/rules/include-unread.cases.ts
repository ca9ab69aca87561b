import { app } from "../app.ts";
import type { RuleCases } from "../rule-cases.ts";

const text = app("hooks:", "    deploy: !include", "        type: string", "        path: warm.sh");
const key = "string warm.sh";
const closed = { kind: "closed" } as const;

export const cases: RuleCases = {
  fires: {
    "a hook is in a file that isn't there": {
      given: {
        text,
        includes: new Map([
          [key, { ...closed, why: "warm.sh is included, but isn't there", isMissing: true }],
        ]),
      },
      finds: [
        {
          severity: "error",
          at: "5:9-5:21",
          message: "warm.sh is included, but isn't there",
          fix: "by hand: Name a file of the repository",
        },
      ],
    },
    "a hook may be in either of two files": {
      given: {
        text,
        includes: new Map([
          [key, { ...closed, why: "warm.sh may be either of two files", isMissing: false }],
        ]),
      },
      finds: [
        {
          severity: "warning",
          at: "5:9-5:21",
          message: "warm.sh may be either of two files",
          fix: "by hand: Name a file of the repository",
        },
      ],
    },
  },
  quiet: {
    "the file is there": {
      text,
      includes: new Map([
        [
          key,
          { kind: "script", in: { file: "/shop/warm.sh", shown: "warm.sh", text: "make warm\n" } },
        ],
      ]),
    },
    "nothing was looked up": text,
    "nothing is included": app("hooks: {}"),
  },
};
