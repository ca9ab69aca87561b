import { inspect } from "node:util";
import { expect, test } from "vitest";
import { redact, Secret } from "../src/secret.ts";

const canary = "canary-b6f1/9 2";

test("a secret prints nowhere", () => {
  const secret = new Secret(canary);
  const places = [
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }, { depth: 9, showHidden: true }),
  ];
  for (const place of places) expect(place).not.toContain(canary);
  expect(secret.reveal()).toBe(canary);
});

test("the redactor finds a secret as it is and percent-encoded", () => {
  new Secret(canary);
  expect(redact(`a ${canary} b ${encodeURIComponent(canary)}`)).toBe("a [secret] b [secret]");
});

test("an empty secret is refused", () => {
  expect(() => new Secret("")).toThrow(RangeError);
});
