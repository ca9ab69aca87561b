import { url, withBuild } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "a release before 5.10 is named": {
      given: withBuild(`${url} | VERSION=4.20.0 bash`),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "5:9-5:108",
          message:
            "the build hook installs release 4.20.0 of the CLI, which can't be downloaded any more",
        },
      ],
    },
    "it is exported with a v": {
      given: withBuild("export VERSION=v5.9.1", `${url} | bash`),
      finds: [
        {
          severity: "warning",
          confidence: "medium",
          at: "6:9-6:93",
          message:
            "the build hook installs release 5.9.1 of the CLI, which can't be downloaded any more",
        },
      ],
    },
  },
  quiet: {
    "the release is there": withBuild(`${url} | VERSION=5.10.0 bash`),
    "none is named": withBuild(`${url} | bash`),
    "it comes from another place": withBuild(`${url} | URL=https://example.com VERSION=4.0.0 bash`),
    "it isn't a release": withBuild(`${url} | VERSION=latest bash`),
  },
};
