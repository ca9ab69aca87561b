import { execFileSync } from "node:child_process";
import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBranches, readCheckout } from "../../src/git/checkout.ts";
import { processorTime } from "../processor-time.ts";

let top = "";

const git = (folder: string, ...args: string[]) =>
  execFileSync("git", ["-c", "protocol.file.allow=always", "-C", join(top, folder), ...args], {
    encoding: "utf8",
    stdio: "pipe",
  });

/** A repository that opens with the first of these branches. */
async function host(name: string, first: string, ...others: string[]) {
  await mkdir(join(top, name));
  git(name, "init", "--initial-branch", first);
  const author = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  git(name, ...author, "commit", "--allow-empty", "--message", "first");
  for (const other of others) git(name, "branch", other);
}

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), "machinist-branches-"));
  await host("plain", "main");
  await host("working", "develop", "main");
  await host("both", "main", "master");
  await host("deployed", "main", "production");
  await host("trunk", "trunk", "feature");
});

afterAll(() => rm(top, { recursive: true, force: true }));

const clone = (from: string, to: string, ...more: string[]) =>
  git(".", "clone", ...more, `file://${join(top, from)}`, to);

const clones: readonly {
  readonly of: string;
  readonly make: (to: string) => unknown;
  readonly production: Readonly<Record<string, unknown>>;
  readonly isPart?: true;
}[] = [
  {
    of: "main alone",
    make: (to) => clone("plain", to),
    production: { kind: "taken", name: "main" },
  },
  {
    of: "main beside what the host opens with",
    make: (to) => clone("working", to),
    production: { kind: "doubtful", names: ["develop", "main"] },
  },
  {
    of: "the same by a remote of another name",
    make: (to) => clone("working", to, "--origin", "upstream"),
    production: { kind: "doubtful", names: ["develop", "main"] },
  },
  {
    of: "main, where a second remote opens with another branch",
    make: (to) => {
      clone("plain", to);
      git(to, "remote", "add", "fork", `file://${join(top, "working")}`);
      git(to, "fetch", "fork");
      git(to, "remote", "set-head", "fork", "develop");
    },
    production: { kind: "doubtful", names: ["main", "develop"] },
  },
  {
    of: "main beside one that says that it is production",
    make: (to) => clone("deployed", to),
    production: { kind: "doubtful", names: ["main", "production"] },
  },
  {
    of: "a default branch that is gone",
    make: (to) => {
      clone("plain", to);
      git(to, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone");
    },
    production: { kind: "taken", name: "main" },
  },
  {
    of: "one branch alone, which is not the only one",
    make: (to) => clone("both", to, "--single-branch", "--branch", "master"),
    production: { kind: "doubtful", names: ["master"] },
    isPart: true,
  },
  {
    of: "one commit",
    make: (to) => clone("working", to, "--depth", "1"),
    production: { kind: "doubtful", names: ["develop"] },
    isPart: true,
  },
  {
    of: "one commit, as a CI system fetches it",
    make: async (to) => {
      await mkdir(join(top, to));
      git(to, "init");
      git(to, "remote", "add", "origin", `file://${join(top, "both")}`);
      git(to, "fetch", "--depth", "1", "origin", "+main:refs/remotes/origin/main");
      git(to, "checkout", "-B", "main", "refs/remotes/origin/main");
    },
    production: { kind: "doubtful", names: ["main"] },
    isPart: true,
  },
  {
    of: "one commit of each branch",
    make: (to) => clone("both", to, "--depth", "1", "--no-single-branch"),
    production: { kind: "doubtful", names: ["main", "master"] },
  },
  {
    of: "what the host opens with, among others",
    make: (to) => clone("trunk", to),
    production: { kind: "doubtful", names: ["trunk"] },
  },
  {
    of: "a detached HEAD",
    make: (to) => {
      clone("working", to);
      git(to, "checkout", "--detach");
    },
    production: { kind: "doubtful", names: ["develop", "main"] },
  },
  {
    of: "a worktree of a bare repository that opens with another branch",
    make: (to) => {
      clone("working", `${to}.git`, "--bare");
      git(`${to}.git`, "worktree", "add", join(top, to), "develop");
    },
    production: { kind: "doubtful", names: ["develop", "main"] },
  },
  {
    of: "a worktree of a bare repository",
    make: (to) => {
      clone("plain", `${to}.git`, "--bare");
      git(`${to}.git`, "worktree", "add", join(top, to), "main");
    },
    production: { kind: "taken", name: "main" },
  },
  {
    of: "a submodule",
    make: (to) => {
      git(".", "init", `${to}-super`);
      git(`${to}-super`, "submodule", "add", `file://${join(top, "working")}`, "sub");
    },
    production: { kind: "doubtful", names: ["develop", "main"] },
  },
  {
    of: "refs that are packed",
    make: (to) => {
      clone("working", to);
      git(to, "pack-refs", "--all");
    },
    production: { kind: "doubtful", names: ["develop", "main"] },
  },
];

test.each(clones)("production of a clone with $of", async ({ of, make, production, isPart }) => {
  const to = `clone-${clones.findIndex((one) => one.of === of)}`;
  await make(to);
  const folder = of === "a submodule" ? `${to}-super/sub` : to;
  for (const read of [
    await readBranches(join(top, folder)),
    await readCheckout(join(top, folder)),
  ]) {
    expect(read.production).toMatchObject(production);
    expect(read.isPart).toBe(isPart);
  }
});

test("a file in the place of Git's configuration that can't be read leaves the branches as they are", async () => {
  clone("plain", "odd");
  await rm(join(top, "odd/.git/config"));
  await writeFile(join(top, "odd/.git/config"), "\u0000");
  expect((await readBranches(join(top, "odd"))).production).toMatchObject({ name: "main" });
});

test("very many empty lines in Git's configuration are soon read", async () => {
  clone("plain", "empty-lines");
  await appendFile(join(top, "empty-lines/.git/config"), "\n".repeat(100_000));
  const seconds = processorTime();
  expect((await readBranches(join(top, "empty-lines"))).production).toMatchObject({ name: "main" });
  expect(seconds()).toBeLessThan(2);
});
