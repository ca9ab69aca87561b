import { expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { runtimeVariables } from "../../src/shell/build-variables.ts";
import { guardVariablesOf } from "../../src/shell/guard.ts";
import { installations } from "../../src/shell/installation.ts";
import { installerLines, installerSays } from "../../src/shell/installer.ts";
import { readScript } from "../../src/shell/script.ts";
import { tokenLeaks } from "../../src/shell/token-leak.ts";
import { allVendors } from "../../src/vendors/registry.ts";

test.each(allVendors)(
  "a script that calls $binary, guarded as on $name, is understood",
  (vendor) => {
    const { branch } = guardVariablesOf(vendor);
    const script = `if [ "$${branch}" = live ]; then\n    /opt/bin/${vendor.binary} backup:create --yes\nfi\n`;
    const [command, ...others] = readScript(script).commands;
    expect(others).toEqual([]);
    expect(command).toMatchObject({ binary: vendor.binary, name: "backup:create" });
    expect(command?.guard).toMatchObject({ kind: "guarded" });
  },
);

test.each(allVendors)("what is set only once the app runs on $name is known", (vendor) => {
  const { branch, type } = guardVariablesOf(vendor);
  const read = runtimeVariables(`make "$${branch}" "$${type}"`);
  expect(read.map(({ name }) => name)).toEqual([branch, type]);
});

test.each(allVendors)("a script that prints $tokenEnv is found", ({ tokenEnv, prefix }) => {
  expect(tokenLeaks(`echo "$${tokenEnv}"`, true)).toHaveLength(1);
  expect(tokenLeaks(`export ${prefix}DEBUG=1`, true)).toHaveLength(1);
  expect(tokenLeaks(`echo "\${${tokenEnv}:+set}"`, true)).toEqual([]);
});

test.each([
  ["curl -fsSL https://cli.ibexa.co/installer -o /tmp/i.php\nphp /tmp/i.php", "ibexa_cloud"],
  ["curl -sfS https://cli.ibexa.cloud/installer | sh", "ibexa_cloud"],
  ["curl -fsS https://eu.cli.webpaas.ovhcloud.com/installer | php", "webpaas"],
  ["curl -sS https://accounts.magento.cloud/cli/installer | php", "magento-cloud"],
])("the vendor's own installer is known by its host: %s", (script, binary) => {
  expect(installations(script)).toMatchObject([{ binary }]);
});

test.each([
  ["upsun", "https://raw.githubusercontent.com/upsun/cli/main/installer.sh", "bash", "sh"],
  ["ibexa_cloud", "https://cli.ibexa.cloud/installer", "sh", "sh"],
  ["webpaas", "https://eu.cli.webpaas.ovhcloud.com/installer", "php", "php"],
])(
  "%s is installed as its vendor's manual has it, and looked for afterwards",
  (binary, url, runs, ending) => {
    const file = `/tmp/${binary}-cli-installer.${ending}`;
    const lines = installerLines({ binary, installer: "bash" });
    expect(lines).toEqual([
      `curl -fsSL ${url} -o ${file} || exit 1`,
      `${runs} ${file} || exit 1`,
      `${binary} --version || exit 1`,
    ]);
    expect(installations(lines.join("\n"))).toMatchObject([{ binary }]);
  },
);

test("what an installer installs is said with the name that is then called", () => {
  expect(installerSays({ binary: "platform", installer: "php" })).toBe(
    "https://platform.sh/cli/installer, run by php, installs platform: the line of the older manual",
  );
  expect(installerSays({ binary: "ibexa_cloud", installer: "bash" })).toBe(
    "https://cli.ibexa.cloud/installer, run by sh, installs ibexa_cloud",
  );
});

test("what a vendor forbids, or its installer can't do, is refused in words", () => {
  expect(() => installerLines({ binary: "magento-cloud", installer: "bash" })).toThrow(
    /magento-cloud can't be installed in a project of Adobe Commerce on Cloud/,
  );
  for (const [binary, name, now] of [
    [
      "upsun",
      "Upsun",
      "https://raw.githubusercontent.com/upsun/cli/main/installer.sh, run by bash",
    ],
    ["webpaas", "OVHcloud Web PaaS", "https://eu.cli.webpaas.ovhcloud.com/installer, run by php"],
  ] as const)
    expect(partsOf(() => installerLines({ binary, installer: "php" }))).toEqual({
      what: `${name} has no installer of an older manual`,
      where: "--installer php",
      why: `that line, curl -fsS https://platform.sh/cli/installer | php, installs platform, the CLI of Platform.sh, and the job calls ${binary}`,
      next: `leave out --installer: then ${now}, installs ${binary}`,
    });
  expect(() =>
    installerLines({ binary: "ibexa_cloud", installer: "bash", version: "5.11.0" }),
  ).toThrow(/can't install a chosen version/);
});

function partsOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error.parts;
  }
  return undefined;
}
