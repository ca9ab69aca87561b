import { vendorOf } from "./vendor.ts";

/** Platform.sh, today Upsun Fixed (source of the official CLI 5.11, `platformsh-cli.yaml`; manual of Upsun Fixed). */
export const platformsh = vendorOf({
  id: "platformsh",
  name: "Platform.sh",
  binary: "platform",
  prefix: "PLATFORMSH_CLI_",
  containerPrefix: "PLATFORM_",
  files: { app: ".platform.app.yaml", folder: ".platform" },
  git: { remote: "platform", ownDomains: [] },
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
    older: "curl -fsS https://platform.sh/cli/installer | php",
  },
  installerHosts: [],
  invites: true,
  commandNames: {},
  commandsOff: {},
  cronKey: "commands",
  manual: { pages: {}, elsewhere: "https://fixed.docs.upsun.com/{page}.html" },
} as const);
