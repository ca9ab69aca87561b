import { php, upsun, url, withBuild } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "an Upsun project uses the PHP installer": {
      given: upsun(`${php} | php`),
      finds: [
        {
          severity: "warning",
          at: "6:17-6:65",
          message: "the build hook still installs the CLI of Platform.sh",
          fix: "by hand: Finish the conversion",
        },
      ],
    },
  },
  quiet: {
    "the project is one of Platform.sh": withBuild(`${php} | php`),
    "the current installer is used": upsun(`${url} | VENDOR=upsun bash`),
  },
};
