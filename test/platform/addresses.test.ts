import { expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { addressesOf, apiTokensConsole, projectConsole } from "../../src/platform/addresses.ts";
import { vendors } from "../../src/vendors/registry.ts";

test("the addresses are the official CLI's unless the environment says otherwise", () => {
  expect(addressesOf(vendors.platformsh, {})).toEqual({
    api: "https://api.upsun.com",
    auth: "https://auth.upsun.com",
    console: "https://console.upsun.com",
  });
});

test("the variables of the official CLI point it elsewhere, each vendor with its own", () => {
  const env = {
    PLATFORMSH_CLI_API_BASE_URL: "http://127.0.0.1:8000/api/",
    PLATFORMSH_CLI_API_URL: "https://not-used.example.org",
    PLATFORMSH_CLI_AUTH_URL: "http://localhost:8001",
    UPSUN_CLI_API_URL: "https://flex.example.org",
    MACHINIST_CONSOLE_URL: "https://console.example.org/",
  };
  expect(addressesOf(vendors.platformsh, env)).toEqual({
    api: "http://127.0.0.1:8000/api",
    auth: "http://localhost:8001",
    console: "https://console.example.org",
  });
  expect(addressesOf(vendors.upsun, env).api).toBe("https://flex.example.org");
});

test("an empty variable counts as unset", () => {
  const addresses = addressesOf(vendors.upsun, { UPSUN_CLI_API_BASE_URL: "" });
  expect(addresses.api).toBe("https://api.upsun.com");
});

test("an address that can't be trusted with a token is refused without being repeated", () => {
  for (const address of [
    "canary",
    "http://canary.example.org",
    "http://127.0.0.1.canary.example.org",
    "https://jane:canary@example.org",
    "ftp://canary.example.org",
  ]) {
    const read = () => addressesOf(vendors.platformsh, { PLATFORMSH_CLI_API_AUTH_URL: address });
    expect(read).toThrow(Failure);
    expect(read).toThrow("PLATFORMSH_CLI_API_AUTH_URL can't be used as an address");
    expect(read).not.toThrow("canary");
  }
});

test("console pages are below the console's address", () => {
  const addresses = addressesOf(vendors.platformsh, {
    MACHINIST_CONSOLE_URL: "https://console.example.org",
  });
  expect(projectConsole(addresses, "acme", "abcdefgh12345")).toBe(
    "https://console.example.org/acme/abcdefgh12345",
  );
  expect(projectConsole(addresses, undefined, "abcdefgh12345")).toBe("https://console.example.org");
  expect(apiTokensConsole(addresses)).toBe("https://console.example.org/-/users/~/settings/tokens");
});

test("a vendor whose API no public source names is asked for by its own variables, and no other is taken", () => {
  expect(() =>
    addressesOf(vendors.ibexa, { PLATFORMSH_CLI_API_URL: "https://api.upsun.com" }),
  ).toThrow(/Where the API of Ibexa Cloud is/);
  const env = {
    IBEXA_CLI_API_URL: "https://api.example.org",
    IBEXA_CLI_AUTH_URL: "https://auth.example.org",
  };
  expect(addressesOf(vendors.ibexa, env)).toMatchObject({
    api: "https://api.example.org",
    auth: "https://auth.example.org",
  });
});
