import { expect, test } from "vitest";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { at, type Person, sandboxForTest, signIn } from "./client.ts";

const project = `/projects/${demoProjectId}`;
const onMain = `${project}/environments/main/variables`;
const onStaging = `${project}/environments/staging/variables`;
const token = { name: "env:PLATFORMSH_CLI_TOKEN", value: "the-value", is_sensitive: true };

async function operator(): Promise<Person> {
  return signIn(await sandboxForTest());
}

test("a sensitive value goes in and never comes out", async () => {
  const person = await operator();
  const created = await person.send("POST", onMain, token);
  expect(created).toMatchObject({ status: 201, body: { status: "Created", code: 201 } });
  for (const path of [onMain, `${onMain}/env%3APLATFORMSH_CLI_TOKEN`]) {
    const read = await person.get(path);
    expect(read.status).toBe(200);
    expect(JSON.stringify(read.body)).not.toContain("the-value");
  }
  expect(at(created.body, "_embedded", "entity")).not.toHaveProperty("value");
});

test("a plain value comes back", async () => {
  const person = await operator();
  await person.send("POST", onMain, { name: "mode", value: "fast" });
  expect((await person.get(`${onMain}/mode`)).body).toMatchObject({ id: "mode", value: "fast" });
});

test("a colon in a name may be sent as it is", async () => {
  const person = await operator();
  await person.send("POST", onMain, token);
  expect((await person.get(`${onMain}/env:PLATFORMSH_CLI_TOKEN`)).status).toBe(200);
});

test("what is left out is inheritable, enabled, at runtime and not at build", async () => {
  const person = await operator();
  const created = await person.send("POST", onMain, token);
  expect(at(created.body, "_embedded", "entity")).toMatchObject({
    is_inheritable: true,
    is_enabled: true,
    visible_runtime: true,
    visible_build: false,
  });
});

test("an unknown field is refused and named", async () => {
  const answer = await (await operator()).send("POST", onMain, { ...token, inherited: true });
  expect(answer).toMatchObject({
    status: 400,
    body: { code: 400, detail: { inherited: [expect.any(String)] } },
  });
});

test("a project's variable can't be enabled or inheritable", async () => {
  const answer = await (await operator()).send("POST", `${project}/variables`, {
    ...token,
    is_enabled: true,
  });
  expect(answer).toMatchObject({
    status: 400,
    body: { detail: { is_enabled: expect.anything() } },
  });
});

test.each(["", "two words", "env:1ST", "x".repeat(257)])("%j is not a name", async (name) => {
  const answer = await (await operator()).send("POST", onMain, { name, value: "v" });
  expect(answer).toMatchObject({ status: 400, body: { detail: { name: expect.anything() } } });
});

test("a name is taken once", async () => {
  const person = await operator();
  await person.send("POST", onMain, token);
  expect(await person.send("POST", onMain, token)).toMatchObject({
    status: 409,
    body: { code: 409 },
  });
});

test("a child environment has what is inheritable, and can't delete it", async () => {
  const person = await operator();
  await person.send("POST", onMain, token);
  await person.send("POST", onMain, { name: "own", value: "v", is_inheritable: false });
  const child = await person.get(onStaging);
  expect(child.body).toMatchObject([{ name: token.name, inherited: true }]);
  expect(at(child.body, 0, "_links")).not.toHaveProperty("#delete");
  expect((await person.send("DELETE", `${onStaging}/${token.name}`)).status).toBe(400);
});

test("changing an inherited variable makes one of the child's own", async () => {
  const person = await operator();
  await person.send("POST", onMain, { name: "mode", value: "fast" });
  await person.send("PATCH", `${onStaging}/mode`, { value: "slow" });
  expect((await person.get(`${onStaging}/mode`)).body).toMatchObject({
    value: "slow",
    inherited: false,
  });
  expect((await person.get(`${onMain}/mode`)).body).toMatchObject({ value: "fast" });
});

test("an update leaves alone what it doesn't name", async () => {
  const person = await operator();
  await person.send("POST", onMain, { name: "mode", value: "fast" });
  const updated = await person.send("PATCH", `${onMain}/mode`, { is_inheritable: false });
  expect(at(updated.body, "_embedded", "entity")).toMatchObject({
    value: "fast",
    is_inheritable: false,
  });
});

test("sensitive stays sensitive", async () => {
  const person = await operator();
  await person.send("POST", onMain, token);
  const answer = await person.send("PATCH", `${onMain}/${token.name}`, { is_sensitive: false });
  expect(answer.status).toBe(400);
});

test("a rename does not run over another variable", async () => {
  const person = await operator();
  await person.send("POST", onMain, { name: "a", value: "1" });
  await person.send("POST", onMain, { name: "b", value: "2" });
  expect((await person.send("PATCH", `${onMain}/a`, { name: "b" })).status).toBe(409);
  expect((await person.send("PATCH", `${onMain}/a`, { name: "c" })).status).toBe(200);
  expect((await person.get(`${onMain}/a`)).status).toBe(404);
});

test("a deleted variable is gone", async () => {
  const person = await operator();
  await person.send("POST", onMain, token);
  expect((await person.send("DELETE", `${onMain}/${token.name}`)).status).toBe(200);
  expect(await person.get(`${onMain}/${token.name}`)).toMatchObject({
    status: 404,
    body: { code: 404 },
  });
});

test("a write on an inactive environment redeploys nothing", async () => {
  const path = "/projects/renamed7s2k4p/environments/master/variables";
  const created = await (await operator()).send("POST", path, token);
  expect(at(created.body, "_embedded", "activities")).toEqual([]);
});

test("a write is deployed when its activity is complete, and not before", async () => {
  let time = Date.UTC(2026, 0, 1);
  const person = await signIn(
    await sandboxForTest({ activityMs: 1000, now: () => new Date(time) }),
  );
  const deployed = async () =>
    at((await person.get(`${project}/environments/main/deployments/current`)).body, "variables");
  await person.send("POST", onMain, token);
  expect(await deployed()).toEqual([]);
  time += 1000;
  expect(await deployed()).toEqual([
    {
      name: token.name,
      is_sensitive: true,
      is_json: false,
      visible_build: false,
      visible_runtime: true,
    },
  ]);
});
