import { app, backup, cron, guarded, hooks } from "../app.ts";
import { installed, magento, php } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the build hook never calls the function that installs it": {
      given: app(
        ...hooks({ build: ["cli() {", `    ${php} | php`, "}", "date"], deploy: [backup] }),
      ),
      finds: [
        {
          severity: "error",
          at: "10:9-10:47",
          message:
            "the deploy hook calls platform, but the build hook of shop doesn't install it: it never calls cli",
          fix: "safe: Install platform in the build hook",
        },
      ],
    },
    "a cron uses a CLI that its vendor has for workstations only": {
      given: magento("magento-cloud snapshot:list"),
      finds: [
        {
          severity: "error",
          at: "7:13-7:40",
          message:
            "the cron nightly calls magento-cloud, but the build hook of shop doesn't install it",
          fix: "by hand: Call magento-cloud from elsewhere",
        },
      ],
    },
    "a cron uses the CLI and no hook installs it": {
      given: app(...cron([backup])),
      finds: [
        {
          severity: "error",
          at: "8:17-8:55",
          message: "the cron job calls platform, but the build hook of shop doesn't install it",
          fix: "safe: Install platform in the build hook",
        },
      ],
      fixed: app(...cron([backup]), ...hooks({ build: installed })),
    },
    "the build hook puts a file of that name where programs are": {
      given: app(...hooks({ build: ["cp -p tools/platform .global/bin/"] }), ...cron([backup])),
      finds: [
        {
          severity: "warning",
          confidence: "low",
          at: "11:17-11:55",
          message:
            "the cron job calls platform, but the build hook of shop doesn't install it by itself, and the build hook puts a file there that is called platform, which isn't looked into",
          fix: "unsafe: Install platform in the build hook, because the build hook puts a file there that is called platform, which isn't looked into",
        },
      ],
    },
    "the installer is downloaded and left lying": {
      given: app(
        ...hooks({
          build: ["curl -fsSL https://platform.sh/cli/installer -o /tmp/cli-installer.php", "make"],
        }),
        ...cron([backup]),
      ),
      finds: [
        {
          severity: "warning",
          confidence: "low",
          at: "12:17-12:55",
          message:
            "the cron job calls platform, but the build hook of shop doesn't install it by itself, and the build hook runs make, which can't be followed",
          fix: "unsafe: Install platform in the build hook, because the build hook runs make, which can't be followed",
        },
      ],
    },
    "the build hook runs what can't be followed": {
      given: app(...hooks({ build: ["make build"] }), ...cron([backup])),
      finds: [
        {
          severity: "warning",
          confidence: "low",
          at: "11:17-11:55",
          message:
            "the cron job calls platform, but the build hook of shop doesn't install it by itself, and the build hook runs make build, which can't be followed",
          fix: "unsafe: Install platform in the build hook, because the build hook runs make build, which can't be followed",
        },
      ],
    },
    "the installer is commented out": {
      given: app(
        ...hooks({
          build: ["# curl -fsS https://platform.sh/cli/installer | php", "date"],
          deploy: [backup],
        }),
      ),
      finds: [
        {
          severity: "error",
          at: "8:9-8:47",
          message: "the deploy hook calls platform, but the build hook of shop doesn't install it",
          fix: "safe: Install platform in the build hook",
        },
      ],
      fixed: app(
        ...hooks({
          build: [...installed, "# curl -fsS https://platform.sh/cli/installer | php", "date"],
          deploy: [backup],
        }),
      ),
    },
  },
  quiet: {
    "the build hook calls the function that installs it": app(
      ...hooks({ build: ["cli() {", `    ${php} | php`, "}", "cli"], deploy: [backup] }),
    ),
    "the build hook installs it": guarded(backup),
    "nothing uses it": app(...hooks({ build: ["make"] })),
  },
};
