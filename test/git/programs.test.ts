import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readBranches, readCheckout } from "../../src/git/checkout.ts";
import {
  branchOf,
  headOf,
  hindrance,
  isFetched,
  makeCommit,
  takeCommitOff,
} from "../../src/git/commit.ts";
import { committedText, storedId } from "../../src/git/file-state.ts";
import { openRepository } from "../../src/git/repository.ts";
import { someOf } from "../amounts.ts";
import { emptyDirectory } from "../change/place.ts";

const attributes = "* filter=mine diff=mine merge=mine\n*.yaml filter=mine ident\n";

/** A checkout with one commit, a file that was touched since, and a program that leaves a trace when it is run. */
async function hostileCheckout() {
  const root = await emptyDirectory();
  const trap = await emptyDirectory();
  const trace = join(trap, "trace");
  const program = join(trap, "program");
  await writeFile(program, `#!/bin/sh\necho "$0 $*" >> '${trace}'\nexit 1\n`);
  await chmod(program, 0o755);
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  git("init", "--quiet", "--initial-branch", "main");
  git("config", "user.name", "Jane");
  git("config", "user.email", "jane@example.org");
  await writeFile(join(root, "app.yaml"), "name: app\n");
  await writeFile(join(root, "other.txt"), "other\n");
  git("add", ".");
  git("commit", "--quiet", "--message", "first");
  git("update-ref", "refs/remotes/origin/main", "HEAD");
  await writeFile(join(root, ".gitattributes"), attributes);
  // The same bytes with another date: Git has to look into the file to know that nothing changed.
  await writeFile(join(root, "other.txt"), "other\n");
  return { root, program, git, traces: () => readFile(trace, "utf8").catch(() => "") };
}

type Hostile = Awaited<ReturnType<typeof hostileCheckout>>;

const set =
  (...entries: (readonly [key: string, value?: string])[]) =>
  async ({ git, program }: Hostile) => {
    for (const [key, value] of entries) git("config", key, value ?? program);
  };

async function hooksIn(folder: string, program: string) {
  await mkdir(folder, { recursive: true });
  for (const name of [
    "pre-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "post-index-change",
    "reference-transaction",
    "fsmonitor-watchman",
  ]) {
    await writeFile(join(folder, name), `#!/bin/sh\nexec '${program}' ${name}\n`);
    await chmod(join(folder, name), 0o755);
  }
}

/** Each way in which a checkout can name a program, prepared in one. */
const hostilities: Readonly<Record<string, (at: Hostile) => Promise<void>>> = {
  "filters that clean and smudge": set(["filter.mine.clean"], ["filter.mine.smudge"]),
  "a filter that must not fail": set(["filter.mine.clean"], ["filter.mine.required", "true"]),
  "a filter with = in its name": async (at) => {
    await set(["filter.a=b.clean"], ["filter.a=b.process"])(at);
    await writeFile(join(at.root, ".git/info/attributes"), "* filter=a=b\n");
  },
  "a filter process": set(["filter.mine.process"]),
  "a filter that an included file names": async (at) => {
    await writeFile(join(at.root, "more"), `[filter "mine"]\n\tclean = ${at.program}\n`);
    at.git("config", "include.path", "../more");
  },
  "a filter that counts on one branch": async (at) => {
    await writeFile(join(at.root, "more"), `[filter "mine"]\n\tclean = ${at.program}\n`);
    at.git("config", "includeIf.onbranch:main.path", "../more");
  },
  "a filter in the configuration of the worktree": async (at) => {
    at.git("config", "extensions.worktreeConfig", "true");
    at.git("config", "--worktree", "filter.mine.clean", at.program);
  },
  "a file monitor": set(["core.fsmonitor"]),
  "hooks in their folder": ({ root, program }) => hooksIn(join(root, ".git/hooks"), program),
  "hooks in another folder": async (at) => {
    await hooksIn(join(at.root, "hooks"), at.program);
    at.git("config", "core.hooksPath", "hooks");
  },
  "hooks in the configuration": set(
    ["hook.mine.command"],
    ["hook.mine.event", "reference-transaction"],
  ),
  "drivers of differences and merges": set(
    ["diff.external"],
    ["diff.mine.command"],
    ["diff.mine.textconv"],
    ["merge.mine.driver"],
  ),
  "a pager": set(["core.pager"], ["pager.config"], ["pager.status"], ["pager.for-each-ref"]),
  "an editor": set(["core.editor"], ["sequence.editor"]),
  "who gives credentials": set(["credential.helper", "!touch trace"], ["core.askPass"]),
  "who signs": set(
    ["commit.gpgSign", "true"],
    ["gpg.program"],
    ["gpg.openpgp.program"],
    ["user.signingKey", "jane"],
  ),
  "who signs with an SSH key": set(
    ["commit.gpgSign", "true"],
    ["gpg.format", "ssh"],
    ["gpg.ssh.program"],
    ["gpg.ssh.defaultKeyCommand"],
  ),
  aliases: async ({ git, program }) => {
    for (const name of ["config", "rev-parse", "hash-object", "update-ref", "commit-tree"])
      git("config", `alias.${name}`, `!${program}`);
  },
  "a remote that brings what is missing": async ({ git, program, root }) => {
    git("config", "extensions.partialClone", "origin");
    git("config", "remote.origin.promisor", "true");
    git("config", "remote.origin.url", `ext::${program}`);
    git("config", "remote.origin.uploadpack", program);
    git("config", "core.sshCommand", program);
    git("config", "protocol.ext.allow", "always");
    const id = git("rev-parse", "HEAD:app.yaml").trim();
    await rm(join(root, ".git/objects", id.slice(0, 2), id.slice(2)));
    const tree = git("rev-parse", "HEAD^{tree}").trim();
    await rm(join(root, ".git/objects", tree.slice(0, 2), tree.slice(2)));
  },
  "a submodule with a configuration of its own": async ({ git, program, root }) => {
    const inside = join(root, "inside");
    execFileSync("git", ["init", "--quiet", inside]);
    const other = (...args: string[]) => git("-C", inside, ...args);
    await writeFile(join(inside, "file"), "text\n");
    other("-c", "user.name=J", "-c", "user.email=j@example.org", "add", "file");
    other("config", "filter.mine.clean", program);
    other("config", "core.fsmonitor", program);
    await writeFile(join(root, ".gitmodules"), '[submodule "inside"]\n\tpath = inside\n');
  },
  "a Git of its own on the search path": async ({ root, program }) => {
    await mkdir(join(root, "bin"));
    await writeFile(join(root, "bin/git"), `#!/bin/sh\nexec '${program}' git\n`);
    await chmod(join(root, "bin/git"), 0o755);
  },
};

/** Everything that is done with Git; what it answers is not what this is about. */
const uses: Readonly<Record<string, (root: string, env: NodeJS.ProcessEnv) => Promise<unknown>>> = {
  "reading the checkout": readCheckout,
  "reading its branches": readBranches,
  "the state of a file": async (root, env) =>
    (await readCheckout(root, env)).state(join(root, "app.yaml")),
  "looking for a hindrance": async (root, env) =>
    hindrance(await openRepository(root, env), ["app.yaml"]),
  "what is committed": async (root, env) => {
    const repository = await openRepository(root, env);
    return [
      await headOf(repository),
      await branchOf(repository),
      await isFetched(repository, "HEAD"),
      await committedText(repository, "app.yaml"),
    ];
  },
  "storing a text": async (root, env) =>
    storedId(await openRepository(root, env), "app.yaml", "name: shop\n", true),
  "a commit and taking it off again": async (root, env) => {
    const repository = await openRepository(root, env);
    const parent = (await headOf(repository)) ?? "";
    const files = [{ path: "app.yaml", after: "name: shop\n" }];
    const commit = await makeCommit(repository, {
      branch: "main",
      parent,
      files,
      message: "second",
    });
    await takeCommitOff(repository, { branch: "main", commit, parent, paths: ["app.yaml"] });
  },
};

test.each(someOf(Object.entries(hostilities)))(
  "%s: no use of Git runs a program",
  async (_what, prepare) => {
    const hostile = await hostileCheckout();
    await prepare(hostile);
    const path = [".", "", join(hostile.root, "bin"), process.env["PATH"]].join(":");
    for (const [use, act] of Object.entries(uses)) {
      await act(hostile.root, { ...process.env, PATH: path }).catch(() => undefined);
      expect(await hostile.traces(), use).toBe("");
    }
  },
);

test.each([
  ["filters that clean and smudge", ["add", "."]],
  ["a filter that an included file names", ["add", "."]],
  ["a file monitor", ["status"]],
  ["hooks in another folder", ["commit", "--allow-empty", "--message", "second"]],
  ["a remote that brings what is missing", ["cat-file", "-p", "HEAD:app.yaml"]],
] as const)("%s: a careless Git falls into this trap", async (what, args) => {
  const hostile = await hostileCheckout();
  await hostilities[what]?.(hostile);
  try {
    hostile.git(...args);
  } catch {
    // The trap ends with an error, and so may Git.
  }
  expect(await hostile.traces()).not.toBe("");
});
