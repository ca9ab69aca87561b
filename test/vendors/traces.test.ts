import { describe, expect, test } from "vitest";
import { describesApps, filesRead, isInWholeFolder } from "../../src/vendors/files.ts";
import {
  isVendorHost,
  mentionsVendor,
  namesVendorToken,
  sshHost,
  vendorNames,
} from "../../src/vendors/traces.ts";

describe("a host", () => {
  test.each([
    "git.eu-5.platform.sh",
    "api.upsun.com:443",
    "git.us-3.magento.cloud",
    "git.ovhcloud-fr-1.webpaas.ovh.net",
    "main-abc.upsun.app",
  ])("%s is a vendor's", (host) => expect(isVendorHost(host)).toBe(true));

  test.each(["github.com", "myplatform.sh", "platform.sh.example.org", "gitlab.ovhcloud.com"])(
    "%s is not",
    (host) => expect(isVendorHost(host)).toBe(false),
  );
});

test("SSH and Git go to a vendor where the address says so", () => {
  expect(sshHost.test("abc--app@ssh.eu-5.platform.sh")).toBe(true);
  expect(sshHost.test("id@git.ovhcloud-fr-1.webpaas.ovh.net:id.git")).toBe(true);
  expect(sshHost.test("git@github.com:acme/shop.git")).toBe(false);
});

test("a name says whose token it is by a vendor's words or its form", () => {
  for (const name of ["PSH_TOKEN", "ibexa-token", "OVHCLOUD_WEBPAAS_CLI_TOKEN", "ACME_CLI_TOKEN"])
    expect(namesVendorToken(name)).toBe(true);
  expect(namesVendorToken("NPM_TOKEN")).toBe(false);
  expect(mentionsVendor("run: npm test")).toBe(false);
  expect(mentionsVendor("run: webpaas list")).toBe(true);
  expect(vendorNames.test("export MAGENTO_CLOUD_BRANCH=x")).toBe(true);
  expect(vendorNames.test("the magento shop")).toBe(false);
});

test("a file describes applications by the names that its vendor has", () => {
  expect(describesApps("shop", ".magento.app.yaml")).toBe(true);
  expect(describesApps(".platform", "applications.yml")).toBe(true);
  expect(describesApps(".upsun", "services.yaml")).toBe(true);
  expect(describesApps(".platform", "routes.yaml")).toBe(false);
  expect(describesApps("shop", "applications.yaml")).toBe(false);
  expect(isInWholeFolder(".upsun/config.yaml")).toBe(true);
  expect(isInWholeFolder(".upsun/local/project.yaml")).toBe(false);
  for (const file of [".platform.app.yaml", ".magento.app.yaml", ".platform/applications.yaml"])
    expect(filesRead.split(/, | and /u)).toContain(file);
  expect(filesRead).toMatch(/ and \.upsun\/\*\.yaml$/u);
});
