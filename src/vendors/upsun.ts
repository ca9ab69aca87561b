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
  domains: ["platform.sh", "upsun.com", "platformsh.site", "tst.site", "upsunapp.com", "upsun.app"],
  brandWords: ["upsun"],
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
  distribution: {
    repositories: ["upsun/cli", "upsun/legacy-cli"],
    oldRepositories: [],
    packages: { brew: "upsun-cli", npm: "upsun", nix: "upsun" },
    image: "ghcr.io/upsun/cli",
    imageWithoutBash: true,
    oldImages: [],
    // Each was read in its own repository in November 2026.
    actions: {
      "upsun/action-cli": {
        installs: {
          input: "cli_provider",
          byValue: { upsun: "upsun" },
          otherwise: "platform",
          unset: "upsun",
        },
        tokenInput: "cli_token",
        versionInput: "cli_version",
        runs: { input: "command", commands: ["route:list"] },
      },
      "jvm-tech/upsun-cli-action": {
        installs: "upsun",
        tokenInput: "token",
        exports: "UPSUN_CLI_TOKEN",
      },
    },
    // As its Homebrew formula has it (upsun/homebrew-tap: Formula/upsun-cli.rb at 323ee4eb; read on 28 November 2026).
    release: {
      version: "5.12.0",
      repository: "upsun/cli",
      archive: "upsun_5.12.0_linux_amd64.tar.gz",
      sha256: "5041ae8d242dc18af169ec2513212fd8928358e4dde03039fb9b11567835089a",
    },
  },
  installerHosts: [],
  invites: true,
  withoutToken: {
    says: "Upsun can give an app access to its own environment without a token (authorizations, in its file). Which actions that covers isn't published beyond looking and running tasks, so the machine user gets a token.",
    page: "https://developer.upsun.com/docs/configure-apps/image-properties/authorizations",
  },
  commandNames: {},
  commandsOff: {
    "project:variable:delete": "variable:delete --level project",
    "project:variable:get": "variable:get --level project",
    "project:variable:set": "variable:create --level project or variable:update",
    "variable:set": "variable:create or variable:update",
    "variable:enable": "variable:update --enabled true",
    "variable:disable": "variable:update --enabled false",
    "local:build": "a build on the platform",
    "local:drush-aliases": "drush aliases of your own",
  },
  cronKey: "commands",
  manual: {
    pages: {
      "administration/cli/api-tokens": "https://developer.upsun.com/cli/api-tokens",
      "administration/users": "https://developer.upsun.com/docs/administration/users",
      "create-apps/image-properties/crons":
        "https://developer.upsun.com/docs/configure-apps/image-properties/crons",
      "development/variables/set-variables":
        "https://developer.upsun.com/docs/development/variables",
      "development/variables/use-variables":
        "https://developer.upsun.com/docs/development/variables",
      "environments/backup": "https://developer.upsun.com/docs/environments/backup",
      "environments/default-environment": "https://developer.upsun.com/docs/environments",
      "learn/overview/build-deploy": "https://developer.upsun.com/docs/core-concepts/build-deploy",
    },
    elsewhere: "https://docs.upsun.com/{page}.html",
  },
} as const);
