import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { interruptedChanges } from "../../src/change/interrupted-run.ts";
import { openJournal } from "../../src/change/journal.ts";
import { commitFiles } from "../../src/change/kinds/commit.ts";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { converse } from "./conversation.ts";
import { runSetup } from "./run-setup.ts";
import { runUndo } from "./run-undo.ts";
import { openShop } from "./shop.ts";

const flags = { task: "backup", offline: true, branch: "main", yes: true, commit: true };

/** The shop, with a person who may commit. */
async function openCheckout() {
  const shop = await openShop();
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", shop.directory, ...args], { encoding: "utf8", stdio: "pipe" });
  git("config", "user.name", "Jane");
  git("config", "user.email", "jane@example.org");
  git("config", "commit.gpgsign", "false");
  return { shop, git };
}

test("--commit commits the file that was written, and nothing that was staged beside it", async () => {
  const { shop, git } = await openCheckout();
  await writeFile(join(shop.directory, "mine.txt"), "mine\n");
  await writeFile(join(shop.directory, "public/index.php"), "<?php\n// mine\n");
  git("add", "mine.txt");
  const { failure, out } = await runSetup(shop, flags);
  expect(failure).toBeUndefined();
  expect(out).toContain("Committed .platform.app.yaml on main");
  expect(out).toContain("left to you: git push; the push deploys it");
  expect(git("show", "--format=%an %ae%n%s", "--name-only", "HEAD")).toBe(
    "Jane jane@example.org\nInstall platform in the build hook and add the cron backup\n\n.platform.app.yaml\n",
  );
  expect(git("status", "--porcelain")).toBe("A  mine.txt\n M public/index.php\n");
  expect(git("show", "HEAD:.platform.app.yaml")).toBe(await readFile(shop.file, "utf8"));
});

test("a checkout of another user, which Git refuses, is set up all the same, and a commit refused with what to do", async () => {
  const { shop } = await openCheckout();
  const programs = join(shop.folder, "programs");
  await mkdir(programs);
  // Git's own words, which it says of everything but its configuration.
  const said = "fatal: detected dubious ownership\n\n\tgit config --global --add safe.directory x";
  await writeFile(
    join(programs, "git"),
    `#!/bin/sh\ncase "$*" in *'config --list'*) ;; *) echo '${said}' >&2; exit 128 ;; esac\n`,
    { mode: 0o755 },
  );
  const other = { ...shop, env: { ...shop.env, PATH: `${programs}:/bin:/usr/bin` } };
  const refused = await runSetup(other, flags);
  expect(refused.failure).toMatchObject({
    reason: "uneditable",
    parts: { why: expect.stringMatching(/another user: .* --add safe\.directory \//u) },
  });
  expect((await runSetup(other, { ...flags, commit: false })).failure).toBeUndefined();
  expect(await readFile(shop.file, "utf8")).toContain("backup:create");
});

test("nothing is committed unless the person says so", async () => {
  const { shop, git } = await openCheckout();
  const before = git("rev-parse", "HEAD");
  const { out } = await runSetup(shop, { ...flags, commit: false });
  expect(git("rev-parse", "HEAD")).toBe(before);
  expect(out).toContain("look at git diff, commit and push");
});

test("undo takes the commit off the branch and the lines out of the file, and leaves the rest staged", async () => {
  const { shop, git } = await openCheckout();
  const before = { head: git("rev-parse", "HEAD"), file: await readFile(shop.file, "utf8") };
  await writeFile(join(shop.directory, "mine.txt"), "mine\n");
  git("add", "mine.txt");
  await runSetup(shop, flags);
  const said = await runUndo(shop);
  expect(said.indexOf("off main")).toBeLessThan(said.indexOf("undo “add the cron"));
  expect(git("rev-parse", "HEAD")).toBe(before.head);
  expect(await readFile(shop.file, "utf8")).toBe(before.file);
  expect(git("status", "--porcelain")).toBe("A  mine.txt\n");
});

/** A run that wrote the file, and began to commit it. */
async function beginCommit({ shop, git }: Checkout) {
  const before = { head: git("rev-parse", "HEAD").trim(), file: await readFile(shop.file, "utf8") };
  await runSetup(shop, { ...flags, commit: false });
  const root = git("rev-parse", "--show-toplevel").trim();
  const path = ".platform.app.yaml";
  const after = await readFile(shop.file, "utf8");
  const change = {
    kind: "commit",
    root,
    branch: "main",
    parent: before.head,
    files: [{ path, after, blob: git("hash-object", path).trim() }],
    message: "Add it",
  } as const;
  const journal = await openJournal(shop.directory, shop.env);
  await journal.begin(change);
  return { before, change, journal };
}

test("a commit that was made right before the run was killed is taken back with the rest", async () => {
  const checkout = await openCheckout();
  const { shop, git } = checkout;
  const { before, change, journal } = await beginCommit(checkout);
  await commitFiles(change);
  await journal.close();
  expect(await runUndo(shop)).toContain("off main");
  await runUndo(shop);
  expect(git("rev-parse", "HEAD").trim()).toBe(before.head);
  expect(await readFile(shop.file, "utf8")).toBe(before.file);
});

describe("a run that was killed between staging the file and making the commit", () => {
  test("is told of with what it left in the index, and undo takes that out and nothing else", async () => {
    const checkout = await openCheckout();
    const { shop, git } = checkout;
    const { before, journal } = await beginCommit(checkout);
    await journal.close();
    expect(await interruptedChanges(shop.directory, shop.env)).toEqual([
      "The last run was cut off while it committed: the commit was not made, and nothing of it is staged",
    ]);
    await writeFile(join(shop.directory, "mine.txt"), "mine\n");
    git("add", "mine.txt", ".platform.app.yaml");
    expect(await interruptedChanges(shop.directory, shop.env)).toEqual([
      "The last run was cut off while it committed: the commit was not made, and .platform.app.yaml is staged, and would be in the next git commit; git restore --staged -- .platform.app.yaml takes it out",
    ]);
    expect(await runUndo(shop)).toContain(
      "Took what was staged of .platform.app.yaml out of Git's index",
    );
    expect(git("status", "--porcelain")).toBe(" M .platform.app.yaml\nA  mine.txt\n");
    await runUndo(shop);
    expect(git("status", "--porcelain")).toBe("A  mine.txt\n");
    expect(git("rev-parse", "HEAD").trim()).toBe(before.head);
  });

  test("leaves alone what a person staged of the file since, and says how to take that out", async () => {
    const checkout = await openCheckout();
    const { shop, git } = checkout;
    const { change, journal } = await beginCommit(checkout);
    await journal.close();
    const [{ after }] = change.files;
    await writeFile(shop.file, `${after}# mine\n`);
    git("add", ".platform.app.yaml");
    await writeFile(shop.file, after);
    expect(await runUndo(shop)).toContain(
      ".platform.app.yaml is staged, and would be in the next git commit; git restore --staged -- .platform.app.yaml takes it out",
    );
    expect(git("show", ":.platform.app.yaml")).toBe(`${after}# mine\n`);
  });
});

test("a commit of somebody else's on top of a run that was killed is not taken for its own", async () => {
  const { shop, git } = await openCheckout();
  const parent = git("rev-parse", "HEAD").trim();
  const root = git("rev-parse", "--show-toplevel").trim();
  const journal = await openJournal(shop.directory, shop.env);
  await journal.begin({
    kind: "commit",
    root,
    branch: "main",
    parent,
    files: [],
    message: "Add it",
  });
  await journal.close();
  git("commit", "--quiet", "--allow-empty", "-m", "Something else");
  const lines: string[] = [];
  await expect(runUndo(shop, {}, lines)).rejects.toMatchObject({ reason: "uneditable" });
  expect(lines.join("\n")).toContain("It isn't known whether this run made the commit");
  expect(git("log", "-1", "--format=%s").trim()).toBe("Something else");
});

test("a commit that was pushed stays, and the file is still taken back", async () => {
  const { shop, git } = await openCheckout();
  const before = await readFile(shop.file, "utf8");
  await runSetup(shop, flags);
  const head = git("rev-parse", "HEAD");
  git("update-ref", "refs/remotes/platform/main", "HEAD");
  expect(await runUndo(shop)).toContain("was pushed and stays");
  expect(git("rev-parse", "HEAD")).toBe(head);
  expect(await readFile(shop.file, "utf8")).toBe(before);
});

test("a commit that is no longer the last one stays", async () => {
  const { shop, git } = await openCheckout();
  await runSetup(shop, flags);
  git("commit", "--quiet", "--allow-empty", "-m", "Something else");
  const head = git("rev-parse", "HEAD");
  expect(await runUndo(shop)).toContain("stays: another one is checked out by now");
  expect(git("rev-parse", "HEAD")).toBe(head);
});

describe("what can't be committed is said before anything is written", () => {
  test.each([
    [
      "a file that held other changes",
      async ({ shop }: Checkout) => {
        await writeFile(shop.file, `${await readFile(shop.file, "utf8")}# mine\n`);
      },
      ".platform.app.yaml held changes of yours that aren't committed",
    ],
    [
      "a file of which something else is staged",
      async ({ shop, git }: Checkout) => {
        const text = await readFile(shop.file, "utf8");
        await writeFile(shop.file, `${text}# mine\n`);
        git("add", ".platform.app.yaml");
        await writeFile(shop.file, text);
      },
      ".platform.app.yaml held changes of yours that are staged",
    ],
    [
      "a detached head",
      async ({ git }: Checkout) => {
        git("checkout", "--quiet", "--detach");
      },
      "no branch is checked out (detached HEAD)",
    ],
    [
      "a file that Git doesn't know",
      async ({ git }: Checkout) => {
        git("rm", "--quiet", "--cached", ".platform.app.yaml");
        git("commit", "--quiet", "-m", "Leave it out");
      },
      ".platform.app.yaml is not in the last commit",
    ],
    [
      "a hook that wants to see commits",
      async ({ shop }: Checkout) => {
        const hooks = join(shop.directory, ".git/hooks");
        await mkdir(hooks, { recursive: true });
        await writeFile(join(hooks, "pre-commit"), "#!/bin/sh\nexit 0\n");
        await chmod(join(hooks, "pre-commit"), 0o755);
      },
      "the hook pre-commit takes part in commits here, and machinist runs no program that a checkout names",
    ],
    [
      "a filter that the file goes through",
      async ({ shop, git }: Checkout) => {
        git("config", "filter.upper.clean", "tr a-z A-Z");
        await mkdir(join(shop.directory, ".git/info"), { recursive: true });
        await writeFile(join(shop.directory, ".git/info/attributes"), "*.yaml filter=upper\n");
      },
      ".platform.app.yaml goes through the filter upper, and machinist runs no program that a checkout names",
    ],
    [
      "a merge that has begun",
      async ({ shop, git }: Checkout) => {
        await writeFile(join(shop.directory, ".git/MERGE_HEAD"), git("rev-parse", "HEAD"));
      },
      "a merge, cherry-pick or revert has begun in the checkout",
    ],
  ])("%s", async (_what, prepare, why) => {
    const checkout = await openCheckout();
    await prepare(checkout);
    const text = await readFile(checkout.shop.file, "utf8");
    const { failure } = await runSetup(checkout.shop, flags);
    expect(failure).toMatchObject({ reason: "uneditable", parts: { why } });
    expect(await readFile(checkout.shop.file, "utf8")).toBe(text);
  });
});

type Checkout = Awaited<ReturnType<typeof openCheckout>>;

test("a file whose line ends Git changes is committed as Git would commit it", async () => {
  const { shop, git } = await openCheckout();
  await writeFile(join(shop.directory, ".gitattributes"), "*.yaml text eol=crlf\n");
  await writeFile(shop.file, (await readFile(shop.file, "utf8")).replaceAll("\n", "\r\n"));
  git("add", ".");
  git("commit", "--quiet", "-m", "Keep the line ends of Windows");
  const { failure } = await runSetup(shop, flags);
  expect(failure).toBeUndefined();
  expect(await readFile(shop.file, "utf8")).toContain("crons:\r\n");
  expect(git("show", "HEAD:.platform.app.yaml")).not.toContain("\r");
  expect(git("status", "--porcelain")).toBe("");
});

test("on another branch, before the file is written and before the commit, it is said where the cron runs", async () => {
  const { shop, git } = await openCheckout();
  git("checkout", "--quiet", "-b", "feature/cron");
  const facts: string[] = [];
  await converse(
    setupProcedure,
    shop,
    { commit: "commit" },
    {
      request: { only: ["cron"], offline: true, given: { task: "backup", branch: "main" } },
      onQuestion: async (question) => {
        facts.push(...question.facts);
      },
    },
  );
  const warning = "You are on the branch feature/cron; it runs on main, once it is merged there.";
  expect(facts.filter((fact) => fact === warning)).toHaveLength(2);
  expect(git("log", "-1", "--format=%s")).toBe("Add the cron backup\n");
});

test("a folder without Git needs no commit", async () => {
  const { shop } = await openCheckout();
  await rm(join(shop.directory, ".git"), { recursive: true });
  const { failure, out } = await runSetup(shop, { ...flags, commit: false });
  expect(failure).toBeUndefined();
  expect(out).toContain("Commit: left to you (the folder is in no Git checkout)");
});
