import { expect, test } from "vitest";
import { repositoryAt } from "../../src/git/hosts.ts";

test.each([
  ["https://github.com/acme/shop.git", "github.com", "acme/shop"],
  ["https://jane:secret@github.com/acme/shop", "github.com", "acme/shop"],
  ["git@github.com:acme/shop.git", "github.com", "acme/shop"],
  ["ssh://git@git.example.org:2222/acme/shop.git", "git.example.org", "acme/shop"],
  ["https://localhost:8443/acme/shop", "localhost:8443", "acme/shop"],
  ["git@gitlab.com:acme/web/shop.git", "gitlab.com", "acme/web/shop"],
])("%s is a repository on %s", (address, host, path) => {
  expect(repositoryAt(address)).toEqual({ host, path });
});

test.each([
  "abcdefgh12345@git.eu-3.platform.sh:abcdefgh12345.git",
  "https://git.upsun.com/acme/shop",
  "/srv/git/shop.git",
  "../shop",
  "C:\\shop",
  "https://github.com/",
  "",
])("%s is none", (address) => {
  expect(repositoryAt(address)).toBeUndefined();
});
