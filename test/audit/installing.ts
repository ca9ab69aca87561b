import { app, hooks } from "./app.ts";
import type { Example } from "./rule-cases.ts";

/** The lines that the fix puts into a build hook. */
export const installed: readonly [string, string, string] = [
  "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/platform-cli-installer.sh || exit 1",
  "bash /tmp/platform-cli-installer.sh || exit 1",
  "platform --version || exit 1",
];

/** The same without what follows a failure. */
export const commands = installed.map((line) => line.replace(" || exit 1", ""));

/** Lines that install a release that is named, and look at nothing afterwards. */
export const fetched = [
  "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/i.sh || exit 1",
  "VERSION=5.11.0 bash /tmp/i.sh || exit 1",
];

/** The download of the current installer, and of the old one. */
export const url = "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh";
export const php = "curl -sS https://platform.sh/cli/installer";

/** An application whose build hook has these lines. */
export function withBuild(...lines: readonly string[]): string {
  return app(...hooks({ build: lines }));
}

/** An application of Adobe Commerce, with this cron beside its own. */
export function magento(...lines: readonly string[]) {
  const text = [
    "name: shop",
    "type: 'php:8.3'",
    "crons:",
    "    nightly:",
    "        spec: '17 3 * * *'",
    "        cmd: |",
    ...lines.map((line) => `            ${line}`),
    "",
  ];
  return {
    text: text.join("\n"),
    place: { file: "/shop/.magento.app.yaml", shown: ".magento.app.yaml" },
  } satisfies Example;
}

/** The same in an Upsun project. */
export function upsun(...lines: readonly string[]): Example {
  const text = [
    "applications:",
    "    shop:",
    "        type: 'php:8.3'",
    ...hooks({ build: lines }).map((line) => `        ${line}`),
    "",
  ];
  return {
    text: text.join("\n"),
    place: {
      file: "/shop/.upsun/config.yaml",
      shown: ".upsun/config.yaml",
      form: "applications",
      path: ["applications", "shop"],
    },
  };
}
