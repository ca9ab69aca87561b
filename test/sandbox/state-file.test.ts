import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, rename, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test, vi } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { readState } from "../../src/sandbox/state.ts";
import { emptyDirectory } from "../change/place.ts";
import { at } from "./client.ts";
import { runningCommand } from "./running-command.ts";

const launcher = join(import.meta.dirname, "../../bin/machinist.js");
const variables = `/projects/${demoProjectId}/environments/main/variables`;

type Exported = ReadonlyMap<string, string>;

/** A request as the operator, with what the command exports. */
async function ask(exported: Exported, path: string, body?: unknown): Promise<unknown> {
  const base = exported.get("UPSUN_CLI_API_BASE_URL");
  const token = exported.get("UPSUN_CLI_TOKEN") ?? "";
  const form = new URLSearchParams({ grant_type: "api_token", api_token: token });
  const signedIn = await fetch(`${base}/oauth2/token`, { method: "POST", body: form });
  const headers = { authorization: `Bearer ${at(await signedIn.json(), "access_token")}` };
  const write = { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`${base}${path}`, { headers, ...(body === undefined ? {} : write) });
  expect(response.ok).toBe(true);
  return response.json();
}

async function names(exported: Exported): Promise<unknown> {
  const found = await ask(exported, variables);
  return Array.isArray(found) ? found.map((variable) => at(variable, "name")) : found;
}

function set(exported: Exported, name: string): Promise<unknown> {
  return ask(exported, variables, { name, value: "kept" });
}

test("a second start goes on where the first one ended, with the same token", async () => {
  const folder = await emptyDirectory();
  const state = join(folder, "shop.json");
  const first = await runningCommand({ state });
  expect(first.lines.join("\n")).toContain(`It begins with the sample, kept in ${state}.`);
  await set(first.exported, "KEPT");
  await first.end();
  expect(await readdir(folder)).toEqual(["shop.json"]);
  expect((await stat(state)).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o600);
  const second = await runningCommand({ state });
  expect(second.lines.join("\n")).toContain(`It goes on with what ${state} has.`);
  expect(second.exported.get("UPSUN_CLI_TOKEN")).toBe(first.exported.get("UPSUN_CLI_TOKEN"));
  expect(await names(second.exported)).toEqual(["KEPT"]);
});

test("a start at which nothing is changed leaves every byte and the time of the file", async () => {
  const state = join(await emptyDirectory(), "shop.json");
  await (await runningCommand({ state })).end();
  const reformatted = JSON.stringify(JSON.parse(await readFile(state, "utf8")));
  await writeFile(state, reformatted);
  const { mtimeMs } = await stat(state);
  await (await runningCommand({ state })).end();
  expect(await readFile(state, "utf8")).toBe(reformatted);
  expect((await stat(state)).mtimeMs).toBe(mtimeMs);
});

/** The command in a process of its own. */
async function spawned(state: string) {
  const child = spawn(process.execPath, [launcher, "sandbox", "--state", state]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const exported = new Map<string, string>();
  for await (const line of createInterface(child.stdout)) {
    const [, name, value] = /^ *export (\w+)=(\S+)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) exported.set(name, value);
    if (line.includes("machine@example.org")) break;
  }
  return { child, exported };
}

async function ended(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals) {
  const exit = once(child, "exit");
  child.kill(signal);
  return exit;
}

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("%s ends it with all kept", async (signal) => {
  const state = join(await emptyDirectory(), "shop.json");
  const { child, exported } = await spawned(state);
  await set(exported, "KEPT");
  expect(await ended(child, signal)).toEqual([0, null]);
  expect(await names((await runningCommand({ state })).exported)).toEqual(["KEPT"]);
});

test("whoever kills it finds a whole file, and starts again", async () => {
  const state = join(await emptyDirectory(), "shop.json");
  const { child, exported } = await spawned(state);
  await set(exported, "FIRST");
  await vi.waitFor(async () => expect(await readFile(state, "utf8")).toContain('"FIRST"'));
  for (let at = 0; at < 5; at++) await set(exported, `LATER${at}`);
  await ended(child, "SIGKILL");
  expect(readState(await readFile(state, "utf8")).kind).toBe("usable");
  expect(await names((await runningCommand({ state })).exported)).toContain("FIRST");
});

test("a second sandbox is refused the file, and the first one keeps it", async () => {
  const state = join(await emptyDirectory(), "shop.json");
  const { child, exported } = await spawned(state);
  await expect(runningCommand({ state })).rejects.toMatchObject({
    reason: "uneditable",
    parts: {
      what: "Another sandbox keeps its state in this file",
      why: expect.stringContaining(`process ${child.pid} has the lock`),
    },
  });
  await set(exported, "KEPT");
  await ended(child, "SIGTERM");
  expect(await readFile(state, "utf8")).toContain('"KEPT"');
});

test.each([
  ["nothing", ""],
  ["a half", '{"state":"machinist sandbox","version":1,"accounts":['],
  ["another version", '{"state":"machinist sandbox","version":2}'],
  ["something else", '{"name":"shop"}\r\n'],
])("a file with %s is refused and left as it is", async (_what, text) => {
  const folder = await emptyDirectory();
  const state = join(folder, "shop.json");
  await writeFile(state, text);
  await expect(runningCommand({ state })).rejects.toMatchObject({
    reason: "usage",
    parts: { where: state, why: expect.any(String), next: expect.stringContaining("--state") },
  });
  expect(await readFile(state, "utf8")).toBe(text);
  expect(await readdir(folder)).toEqual(["shop.json"]);
});

test("a folder, a link to nothing and a folder that isn't there are refused", async () => {
  const folder = await emptyDirectory();
  await mkdir(join(folder, "folder"));
  await symlink(join(folder, "gone"), join(folder, "link"));
  for (const name of ["folder", "link", "gone/shop.json"]) {
    const refused = runningCommand({ state: join(folder, name) });
    await expect(refused, name).rejects.toMatchObject({ reason: "usage" });
  }
  await expect(runningCommand({ state: "" })).rejects.toMatchObject({ reason: "usage" });
  expect((await readdir(folder)).sort()).toEqual(["folder", "link"]);
});

test("a link stays a link, and the file behind it has the state", async () => {
  const folder = await emptyDirectory();
  const state = join(folder, "shop.json");
  await (await runningCommand({ state })).end();
  await symlink("shop.json", join(folder, "link.json"));
  const running = await runningCommand({ state: join(folder, "link.json") });
  await set(running.exported, "KEPT");
  await running.end();
  expect(await readFile(state, "utf8")).toContain('"KEPT"');
  expect(
    (await readdir(folder, { withFileTypes: true })).map((one) => one.isSymbolicLink()),
  ).toEqual([true, false]);
});

test("what somebody else writes there meanwhile isn't overwritten, and it is said", async () => {
  const state = join(await emptyDirectory(), "shop.json");
  const { exported, lines, end } = await runningCommand({ state });
  await writeFile(state, "mine");
  await set(exported, "KEPT");
  const told = `machinist: ${state}: The state of the sandbox is not written any more`;
  await vi.waitFor(() => expect(lines).toContain(told));
  await expect(end()).rejects.toMatchObject({ reason: "uneditable" });
  expect(await readFile(state, "utf8")).toBe("mine");
});

test("once that file is moved away, the next change is written", async () => {
  const state = join(await emptyDirectory(), "shop.json");
  const { exported, lines, end } = await runningCommand({ state });
  await writeFile(state, "mine");
  await set(exported, "FIRST");
  await vi.waitFor(() => expect(lines.join("\n")).toContain("not written any more"));
  await rename(state, `${state}.mine`);
  await set(exported, "SECOND");
  await end();
  const text = await readFile(state, "utf8");
  expect([text.includes('"FIRST"'), text.includes('"SECOND"')]).toEqual([true, true]);
});

test("made-up projects are kept as well, and as many as there are", async () => {
  const state = join(await emptyDirectory(), "fleet.json");
  const first = await runningCommand({ state, projects: 3 });
  const before = await ask(first.exported, "/users/me");
  await first.end();
  const second = await runningCommand({ state, projects: 3 });
  expect(await ask(second.exported, "/users/me")).toEqual(before);
  await second.end();
  await expect(runningCommand({ state, projects: 4 })).rejects.toMatchObject({
    reason: "usage",
    parts: { where: "--projects 4", what: expect.stringContaining("has 3 made-up projects") },
  });
  await expect(runningCommand({ state: `${state}2`, projects: 1001 })).rejects.toMatchObject({
    reason: "usage",
    parts: { where: "--projects 1001" },
  });
});

test("the code of a folder is pushed when it isn't what the project has", async () => {
  const folder = await emptyDirectory();
  const code = join(folder, "code");
  const state = join(folder, "shop.json");
  await mkdir(code);
  await writeFile(join(code, ".platform.app.yaml"), "name: app\ntype: php:8.3\n");
  const pushes = async () => {
    const { exported, end } = await runningCommand({ state, code });
    const found = await ask(exported, `/projects/${demoProjectId}/activities`);
    await end();
    return Array.isArray(found)
      ? found.filter((activity) => at(activity, "type") === "environment.push").length
      : found;
  };
  expect(await pushes()).toBe(1);
  expect(await pushes()).toBe(1);
  await writeFile(join(code, "new.txt"), "new");
  expect(await pushes()).toBe(2);
});
