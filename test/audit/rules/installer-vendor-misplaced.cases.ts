import { url, withBuild } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "it stands in front of curl": {
      given: withBuild(`VENDOR=upsun ${url} | bash`),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:21",
          message:
            "the build hook gives VENDOR=upsun to the download, and the installer doesn't see it",
          fix: "unsafe: Put VENDOR=upsun in front of the installer",
        },
      ],
      fixed: withBuild(`${url} | VENDOR=upsun bash`),
    },
    "the installer is run from a file": {
      given: withBuild(`VENDOR=upsun ${url} -o /tmp/i.sh`, "bash /tmp/i.sh"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:21",
          message:
            "the build hook gives VENDOR=upsun to the download, and the installer doesn't see it",
          fix: "by hand: Put VENDOR=upsun in front of the installer",
        },
      ],
    },
  },
  quiet: {
    "it stands in front of bash": withBuild(`${url} | VENDOR=upsun bash`),
    "it is exported": withBuild("export VENDOR=upsun", `VENDOR=upsun ${url} | bash`),
  },
};
