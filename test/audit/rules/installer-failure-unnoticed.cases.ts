import { app } from "../app.ts";
import { commands, fetched, installed, url, withBuild } from "../installing.ts";
import type { RuleCases } from "../rule-cases.ts";

export const cases: RuleCases = {
  fires: {
    "the download is piped and nothing looks after it": {
      given: withBuild(`${url} | bash`, "make"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:93",
          message: "the build hook doesn't notice when the CLI can't be downloaded",
          fix: "safe: Download first, then install and look for the CLI",
        },
      ],
      fixed: withBuild(...installed, "make"),
    },
    "a release and a vendor are named": {
      given: withBuild(`${url} | VENDOR=upsun VERSION=5.11.0 bash`, "make"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:121",
          message: "the build hook doesn't notice when the CLI can't be downloaded",
          fix: "safe: Download first, then install and look for the CLI",
        },
      ],
      fixed: withBuild(
        installed[0].replace("/tmp/platform", "/tmp/upsun"),
        "VENDOR=upsun VERSION=5.11.0 bash /tmp/upsun-cli-installer.sh || exit 1",
        "upsun --version || exit 1",
        "make",
      ),
    },
    "the CLI is called, but its failure ends nothing": {
      given: withBuild(`${url} | bash`, "platform", "make"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:93",
          message: "the build hook doesn't notice when the CLI can't be downloaded",
          fix: "safe: Download first, then install and look for the CLI",
        },
      ],
    },
    "it is one command of a line": {
      given: app("hooks:", `    build: "${url} | bash; make"`),
      finds: [
        {
          severity: "warning",
          at: "4:13-4:97",
          message: "the build hook doesn't notice when the CLI can't be downloaded",
          fix: "safe: Download first, then install and look for the CLI",
        },
      ],
      fixed: app("hooks:", `    build: "{ ${commands.join(" && ")} || exit 1; }; make"`),
    },
    "the CLI is called in front of what else there is, and nothing minds its failure": {
      given: withBuild(`${url} | bash && platform --version`, "make"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:93",
          message: "the build hook doesn't notice when the CLI can't be downloaded",
          fix: "safe: Download first, then install and look for the CLI",
        },
      ],
      fixed: withBuild(`{ ${commands.join(" && ")} || exit 1; } && platform --version`, "make"),
    },
    "set -e leaves alone what has && behind it": {
      given: withBuild("set -e", `${url} | bash`, "platform --version && echo installed", "make"),
      finds: [
        {
          severity: "warning",
          at: "6:9-6:93",
          message: "the build hook doesn't notice when the CLI can't be downloaded",
          fix: "safe: Download first, then install and look for the CLI",
        },
      ],
    },
    "something else is asked for when it fails": {
      given: withBuild(`${url} | bash || ./install-cli.sh`, "make"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:93",
          message: "the build hook doesn't notice when the CLI can't be downloaded",
          fix: "safe: Download first, then install and look for the CLI",
        },
      ],
      fixed: withBuild(`{ ${commands.join(" && ")}; } || ./install-cli.sh`, "make"),
    },
    "the installer is another vendor's, and no manual says where it puts the CLI": {
      given: withBuild("curl -sfS https://cli.ibexa.cloud/installer | sh", "make"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:57",
          message: "the build hook doesn't notice when the CLI can't be downloaded",
          fix: "unsafe: Download first, then install and look for the CLI, because no manual says where this installer puts the CLI, and it may not be found under its name during the build",
        },
      ],
      fixed: withBuild(
        "curl -sfS https://cli.ibexa.cloud/installer -o /tmp/ibexa_cloud-cli-installer.sh || exit 1",
        "sh /tmp/ibexa_cloud-cli-installer.sh || exit 1",
        "ibexa_cloud --version || exit 1",
        "make",
      ),
    },
    "another vendor's installer is for PHP": {
      given: withBuild("curl -fsS https://eu.cli.webpaas.ovhcloud.com/installer | php", "make"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:70",
          message: "the build hook doesn't notice when the CLI can't be downloaded",
          fix: "unsafe: Download first, then install and look for the CLI, because no manual says where this installer puts the CLI, and it may not be found under its name during the build",
        },
      ],
    },
    "another vendor's installer is run by what its manual hasn't": {
      given: withBuild("curl -fsS https://cli.ibexa.cloud/installer | php", "make"),
      finds: [
        {
          severity: "warning",
          at: "5:9-5:58",
          message: "the build hook doesn't notice when the CLI can't be downloaded",
        },
      ],
    },
  },
  quiet: {
    "the hook looks for another vendor's CLI": withBuild(
      "curl -sfS https://cli.ibexa.cloud/installer | sh",
      "command -v ibexa_cloud || exit 1",
    ),
    "another vendor's installer is piped into what only writes it": withBuild(
      "curl -sfS https://cli.ibexa.cloud/installer | tee installer.txt",
      "make",
    ),
    "the CLI is called under set -e": withBuild("set -e", `${url} | bash`, "platform", "make"),
    "the hook looks for the CLI": withBuild(`${url} | bash`, "command -v platform || exit 1"),
    "the CLI's failure ends the hook": withBuild(`${url} | bash`, "platform --version || exit 1"),
    "the CLI's failure is asked for": withBuild(
      `${url} | bash`,
      "if ! platform --version; then exit 1; fi",
      "make",
    ),
    "the CLI's failure ends the hook from behind &&": withBuild(
      "set -e",
      `${url} | bash && platform --version`,
      "make",
    ),
    "the CLI's failure is that of the hook": withBuild(`${url} | bash`, "platform --version"),
    "the download isn't piped": withBuild(...fetched),
  },
};
