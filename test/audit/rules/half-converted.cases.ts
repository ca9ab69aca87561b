import { known } from "../../../src/fact.ts";
import { vendors } from "../../../src/vendors/registry.ts";
import { ofPlatformsh } from "../../vendors/detected.ts";
import { guarded } from "../app.ts";
import { magento, php, upsun, url, withBuild } from "../installing.ts";
import { project } from "../project.ts";
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
    "a script reads what only another vendor's containers have": {
      given: magento('if [ "$PLATFORM_BRANCH" = main ]; then php bin/tick.php; fi'),
      finds: [
        {
          severity: "error",
          at: "7:19-7:35",
          message:
            "the cron nightly reads PLATFORM_BRANCH, which no container of Adobe Commerce on Cloud has",
          fix: "by hand: Read the vendor's own variable",
        },
      ],
    },
    "the API has the project for one of another vendor": {
      given: {
        text: guarded("platform backup:create --yes --no-wait"),
        facts: {
          ...project({}, { settings: known({ productCode: "upsun", cronMinimumInterval: 5 }) })
            .facts,
          vendor: { ...ofPlatformsh, byFile: true },
        },
      },
      finds: [
        {
          severity: "warning",
          at: "project abcdefghijklm",
          message:
            "the API says that the project is one of Upsun, and the files are those of Platform.sh (from .platform.app.yaml)",
          fix: "by hand: Say whose project it is",
        },
      ],
    },
    "another vendor's file lies beside": {
      given: {
        text: guarded("upsun backup:create --yes --no-wait"),
        facts: {
          vendor: {
            ...ofPlatformsh,
            rivals: [{ vendor: vendors.upsun, because: "from .upsun/config.yaml", byFile: true }],
          },
        },
      },
      finds: [
        {
          severity: "warning",
          at: "1:1-1:11",
          message:
            "the project is taken for one of Platform.sh (from .platform.app.yaml), and may be one of Upsun (from .upsun/config.yaml)",
          fix: "by hand: Say whose project it is",
        },
      ],
    },
  },
  quiet: {
    "a project of Adobe reads the variables of its containers": magento(
      'if [ "$MAGENTO_CLOUD_BRANCH" = main ]; then php bin/tick.php; fi',
    ),
    "a project of Platform.sh uses the CLI upsun throughout": withBuild(
      `${url} | VENDOR=upsun bash`,
    ),
    "the project is one of Platform.sh": withBuild(`${php} | php`),
    "the current installer is used": upsun(`${url} | VENDOR=upsun bash`),
  },
};
