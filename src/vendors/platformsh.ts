import { vendorOf } from "./vendor.ts";

/** Platform.sh, today Upsun Fixed (source of the official CLI 5.11, `platformsh-cli.yaml`; manual of Upsun Fixed). */
export const platformsh = vendorOf({
  id: "platformsh",
  name: "Platform.sh",
  binary: "platform",
  prefix: "PLATFORMSH_CLI_",
  containerPrefix: "PLATFORM_",
  files: { app: ".platform.app.yaml", folder: ".platform", list: ".platform/applications.yaml" },
  git: { remote: "platform", ownDomains: [] },
  domains: ["platform.sh", "upsun.com", "platformsh.site", "tst.site", "upsunapp.com", "upsun.app"],
  brandWords: ["platform", "psh"],
  hosts: {
    api: "https://api.upsun.com",
    auth: "https://auth.upsun.com",
    console: "https://console.upsun.com",
  },
  packages: [],
  productCodes: ["platformsh"],
  installation: {
    kind: "script",
    url: "https://raw.githubusercontent.com/platformsh/cli/main/installer.sh",
    interpreter: "bash",
    pins: true,
    older: {
      url: "https://platform.sh/cli/installer",
      line: "curl -fsS https://platform.sh/cli/installer | php",
    },
  },
  cliPackages: ["platformsh/cli", "platformsh"],
  installerHosts: [],
  invites: true,
  commandNames: {},
  commandsOff: {},
  cronKey: "commands",
  manual: { pages: {}, elsewhere: "https://fixed.docs.upsun.com/{page}.html" },
} as const);
