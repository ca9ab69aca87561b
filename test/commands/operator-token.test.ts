import { expect, test } from "vitest";
import { operatorToken } from "../../src/commands/sign-in/operator-token.ts";
import { vendorIn } from "../../src/commands/sign-in/vendor.ts";
import { addressesOf } from "../../src/platform/addresses.ts";
import { allVendors, vendors } from "../../src/vendors/registry.ts";
import { layDown } from "../vendors/projects.ts";

function io(env: NodeJS.ProcessEnv) {
  const nothing = () => undefined;
  return {
    out: nothing,
    err: nothing,
    document: nothing,
    env,
    signal: new AbortController().signal,
  };
}

test("a token under the name of the other CLI is taken where both have the same hosts", async () => {
  const found = await operatorToken(vendors.upsun, io({ PLATFORMSH_CLI_TOKEN: "of-platformsh" }));
  expect(found?.because).toBe("from PLATFORMSH_CLI_TOKEN");
  const own = { UPSUN_CLI_TOKEN: "of-upsun", PLATFORMSH_CLI_TOKEN: "of-platformsh" };
  expect((await operatorToken(vendors.upsun, io(own)))?.because).toBe("from UPSUN_CLI_TOKEN");
});

test("an access token in the variable that the official CLI has for it signs in, and an API token there is told", async () => {
  const jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmVk";
  const found = await operatorToken(vendors.upsun, io({ UPSUN_CLI_API_TOKEN: jwt }));
  expect(found?.because).toBe("from UPSUN_CLI_API_TOKEN");
  const said: string[] = [];
  const surroundings = {
    ...io({ UPSUN_CLI_API_TOKEN: "an-api-token" }),
    err: (line: string) => said.push(line),
  };
  expect(await operatorToken(vendors.upsun, surroundings)).toBeUndefined();
  expect(said).toEqual([
    "UPSUN_CLI_API_TOKEN is for access tokens, which last 15 minutes; an API token belongs into UPSUN_CLI_TOKEN",
  ]);
});

test("a token whose own variables name other hosts goes to no others", async () => {
  const env = {
    PLATFORMSH_CLI_TOKEN: "of-platformsh",
    PLATFORMSH_CLI_API_URL: "https://api.example.org",
    PLATFORMSH_CLI_AUTH_URL: "https://auth.example.org",
  };
  expect(await operatorToken(vendors.upsun, io(env))).toBeUndefined();
  expect(await operatorToken(vendors.platformsh, io(env))).toBeDefined();
});

test.each(allVendors)(
  "a hostile checkout that looks like one of $name gets nobody's token sent to another host than its own",
  async (vendor) => {
    const project = await layDown({
      [vendor.files.app]: "name: trap\ntype: 'php:8.3'\n",
      "composer.json": JSON.stringify({ require: { "magento/ece-tools": "*" } }),
      [`${vendor.files.folder}/local/project.yaml`]: "id: abcdefgh12345\nhost: trap.example.org\n",
      ".env": `${vendor.prefix}API_URL=https://trap.example.org\n`,
    });
    for (const { tokenEnv, hosts } of allVendors) {
      const surroundings = io({ ...project.env, [tokenEnv]: "somebody's-own" });
      const detected = await vendorIn(project.directory, { named: undefined }, surroundings);
      const found = await operatorToken(detected.vendor, surroundings);
      if (found !== undefined && detected.vendor.tokenEnv !== tokenEnv)
        expect(addressesOf(detected.vendor, surroundings.env)).toEqual(hosts);
      if (detected.vendor.hosts !== undefined)
        expect(addressesOf(detected.vendor, surroundings.env)).toEqual(detected.vendor.hosts);
    }
  },
);
