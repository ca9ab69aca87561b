import { readFile, stat, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { expect, test, vi } from "vitest";
import {
  keptAccounts,
  noteKept,
  recentProjects,
  rememberProject,
  stateDirectory,
} from "../src/settings.ts";
import { emptyDirectory } from "./change/place.ts";

test("state is kept where the platform keeps the state of programs", () => {
  const HOME = "/home/jane";
  expect(stateDirectory({ HOME }, "linux")).toBe("/home/jane/.local/state/machinist");
  expect(stateDirectory({ HOME, XDG_STATE_HOME: "/var/state" }, "linux")).toBe(
    "/var/state/machinist",
  );
  expect(stateDirectory({ HOME }, "darwin")).toBe(
    "/home/jane/Library/Application Support/machinist",
  );
  expect(stateDirectory({ LOCALAPPDATA: "/local" }, "win32")).toBe("/local/machinist");
  expect(stateDirectory({}, "linux")).toBe(join(userInfo().homedir, ".local/state/machinist"));
});

test("a relative XDG_STATE_HOME is ignored, as its specification asks", () => {
  expect(stateDirectory({ HOME: "/home/jane", XDG_STATE_HOME: "state" }, "linux")).toBe(
    "/home/jane/.local/state/machinist",
  );
});

test("a relative HOME never leads into the folder that the program was started in", () => {
  expect(stateDirectory({ HOME: "home" }, "linux")).toBe(
    join(userInfo().homedir, ".local/state/machinist"),
  );
});

test("a user without a home is told to name a place, and one that is named is taken", () => {
  const none = () => {
    throw new Error("uv_os_get_passwd returned ENOENT");
  };
  expect(() => stateDirectory({}, "linux", none)).toThrow(
    expect.objectContaining({
      reason: "usage",
      parts: expect.objectContaining({ next: "name a folder in MACHINIST_HOME" }),
    }),
  );
  expect(stateDirectory({ MACHINIST_HOME: "/kept" }, "linux", none)).toBe("/kept");
  expect(stateDirectory({ HOME: "/home/jane" }, "linux", none)).toContain("/home/jane");
});

test("MACHINIST_HOME overrides the place of all state", () => {
  expect(stateDirectory({ MACHINIST_HOME: "here", XDG_STATE_HOME: "/var" }, "linux")).toBe(
    resolve("here"),
  );
});

test("the project worked on last comes first, once, and ten are kept", async () => {
  const env = { MACHINIST_HOME: join(await emptyDirectory(), "state") };
  expect(await recentProjects(env)).toEqual([]);
  for (let number = 0; number < 12; number++) await rememberProject(env, `project${number}`);
  await rememberProject(env, "project5", "Shop \u001B[31mred");
  const recent = await recentProjects(env);
  expect(recent).toHaveLength(10);
  expect(recent.slice(0, 2)).toEqual([
    { id: "project5", title: "Shop red" },
    { id: "project11", title: "project11" },
  ]);
  expect(recent.filter(({ id }) => id === "project5")).toHaveLength(1);
});

test("only the owner can read the settings", async () => {
  const env = { MACHINIST_HOME: join(await emptyDirectory(), "state") };
  await rememberProject(env, "abcdefgh12345");
  const { mode } = await stat(join(env.MACHINIST_HOME, "preferences.json"));
  expect(mode & 0o777).toBe(0o600);
  expect((await stat(env.MACHINIST_HOME)).mode & 0o777).toBe(0o700);
});

test.each(['{"recentProjects": "all"}', '{"recentProjects": [1, {"id": 2}]}', "{ not json"])(
  "recent projects that read %s are taken as none and can be written again",
  async (content) => {
    const env = { MACHINIST_HOME: await emptyDirectory() };
    const file = join(env.MACHINIST_HOME, "preferences.json");
    await writeFile(file, content);
    expect(await recentProjects(env)).toEqual([]);
    await rememberProject(env, "abcdefgh12345", "Shop");
    expect(await recentProjects(env)).toEqual([{ id: "abcdefgh12345", title: "Shop" }]);
    expect(JSON.parse(await readFile(file, "utf8"))).toHaveProperty("recentProjects");
  },
);

test.each(["{ not json", "null", '{"keptAccounts": "all"}'])(
  "settings that read %s are left as they are: for whom a token is kept isn't known, and is said so",
  async (content) => {
    const env = { MACHINIST_HOME: await emptyDirectory() };
    const file = join(env.MACHINIST_HOME, "settings.json");
    await writeFile(file, content);
    await rememberProject(env, "abcdefgh12345", "Shop");
    await expect(keptAccounts(env)).rejects.toThrow("it isn't known for whom a token is kept");
    await expect(noteKept(env, "operator", true)).rejects.toThrow("it isn't known");
    expect(await readFile(file, "utf8")).toBe(content);
  },
);

test("what another run notes at the same time is waited for, and not lost", async () => {
  const env = { MACHINIST_HOME: await emptyDirectory() };
  await noteKept(env, "another run's", true);
  await rememberProject(env, "anotherproject");
  for (const name of ["settings.json", "preferences.json"]) {
    await writeFile(join(env.MACHINIST_HOME, "locks", name), JSON.stringify({ pid: 2 ** 22 + 1 }));
    const alive = vi.spyOn(process, "kill").mockReturnValueOnce(true);
    if (name === "settings.json") await noteKept(env, "operator", true);
    else await rememberProject(env, "abcdefgh12345");
    expect(alive.mock.calls.length).toBeGreaterThan(1);
    alive.mockRestore();
  }
  expect(await keptAccounts(env)).toEqual(["another run's", "operator"]);
  expect((await recentProjects(env)).map(({ id }) => id)).toEqual([
    "abcdefgh12345",
    "anotherproject",
  ]);
});

test("a place where nothing can be written does not end a run", async () => {
  const file = join(await emptyDirectory(), "file");
  await writeFile(file, "");
  const env = { MACHINIST_HOME: join(file, "state") };
  await rememberProject(env, "abcdefgh12345");
  expect(await recentProjects(env)).toEqual([]);
});
