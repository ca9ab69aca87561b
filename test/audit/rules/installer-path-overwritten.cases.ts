import { installed, php, withBuild } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the file is written anew after the installer": {
      given: withBuild(`${php} | php`, "echo 'export A=b' > .environment"),
      finds: [
        {
          severity: "error",
          at: "6:9-6:41",
          message:
            "the build hook overwrites .environment, where the installer wrote the CLI's path",
          fix: "safe: Add to .environment instead",
        },
      ],
      fixed: withBuild(`${php} | php`, "echo 'export A=b' >> .environment"),
    },
  },
  quiet: {
    "the file is added to": withBuild(`${php} | php`, "echo 'export A=b' >> .environment"),
    "the file is written before": withBuild("echo 'export A=b' > .environment", `${php} | php`),
    "the file is another folder's": withBuild(
      `${php} | php`,
      "cd web",
      "echo 'A=b' > .environment",
    ),
    "the current installer needs no such file": withBuild(
      ...installed,
      "echo 'export A=b' > .environment",
    ),
  },
};
