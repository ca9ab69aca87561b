import { vendorOf } from "./vendor.ts";

const withPhpInstaller = {
  usesCli: true,
  old: "it uses the PHP installer, and is no longer kept up",
} as const;

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
      folder: ".platformsh/bin",
    },
  },
  distribution: {
    repositories: ["platformsh/cli", "platformsh/legacy-cli"],
    oldRepositories: ["platformsh/platformsh-cli"],
    bringsByVendor: { upsun: "upsun" },
    packages: { brew: "platformsh-cli", composer: "platformsh/cli", nix: "platformsh" },
    phar: "platform.phar",
    image: "ghcr.io/platformsh/cli",
    oldImages: ["pjcdawkins/platformsh-cli"],
    // Each was read in its own repository in November 2026, of the platform's own the two with the PHP installer.
    actions: {
      "adam7/platformsh-cli-action": {
        installs: "platform",
        tokenInput: "token",
        exports: "PLATFORMSH_CLI_TOKEN",
        majors: [3, 4],
        old: "it downloads the CLI of version 3 or 4, in PHP, without looking whether that went well",
      },
      "axelerant/platformsh-deploy-action": {
        installs: "platform",
        tokenInput: "cli-token",
        usesCli: true,
        majors: [3, 4],
        old: "its authors have put axelerant/platformsh-action in its place",
      },
      "axelerant/platformsh-action": {
        installs: "platform",
        tokenInput: "cli-token",
        usesCli: true,
        versionInput: "cli-version",
      },
      "platformsh/gha-retrieve-psh-prenv-url": "not read",
      "platformsh/gha-run-sourceops-update": withPhpInstaller,
      "platformsh/gha-retrieve-production-url": withPhpInstaller,
      "platformsh/gha-*": { usesCli: true },
    },
    // As its Homebrew formula has it (upsun/homebrew-tap: Formula/platformsh-cli.rb at 2cf8bb07; read on 28 November 2026).
    release: {
      version: "5.10.8",
      repository: "upsun/cli",
      archive: "platform_5.10.8_linux_amd64.tar.gz",
      sha256: "d43169ab06b63836acf6e51c3c4dad211f706affc9daf8be1d53b08ccb65a3a8",
    },
  },
  installerHosts: [],
  invites: true,
  commandNames: {},
  commandsOff: {},
  cronKey: "commands",
  manual: { pages: {}, elsewhere: "https://fixed.docs.upsun.com/{page}.html" },
} as const);
