import { mkdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type StatusRequest, statusCommand } from "../../src/commands/status/run.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { app, cron } from "../audit/app.ts";
import { emptyDirectory } from "../change/place.ts";
import { expectPublished } from "../expect-document.ts";
import { signIn } from "../sandbox/client.ts";
import { openShop } from "../setup/shop.ts";

/** What is told of a folder, in lines and as data, and how it ends. */
async function told(
  directory: string,
  { env, ...asked }: Partial<StatusRequest> & { readonly env: NodeJS.ProcessEnv },
) {
  const lines: string[] = [];
  const io = {
    out: (line: string) => lines.push(line),
    err: (line: string) => lines.push(line),
    document: (text: string) => lines.push(text),
    env,
    signal: new AbortController().signal,
  };
  const request = { directory, offline: false, json: false, vendor: undefined, verbose: false };
  const ended = await statusCommand({ ...request, ...asked }, io);
  const text = lines.splice(0).join("\n");
  expect(await statusCommand({ ...request, ...asked, json: true }, io)).toBe(ended);
  expectPublished(lines.join("\n"));
  return { ended, text, data: JSON.parse(lines.join("\n")) };
}

test("on a terminal no word of it is broken, and every line stands in its column", async () => {
  const { directory, env } = await folder(backup);
  const lines: string[] = [];
  const io = {
    out: (line: string) => lines.push(line),
    err: () => undefined,
    document: () => undefined,
    columns: 60,
    env,
    signal: new AbortController().signal,
  };
  const request = { directory, offline: true, json: false, vendor: undefined, verbose: false };
  await statusCommand(request, io);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  for (const line of lines) expect(line).toMatch(/^(?:[A-Z][a-z ]{8,9}| {10})\S/u);
});

/** A folder with one app and nothing else. */
async function folder(text: string) {
  const directory = await emptyDirectory();
  await writeFile(join(directory, ".platform.app.yaml"), text);
  return { directory, env: { MACHINIST_HOME: await emptyDirectory() } };
}

const backup = app(
  ...cron(['if [ "$PLATFORM_BRANCH" = main ]; then platform backup:create --yes --no-wait; fi']),
);

test("of the shop it tells who is signed in, which project it is, and what is wrong with it", async () => {
  const shop = await openShop();
  const { ended, text, data } = await told(shop.directory, { env: shop.env });
  expect(ended).toBe("findings");
  expect(data.account).toMatchObject({ state: "signed-in", email: "operator@example.org" });
  expect(data.project).toMatchObject({ state: "known", id: demoProjectId, environment: "main" });
  expect(data.standing).toMatchObject({ state: "faulty" });
  expect(text).toContain("signed in as operator@example.org, token from PLATFORMSH_CLI_TOKEN");
  expect(text).not.toContain(shop.sandbox.operatorToken);
});

test("a token that the whole project has is set where a job looks for it", async () => {
  const shop = await openShop();
  const operator = await signIn(shop.sandbox);
  await operator.send("POST", `/projects/${demoProjectId}/variables`, {
    name: "env:PLATFORMSH_CLI_TOKEN",
    value: "no-token",
    is_sensitive: true,
    visible_runtime: true,
  });
  const { text, data } = await told(shop.directory, { env: shop.env });
  expect(data.standing.token.on).toMatchObject([{ environment: "main", state: "set" }]);
  expect(text).not.toContain("is not set on main");
});

test("without an account it tells what the files say, and not that all is well", async () => {
  const { directory, env } = await folder(backup);
  const { ended, data, text } = await told(directory, { env });
  expect(ended).toBe("findings");
  expect(data.account).toEqual({
    state: "signed-out",
    why: "PLATFORMSH_CLI_TOKEN is not set",
  });
  expect(data.standing.jobs).toMatchObject([{ calls: ["backup:create"], where: "on main only" }]);
  expect(text).toContain("1 error");
});

test("nothing wrong in the files alone is no proof that it is set up", async () => {
  const text = await readFile(join((await openShop()).directory, ".platform.app.yaml"), "utf8");
  const { directory, env } = await folder(
    text.replace('"$PLATFORM_BRANCH" = master', '"$PLATFORM_BRANCH" = main'),
  );
  const { data, ended } = await told(directory, { env, offline: true });
  expect(data.account).toEqual({ state: "not-asked", why: "--offline" });
  expect(data.standing.findings.error).toBe(0);
  expect(data.standing.state).toBe("unknown");
  expect(ended).toBe("done");
});

test("an error is no success also where no job is set up", async () => {
  const { directory, env } = await folder(`${app()}hooks: [a, b]\n`);
  const { data, ended } = await told(directory, { env, offline: true });
  expect(data.standing).toMatchObject({ state: "not-set-up" });
  expect(data.standing.findings.error).toBeGreaterThan(0);
  expect(ended).toBe("findings");
});

test("an app that calls nothing isn't set up, and one whose script can't be followed may be", async () => {
  const { directory, env } = await folder(app());
  expect((await told(directory, { env })).data.standing.state).toBe("not-set-up");
  const other = await folder(app(...cron(["./gone.sh"])));
  const { data, text } = await told(other.directory, { env });
  expect(data.standing).toMatchObject({ state: "unknown", jobs: [{ calls: [] }] });
  expect(text).toContain("can't be followed");
});

test("a project of a vendor whose manual forbids the CLI there isn't promised a job by setup", async () => {
  const { directory, env } = await folder(app());
  await rename(join(directory, ".platform.app.yaml"), join(directory, ".magento.app.yaml"));
  const { text } = await told(directory, { offline: true, env });
  expect(text).toContain("a project of Adobe Commerce on Cloud is only audited");
  expect(text).not.toContain("machinist setup");
});

test("a hook that only looks at the version of the CLI is no job", async () => {
  const { directory, env } = await folder(
    `${app()}hooks:\n    build: platform --version || exit 1\n`,
  );
  const { data } = await told(directory, { env, offline: true });
  expect(data.standing).toMatchObject({ state: "not-set-up", jobs: [] });
});

test("a project that a file of the checkout names is told with that", async () => {
  const shop = await openShop();
  const file = join(shop.directory, ".platform", "local", "project.yaml");
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, "id: magazine4h7q2\n");
  const { data, text } = await told(shop.directory, { env: shop.env });
  expect(data.project.because).toMatch(/not certain: .*magazine4h7q2 \(from \.platform\/local/u);
  expect(text).toContain(data.project.because);
  expect(data.standing.unread).toContainEqual({
    what: `whether Shop (${demoProjectId}) is the project that is meant`,
    why: expect.stringContaining("--project says it"),
  });
});

test("a project that was named, and that the checkout isn't of, is told with that", async () => {
  const shop = await openShop();
  const { data, text } = await told(shop.directory, { env: shop.env, project: "magazine4h7q2" });
  const why = `you said so (--project); the checkout is of ${demoProjectId} (from the git remote platform)`;
  expect(data.project.because).toBe(why);
  expect(text).toContain(why);
  expect(data.standing.unread).toContainEqual({
    what: "whether the files are as those of Magazine (magazine4h7q2)",
    why,
  });
});

test("a token that is refused is told with the rest, and is no success", async () => {
  const shop = await openShop();
  const env = { ...shop.env, PLATFORMSH_CLI_TOKEN: "no-such-token" };
  const { ended, data } = await told(shop.directory, { env });
  expect(ended).toBe("signedOut");
  expect(data.account.state).toBe("refused");
  expect(data.project.state).toBe("unread");
  expect(data.standing.jobs).not.toEqual([]);
});

test("where the API gives no answer, nobody is said to be signed out", async () => {
  const shop = await openShop();
  await shop.sandbox.close();
  const { ended, data, text } = await told(shop.directory, { env: shop.env });
  expect(ended).toBe("api");
  expect(data.account.state).toBe("not-asked");
  expect(text).toMatch(/^Account +not looked at: The API can't be reached: nothing listens/mu);
  expect(text).not.toContain("not signed in");
});

test("a folder without an app tells who is signed in all the same", async () => {
  const shop = await openShop();
  const empty = join(await emptyDirectory(), "empty");
  await mkdir(empty);
  const { ended, data, text } = await told(empty, { env: shop.env });
  expect(ended).toBe("done");
  expect(data).toMatchObject({ account: { state: "signed-in" }, standing: null, lastRun: null });
  expect(text).not.toMatch(/^Set up +no:/mu);
  expect(text).toContain("No application is configured here");
});

test("where the job may be in a file that can't be read, it isn't said that there is none", async () => {
  const { directory, env } = await folder("name: web\n  broken: [\n");
  const { data, text } = await told(directory, { env, offline: true });
  expect(data.standing).toMatchObject({
    state: "unknown",
    notRead: [{ what: ".platform.app.yaml" }],
  });
  expect(text).toContain("can't be told: .platform.app.yaml can't be read");
});

test("a job of CI is one of those that call the CLI", async () => {
  const { directory, env } = await folder(app());
  await mkdir(join(directory, ".github", "workflows"), { recursive: true });
  await writeFile(
    join(directory, ".github", "workflows", "backup.yml"),
    "on: push\njobs:\n  backup:\n    runs-on: ubuntu-latest\n    steps:\n      - run: platform backup:create --yes\n",
  );
  const { data, text } = await told(directory, { env, offline: true });
  expect(data.standing.state).not.toBe("not-set-up");
  expect(data.standing.jobs).toMatchObject([
    { app: ".github/workflows/backup.yml", called: "the job backup", calls: ["backup:create"] },
  ]);
  expect(text).toContain(".github/workflows/backup.yml: the job backup runs backup:create");
});

test.each([
  ["that isn't there", (directory: string) => join(directory, "gone"), "no directory"],
  ["whose app is a link out of it", (directory: string) => directory, "leads out"],
])("a folder %s is no folder without an app", async (_which, of, why) => {
  const outside = join(await emptyDirectory(), "app.yaml");
  await writeFile(outside, app());
  const directory = await emptyDirectory();
  await symlink(outside, join(directory, ".platform.app.yaml"));
  const env = { MACHINIST_HOME: await emptyDirectory() };
  await expect(told(of(directory), { env, offline: true })).rejects.toThrow(why);
});

test("a journal that can't be read leaves open what was done last, and nothing else", async () => {
  const { directory } = await folder(backup);
  const file = join(await emptyDirectory(), "file");
  await writeFile(file, "");
  const { ended, data, text } = await told(directory, {
    env: { MACHINIST_HOME: join(file, "state") },
    offline: true,
  });
  expect(ended).toBe("unexpected");
  expect(data.standing.jobs).not.toEqual([]);
  expect(data.noLastRun).toContain("ENOTDIR");
  expect(text).toMatch(/^Last run +not known: /mu);
});
