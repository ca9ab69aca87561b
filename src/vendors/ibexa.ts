import { vendorOf } from "./vendor.ts";

/**
 * Ibexa Cloud (Ibexa's manual, "Ibexa Cloud CLI", which forbids the CLI of Upsun; ddev-ibexa-cloud). No public source
 * says where its API is.
 */
export const ibexa = vendorOf({
  id: "ibexa",
  name: "Ibexa Cloud",
  binary: "ibexa_cloud",
  prefix: "IBEXA_CLI_",
  containerPrefix: "PLATFORM_",
  files: { app: ".platform.app.yaml", folder: ".platform" },
  git: { ownDomains: [] },
  domains: ["platform.sh", "platformsh.site", "ibexa.cloud"],
  brandWords: ["ibexa"],
  packages: ["ibexa/"],
  productCodes: [],
  installation: {
    kind: "script",
    url: "https://cli.ibexa.cloud/installer",
    interpreter: "sh",
    pins: false,
    note: "Ibexa's manual only points to cli.ibexa.cloud; that its script runs in sh is known from Ibexa's image for DDEV.",
  },
  installerHosts: ["cli.ibexa.cloud", "cli.ibexa.co"],
  invites: true,
  commandNames: {},
  commandsOff: {},
  cronKey: "commands",
  manual: {
    pages: {
      "administration/cli/api-tokens":
        "https://doc.ibexa.co/en/latest/ibexa_cloud/ibexa_cloud_cli/",
      "administration/users": "https://doc.ibexa.co/en/latest/ibexa_cloud/ibexa_cloud_cli/",
      "create-apps/image-properties/crons":
        "https://doc.ibexa.co/en/latest/ibexa_cloud/install_on_ibexa_cloud/",
    },
    // For all else Ibexa's manual points to this one.
    elsewhere: "https://fixed.docs.upsun.com/{page}.html",
  },
} as const);
