import { vendorOf } from "./vendor.ts";

/** OVHcloud Web PaaS (ovh/webpaas-cli, `config.yaml` of 2023; OVHcloud's manual, "API tokens"). */
export const webpaas = vendorOf({
  id: "webpaas",
  name: "OVHcloud Web PaaS",
  binary: "webpaas",
  prefix: "OVHCLOUD_WEBPAAS_CLI_",
  containerPrefix: "PLATFORM_",
  files: { app: ".platform.app.yaml", folder: ".platform" },
  git: { remote: "ovhcloud", ownDomains: ["webpaas.ovh.net"] },
  domains: ["webpaas.ovh.net", "webpaas.ovhcloud.com"],
  brandWords: ["webpaas", "ovhcloud"],
  hosts: {
    api: "https://eu.api.webpaas.ovhcloud.com",
    auth: "https://eu.auth.webpaas.ovhcloud.com",
    console: "https://eu.console.webpaas.ovhcloud.com",
  },
  packages: [],
  productCodes: [],
  installation: {
    kind: "script",
    url: "https://eu.cli.webpaas.ovhcloud.com/installer",
    interpreter: "php",
    pins: false,
  },
  installerHosts: ["cli.webpaas.ovhcloud.com"],
  invites: false,
  commandNames: {},
  commandsOff: {
    "project:create": "the console",
    "project:delete": "the console",
    "user:add": "the console",
  },
  cronKey: "cmd",
  manual: {
    pages: {
      "administration/cli/api-tokens":
        "https://docs.ovh.com/gb/en/web-paas/development-cli/api-tokens/",
      "administration/users":
        "https://docs.ovh.com/gb/en/web-paas/administration-web/configure-project/",
      "create-apps/image-properties/crons":
        "https://docs.ovh.com/gb/en/web-paas/configuration-app/cron/",
    },
    elsewhere: "https://help.ovhcloud.com",
  },
} as const);
