import { vendorOf } from "./vendor.ts";

/** Upsun, sold as Upsun Flex (source of the official CLI 5.11, `upsun-cli.yaml`; developer.upsun.com). */
export const upsun = vendorOf({
  id: "upsun",
  name: "Upsun",
  binary: "upsun",
  prefix: "UPSUN_CLI_",
  containerPrefix: "PLATFORM_",
  files: { app: ".upsun/config.yaml", folder: ".upsun" },
  git: { remote: "upsun", ownDomains: [] },
  hosts: {
    api: "https://api.upsun.com",
    auth: "https://auth.upsun.com",
    console: "https://console.upsun.com",
  },
  packages: [],
  productCodes: ["upsun"],
  installation: {
    kind: "script",
    url: "https://raw.githubusercontent.com/upsun/cli/main/installer.sh",
    interpreter: "bash",
    pins: true,
  },
  installerHosts: [],
  invites: true,
  commandNames: {},
  commandsOff: [
    "local:build",
    "project:variable:delete",
    "project:variable:get",
    "project:variable:set",
    "server:run",
    "variable:disable",
    "variable:enable",
    "variable:set",
  ],
  cronKey: "commands",
  manual: {
    tokens: "https://developer.upsun.com/cli/api-tokens",
    crons: "https://developer.upsun.com/docs/configure-apps/image-properties/crons",
    users: "https://developer.upsun.com/docs/administration/users",
  },
} as const);
