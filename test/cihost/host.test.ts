import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openHost } from "../../src/cihost/host.ts";

const tokens = {
  GH_TOKEN: "a",
  GITHUB_TOKEN: "b",
  GH_ENTERPRISE_TOKEN: "c",
  GITHUB_ENTERPRISE_TOKEN: "d",
  GITLAB_TOKEN: "e",
  GITLAB_ACCESS_TOKEN: "f",
  OAUTH_TOKEN: "g",
};

/** The tokens of the environment that the program of a host finds, when it is asked at that host. */
async function reaching(
  system: "github" | "gitlab",
  host: string,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "machinist-host-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const program = join(folder, { github: "gh", gitlab: "glab" }[system]);
  await writeFile(program, '#!/bin/sh\n[ "$1" = auth ] || env\n');
  await chmod(program, 0o755);
  const surroundings = {
    env: { ...tokens, PATH: `${folder}:${process.env["PATH"] ?? ""}`, ...env },
    root: undefined,
  };
  const opened = await openHost({ system, host }, surroundings);
  if ("why" in opened) throw new Error(opened.why);
  const { output } = await opened.run(["env"]);
  const names = output.split("\n").map((line) => line.split("=")[0] ?? "");
  return names.filter((name) => name in tokens).sort();
}

const all = Object.keys(tokens).sort();

test.each([
  ["github", "github.com", {}],
  ["gitlab", "gitlab.com", {}],
  ["github", "git.example.org", { GH_HOST: "git.example.org" }],
  ["gitlab", "git.example.org:8443", { GITLAB_HOST: "https://git.example.org:8443/" }],
  ["gitlab", "git.example.org", { GL_HOST: "git.example.org" }],
] as const)(
  "a token of the environment goes with the program of %s to %s",
  async (system, host, env) => {
    expect(await reaching(system, host, env)).toEqual(all);
  },
);

test.each([
  ["github", "git.example.org", {}],
  ["github", "github.com.example.org", { GH_HOST: "github.com" }],
  ["gitlab", "git.example.org", { GITLAB_HOST: "https://git.example.com" }],
] as const)(
  "no token of the environment goes with the program of %s to %s, which the checkout alone names",
  async (system, host, env) => {
    expect(await reaching(system, host, env)).toEqual([]);
  },
);

test("no program is asked at the host of the other system", async () => {
  const surroundings = { env: {}, root: undefined };
  expect(await openHost({ system: "github", host: "gitlab.com" }, surroundings)).toEqual({
    why: "gitlab.com is the host of GitLab, and not of GitHub",
  });
  expect(await openHost({ system: "gitlab", host: "github.com" }, surroundings)).toEqual({
    why: "github.com is the host of GitHub, and not of GitLab",
  });
});
