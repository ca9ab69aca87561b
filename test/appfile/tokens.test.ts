import { expect, test } from "vitest";
import { hideTokens } from "../../src/appfile/tokens.ts";
import { redact } from "../../src/secret.ts";

test.each(["IBEXA_TOKEN", "MAGENTO_CLOUD_CLI_TOKEN", "PSH_TOKEN", "WEBPAAS_TOKEN", "MY_API_TOKEN"])(
  "what stands behind %s in a file is shown nowhere",
  (name) => {
    const value = `${name.toLowerCase()}-5f2c7a91d0b3`;
    hideTokens(`variables:\n    env:\n        ${name}: ${value}\n`);
    expect(redact(`a ${value} b`)).toBe("a [secret] b");
  },
);
