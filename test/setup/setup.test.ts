import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { runSetup } from "./run-setup.ts";
import { readApi as api, openShop, type Shop } from "./shop.ts";

const email = "operator+shop-backup@example.org";
const flags = { task: "backup", email, yes: true };
const writes = ({ sandbox }: Shop) =>
  sandbox.requests.filter(({ method, path }) => method !== "GET" && !path.startsWith("/oauth2"));

/** Invites the machine user, lets the sandbox accept, and finishes the setup with the token. */
async function wholeSetup(shop: Shop) {
  const invited = await runSetup(shop, { ...flags, only: "machine-user" });
  expect(invited.failure).toBeUndefined();
  const { token } = await shop.sandbox.acceptInvitation(email);
  const finished = await runSetup(shop, flags, token);
  expect(finished.failure).toBeUndefined();
  return { token, invited, finished };
}

describe("a setup without a terminal", () => {
  test("invites the machine user with exactly the role the task needs", async () => {
    const shop = await openShop();
    const { failure, out } = await runSetup(shop, { ...flags, only: "machine-user" });
    expect(failure).toBeUndefined();
    expect(out).toContain(email);
    expect(await api(shop, "/invitations")).toMatchObject([
      { email, role: "viewer", permissions: [{ type: "production", role: "admin" }] },
    ]);
  });

  test("sets the token as a sensitive variable that no preview inherits", async () => {
    const shop = await openShop();
    await wholeSetup(shop);
    const variable = await api(shop, "/environments/main/variables/env%3APLATFORMSH_CLI_TOKEN");
    expect(variable).toMatchObject({
      is_sensitive: true,
      is_inheritable: false,
      is_enabled: true,
      visible_build: false,
      visible_runtime: true,
    });
    expect(variable).not.toHaveProperty("value");
  });

  test("only inserts into the file, and says where every default comes from", async () => {
    const shop = await openShop();
    const before = await readFile(shop.file, "utf8");
    const { finished } = await wholeSetup(shop);
    const after = await readFile(shop.file, "utf8");
    const diff = execFileSync("git", ["-C", shop.directory, "diff", "--numstat"], {
      encoding: "utf8",
    });
    expect(diff).toMatch(/^\d+\t0\t\.platform\.app\.yaml\n$/u);
    expect(after).toContain('if [ "$PLATFORM_BRANCH" = main ]; then');
    expect(after).toContain("platform backup:create --yes --no-wait");
    expect(after.length).toBeGreaterThan(before.length);
    expect(finished.out).toContain("(from the git remote platform)");
    expect(finished.out).toContain("(the project's default branch)");
  });

  test("has nothing to do the second time", async () => {
    const shop = await openShop();
    await wholeSetup(shop);
    const after = await readFile(shop.file, "utf8");
    const before = writes(shop).length;
    const again = await runSetup(shop, flags);
    expect(again.failure).toBeUndefined();
    expect(again.out).toContain("Nothing was left to do.");
    expect(writes(shop)).toHaveLength(before);
    expect(await readFile(shop.file, "utf8")).toBe(after);
  });

  test("says where and when a cron that is there runs its task", async () => {
    const shop = await openShop();
    await addOld(shop, 'if [ "$PLATFORM_BRANCH" = main ]; then', `    ${backup}`, "fi");
    const { failure, out } = await runSetup(shop, { ...flags, only: "cron" });
    expect(failure).toBeUndefined();
    expect(out).toContain("the cron old does it on main only, at 0 5 * * *");
  });

  test.each([
    [backup.replace("create", "create -e staging"), "runs backup:create for staging"],
    [`if [ "$PLATFORM_BRANCH" = master ]; then ${backup}; fi`, "on master only"],
    [`[ "$PLATFORM_ENVIRONMENT_TYPE" = production ] || ${backup}`, "on some environments only"],
    [`[[ "$PLATFORM_BRANCH" == main ]] && ${backup}`, "nowhere: "],
    [
      `if [ "$PLATFORM_BRANCH" = a ] && [ "$PLATFORM_BRANCH" = b ]; then ${backup}; fi`,
      "nowhere: ",
    ],
  ])("adds the cron beside one that does it elsewhere or never: %j", async (script, said) => {
    const shop = await openShop();
    await addOld(shop, script);
    const { failure, out } = await runSetup(shop, { ...flags, only: "cron" });
    expect(failure).toBeUndefined();
    expect(out).toContain("none yet: the cron old runs backup:create");
    expect(out).toContain(said);
    expect(await readFile(shop.file, "utf8")).toContain("    backup:\n");
  });

  test.each([
    [{ schedule: ["0 4 * * *"] }, "starts at 0 5 * * *, not at 0 4 * * *"],
    [{ guard: "type" }, "is kept to its environment by branch"],
    [{ live: true }, "makes backups that aren't live"],
  ])("adds no second cron for a flag that asks for it otherwise: %j", async (asked, said) => {
    const shop = await openShop();
    await addOld(shop, 'if [ "$PLATFORM_BRANCH" = main ]; then', `    ${backup}`, "fi");
    const before = await readFile(shop.file, "utf8");
    const { failure } = await runSetup(shop, { ...flags, only: "cron", ...asked });
    expect(failure).toMatchObject({ reason: "usage", parts: { why: `the cron old ${said}` } });
    expect(await readFile(shop.file, "utf8")).toBe(before);
    const named = { ...flags, only: "cron", ...asked, cronName: ["second"] };
    expect((await runSetup(shop, named)).failure).toBeUndefined();
    expect(await readFile(shop.file, "utf8")).toContain("    second:\n");
  });

  test("says of a cron without a guard that it runs on every environment", async () => {
    const shop = await openShop();
    await addOld(shop, backup);
    const { failure, out } = await runSetup(shop, { ...flags, only: "cron" });
    expect([failure, out]).toEqual([undefined, expect.stringContaining("on every environment")]);
  });

  test("doesn't take a cron for the one that is wanted when nobody can say where it runs", async () => {
    const shop = await openShop();
    await addOld(shop, `if [ "$(hostname)" = shop ]; then ${backup}; fi`);
    const { failure } = await runSetup(shop, { ...flags, only: "cron" });
    expect(failure).toMatchObject({ reason: "usage" });
  });

  test("has nobody's yes install the CLI where a script that is called like it can't be read", async () => {
    const shop = await openShop();
    await writeFile(
      shop.file,
      "name: shop\ntype: 'php:8.3'\nhooks:\n    build: |\n        sh bin/install-cli.sh\n",
    );
    const given = { offline: true, task: "backup", guard: "type", yes: true };
    const { failure } = await runSetup(shop, given);
    expect(failure).toMatchObject({
      reason: "usage",
      parts: { why: "the build hook calls bin/install-cli.sh, which isn't in the repository" },
    });
    const forced = await runSetup(shop, { ...given, installer: "bash" });
    expect(forced.failure).toBeUndefined();
  });

  test.each([
    ["3.26.1", {}, "backup:create came with 3.48.0, and an older release is pinned there"],
    ["~3.50.0", { live: true }, undefined],
    [
      "3.50.0",
      { live: true },
      "backup:create with --live came with 3.65.0, and an older release is pinned there",
    ],
    ["3.50.0", {}, undefined],
  ])("writes no cron that the app's CLI is too old for: %s, %j", async (pinned, asked, why) => {
    const shop = await openShop();
    const text = `name: shop\ntype: 'php:8.3'\ndependencies:\n    php:\n        platformsh/cli: '${pinned}'\n`;
    await writeFile(shop.file, text);
    const given = { offline: true, task: "backup", guard: "type", yes: true, ...asked };
    const { failure } = await runSetup(shop, given);
    expect(failure).toEqual(
      why === undefined
        ? undefined
        : expect.objectContaining({ reason: "usage", parts: expect.objectContaining({ why }) }),
    );
    expect((await readFile(shop.file, "utf8")) === text).toBe(why !== undefined);
  });

  test("refuses a schedule that can't be meant also where the cron is there", async () => {
    const shop = await openShop();
    await addOld(shop, 'if [ "$PLATFORM_BRANCH" = main ]; then', `    ${backup}`, "fi");
    const asked = { ...flags, only: "cron", schedule: ["0 25 * * *"] };
    const { failure } = await runSetup(shop, asked);
    expect(failure).toMatchObject({ reason: "usage", parts: { where: "--schedule" } });
  });

  test("changes nothing in a dry run, and shows all of it", async () => {
    const shop = await openShop();
    const before = await readFile(shop.file, "utf8");
    const { failure, out } = await runSetup(shop, { ...flags, yes: false, dryRun: true });
    expect(failure).toBeUndefined();
    for (const shown of [email, "PLATFORMSH_CLI_TOKEN", "+ ", "backup:create", "Dry run"]) {
      expect(out).toContain(shown);
    }
    expect(await readFile(shop.file, "utf8")).toBe(before);
    expect(writes(shop)).toEqual([]);
    expect(await readdir(shop.folder)).toEqual(["shop"]);
  });

  test("corrects the role of an account that is there already", async () => {
    const shop = await openShop();
    await wholeSetup(shop);
    const { failure, out } = await runSetup(shop, {
      ...flags,
      environment: "staging",
      only: "machine-user",
      changeRole: true,
    });
    expect(failure).toBeUndefined();
    expect(out).toContain("staging");
    expect(await api(shop, "/user-access")).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ permissions: ["viewer", "staging:admin"] }),
      ]),
    });
  });

  test("leaves no trace of a token but in the requests", async () => {
    const shop = await openShop();
    const { token, invited, finished } = await wholeSetup(shop);
    const files = await readdir(shop.folder, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files
        .filter((file) => file.isFile())
        .map((file) => readFile(join(file.parentPath, file.name), "latin1")),
    );
    const everything = [...texts, invited.out, invited.err, finished.out, finished.err];
    expect(texts.length).toBeGreaterThan(20);
    for (const secret of [token, shop.sandbox.operatorToken]) {
      for (const text of everything) expect(text).not.toContain(secret);
    }
  });

  test("prints one JSON document, and people's lines elsewhere", async () => {
    const shop = await openShop();
    const { out, err } = await runSetup(shop, { ...flags, yes: false, dryRun: true, json: true });
    const report: unknown = JSON.parse(out);
    const plan = [
      { item: "machine-user", kind: "change", marked: true, final: false },
      { item: "token", kind: "yours" },
      { item: "variable", kind: "change", marked: true },
      { item: "installer", kind: "change", marked: true },
      { item: "cron:backup", kind: "change", marked: true },
      { item: "commit", kind: "change", marked: false },
    ];
    expect(report).toMatchObject({ version: 1, command: "setup", dryRun: true, plan });
    expect(err).toContain("Machine user: would be done (this is a dry run)");
  });
});

describe("bad input", () => {
  const ends = async (
    shop: Shop,
    given: Readonly<Record<string, unknown>>,
    expected: { reason: string; says: RegExp },
    token?: string,
  ) => {
    const before = await readFile(shop.file, "utf8").catch(() => undefined);
    const { failure, out, err } = await runSetup(shop, given, token);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ reason: expected.reason });
    const parts = JSON.stringify(
      failure instanceof Error && "parts" in failure ? failure.parts : "",
    );
    expect(parts).toMatch(expected.says);
    expect(await readFile(shop.file, "utf8").catch(() => undefined)).toBe(before);
    if (token !== undefined) expect(parts + out + err).not.toContain(token);
  };

  test("a missing answer names its flag", async () => {
    const shop = await openShop();
    await ends(shop, { task: "backup", yes: true }, { reason: "usage", says: /--email/u });
    await ends(shop, { email, yes: true }, { reason: "usage", says: /--task/u });
    await ends(shop, flags, { reason: "usage", says: /--machine-token-stdin/u });
    const unagreed = { ...flags, yes: false, only: "machine-user" };
    await ends(shop, unagreed, { reason: "usage", says: /--yes/u });
    expect(writes(shop)).toEqual([]);
  });

  test("a token that is the operator's own is refused", async () => {
    const shop = await openShop();
    await runSetup(shop, { ...flags, only: "machine-user" });
    await ends(
      shop,
      flags,
      { reason: "signedOut", says: /your own token/u },
      shop.sandbox.operatorToken,
    );
  });

  test("a token that the platform refuses is refused", async () => {
    const shop = await openShop();
    await runSetup(shop, { ...flags, only: "machine-user" });
    await ends(
      shop,
      flags,
      { reason: "signedOut", says: /refuses that token/u },
      "mistyped-b6f1c9",
    );
  });

  test("an operator's token that is refused ends with what to do", async () => {
    const shop = await openShop();
    const env = { ...shop.env, PLATFORMSH_CLI_TOKEN: "wrong-b6f1c9" };
    await ends({ ...shop, env }, flags, { reason: "signedOut", says: /token/u });
  });

  test("nobody signed in is told about the variable and about --offline", async () => {
    const shop = await openShop();
    const env = { ...shop.env, PLATFORMSH_CLI_TOKEN: "" };
    await ends({ ...shop, env }, flags, { reason: "signedOut", says: /PLATFORMSH_CLI_TOKEN/u });
  });

  test("a project that is not visible is said to be that", async () => {
    const shop = await openShop();
    await ends(
      shop,
      { ...flags, project: "zzzzzzzzzzzzz" },
      { reason: "api", says: /not visible/u },
    );
  });

  test("a folder without an app configuration is no place for a cron", async () => {
    const shop = await openShop();
    await rm(shop.file);
    await ends(
      shop,
      { ...flags, offline: true, email: undefined },
      { reason: "usage", says: /\.platform\.app\.yaml/u },
    );
  });

  test("several apps and no --app names the flag", async () => {
    const shop = await openShop();
    await mkdir(join(shop.directory, "api"));
    await writeFile(join(shop.directory, "api/.platform.app.yaml"), "name: api\ntype: 'php:8.3'\n");
    await ends(
      shop,
      { ...flags, offline: true, email: undefined },
      { reason: "usage", says: /--app/u },
    );
  });

  test("a file that is not YAML is refused with its place", async () => {
    const shop = await openShop();
    await writeFile(shop.file, "name: shop\n\ttype: 'php:8.3'\n");
    await ends(
      shop,
      { ...flags, offline: true, branch: "main", email: undefined },
      { reason: "uneditable", says: /\.platform\.app\.yaml:2/u },
    );
  });

  test("a file that can't be edited by certainty gives the text to paste", async () => {
    const shop = await openShop();
    await writeFile(shop.file, "name: shop\ntype: 'php:8.3'\nhooks: !include hooks.yaml\n");
    await ends(
      shop,
      { ...flags, offline: true, branch: "main", email: undefined },
      { reason: "uneditable", says: /installer\.sh/u },
    );
  });

  test("a read-only file stays as it is", async () => {
    const shop = await openShop();
    await chmod(shop.file, 0o444);
    await ends(
      shop,
      { ...flags, offline: true, branch: "main", email: undefined },
      { reason: "uneditable", says: /read-only/u },
    );
  });

  test("an address that is the operator's own is refused", async () => {
    const shop = await openShop();
    await ends(
      shop,
      { ...flags, email: "Operator@Example.org" },
      { reason: "usage", says: /your own address/u },
    );
  });

  test("an API that is down is said to be that", async () => {
    const shop = await openShop();
    await shop.sandbox.close();
    await ends(shop, flags, { reason: "api", says: /be reached/u });
  });
});

describe("a file that can't be read", () => {
  test.each([
    ["installer", "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh"],
    ["cron", "platform backup:create --yes --no-wait"],
  ])("is refused with its place and the %s to paste", async (only, pasted) => {
    const shop = await openShop();
    const text = `${await readFile(shop.file, "utf8")}disk: 1\n`;
    await writeFile(shop.file, text);
    const { failure } = await runSetup(shop, { task: "backup", offline: true, only, yes: true });
    expect(failure).toMatchObject({
      reason: "uneditable",
      parts: {
        where: expect.stringMatching(/^\.platform\.app\.yaml:\d+:1$/u),
        why: expect.stringContaining("stands twice"),
        paste: expect.stringContaining(pasted),
      },
    });
    expect(await readFile(shop.file, "utf8")).toBe(text);
  });
});

const backup = "platform backup:create --yes --no-wait";

/** Puts the cron `old` before the others of the shop. */
async function addOld({ file }: Shop, ...lines: readonly string[]): Promise<void> {
  const script = lines.map((line) => `                ${line}\n`).join("");
  const cron = `    old:\n        spec: '0 5 * * *'\n        commands:\n            start: |\n${script}`;
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace(/^crons:\n/mu, () => `crons:\n${cron}`),
  );
}
