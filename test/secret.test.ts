import { inspect } from "node:util";
import { expect, test } from "vitest";
import { hide, noToken, redact, Secret } from "../src/secret.ts";

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

test("of a secret that holds another one, nothing is left over", () => {
  hide("inner-5f2c");
  new Secret("outer-inner-5f2c-rest");
  expect(redact("a outer-inner-5f2c-rest b inner-5f2c c")).toBe("a [secret] b [secret] c");
});

test("a secret of half a character is one like any other", () => {
  expect(redact(`a ${new Secret("half-\ud83d").reveal()} b`)).toBe("a [secret] b");
});

test.each([
  ["n", "That is too short for an API token, which has 43 characters."],
  ["I have none yet", "That is no API token, which is one word."],
  ["x".repeat(43), undefined],
])("typed in a token's place, %s is judged before it becomes a secret", (typed, why) => {
  expect(noToken(typed)).toBe(why);
});
