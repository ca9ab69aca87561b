import { vendorOf } from "./vendor.ts";

/**
 * Adobe Commerce on Cloud, once Magento Cloud (Adobe's manual, "Commerce on cloud infrastructure"; constants of
 * magento-cloud-cli 1.0). Its manual calls the CLI a tool for workstations.
 */
export const magento = vendorOf({
  id: "magento",
  name: "Adobe Commerce on Cloud",
  binary: "magento-cloud",
  prefix: "MAGENTO_CLOUD_CLI_",
  containerPrefix: "MAGENTO_CLOUD_",
  files: { app: ".magento.app.yaml", folder: ".magento" },
  git: { remote: "magento", ownDomains: ["magento.cloud"] },
  domains: ["magento.cloud"],
  brandWords: ["magento"],
  hosts: {
    api: "https://api.magento.cloud",
    auth: "https://auth.magento.cloud",
    console: "https://console.adobecommerce.com",
  },
  packages: ["magento/magento-cloud-metapackage", "magento/ece-tools"],
  productCodes: [],
  installation: {
    kind: "forbidden",
    why: "Adobe's manual has magento-cloud as a tool for workstations, which can't be installed in a cloud environment",
  },
  installerHosts: ["accounts.magento.cloud"],
  invites: false,
  commandNames: {
    "snapshot:create": "backup:create",
    "snapshot:list": "backup:list",
    "snapshot:restore": "backup:restore",
  },
  commandsOff: {},
  cronKey: "cmd",
  cronsEveryMinute: true,
  manual: {
    pages: {
      "administration/cli/api-tokens":
        "https://experienceleague.adobe.com/en/docs/commerce-on-cloud/user-guide/dev-tools/cloud-cli/cloud-cli-overview",
      "administration/users":
        "https://experienceleague.adobe.com/en/docs/commerce-on-cloud/user-guide/project/user-access",
      "create-apps/image-properties/crons":
        "https://experienceleague.adobe.com/en/docs/commerce-on-cloud/user-guide/configure/app/properties/crons-property",
    },
    elsewhere: "https://experienceleague.adobe.com/en/docs/commerce-on-cloud/user-guide/overview",
  },
} as const);
