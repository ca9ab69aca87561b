import { expect, test } from "vitest";
import { productionOf } from "../../src/git/production.ts";

const origin = (name: string) => ({ name, because: "the git remote origin's default branch" });

test.each([
  ["main alone", ["main", "feature/a"], undefined, "main"],
  ["master alone", ["master", "staging"], undefined, "master"],
  ["main, which the host opens with, too", ["main", "develop"], "main", "main"],
  ["the only branch", ["trunk"], undefined, "trunk"],
  ["the only branch, which the host opens with, too", ["trunk"], "trunk", "trunk"],
] as const)("%s is taken", (_what, branches, host, name) => {
  const production = productionOf(new Set(branches), {
    hosts: host === undefined ? [] : [origin(host)],
  });
  expect(production).toMatchObject({ kind: "taken", name });
});

test.each([
  ["main and master", ["main", "master"], undefined, ["main", "master"]],
  [
    "main and master, also where the host opens with one",
    ["main", "master"],
    "master",
    ["master", "main"],
  ],
  [
    "main beside another that the host opens with",
    ["main", "develop"],
    "develop",
    ["develop", "main"],
  ],
  [
    "master beside another that the host opens with",
    ["master", "next", "a"],
    "next",
    ["next", "master"],
  ],
  ["what the host opens with, among others", ["trunk", "a"], "trunk", ["trunk"]],
  ["main beside one that says that it is production", ["main", "live"], "main", ["main", "live"]],
  ["what says that it is production, among others", ["prod", "a"], undefined, ["prod"]],
] as const)("%s is a doubt", (_what, branches, host, names) => {
  const production = productionOf(new Set(branches), {
    hosts: host === undefined ? [] : [origin(host)],
  });
  expect(production).toMatchObject({ kind: "doubtful", names });
});

test.each([[[]], [["develop", "staging"]]])("of %j nothing is known", (branches) => {
  expect(productionOf(new Set(branches))).toEqual({ kind: "unknown" });
});
