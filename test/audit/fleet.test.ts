import { expect, onTestFinished, test } from "vitest";
import { parseApp } from "../../src/appfile/read.ts";
import { noConfiguration } from "../../src/audit/configuration.ts";
import { type FleetReading, type ReadProject, readFleet } from "../../src/audit/fleet.ts";
import { verdictOnProject } from "../../src/audit/verdict.ts";
import { connect } from "../../src/platform/connection.ts";
import { accessibleProjects } from "../../src/platform/projects.ts";
import { currentUser } from "../../src/platform/users.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { listedSize } from "../amounts.ts";
import { failureOf } from "../platform/failing.ts";
import { sandboxForTest } from "../sandbox/client.ts";
import { ofPlatformsh } from "../vendors/detected.ts";
import { appLocation, guarded } from "./app.ts";
import { project } from "./project.ts";

const { platformsh: vendor } = vendors;

async function fleet(projects: number) {
  const sandbox = await sandboxForTest({ projects });
  const connection = connect({
    addresses: { api: sandbox.apiUrl, auth: sandbox.authUrl, console: sandbox.consoleUrl },
    token: new Secret(sandbox.operatorToken),
    pause: async () => {},
  });
  onTestFinished(() => connection.close());
  const all = await accessibleProjects(connection, (await currentUser(connection)).id);
  const made = all.filter(({ id }) => id.startsWith("g"));
  return { sandbox, connection, all, made };
}

async function collected(readings: AsyncIterable<FleetReading>): Promise<readonly FleetReading[]> {
  const all: FleetReading[] = [];
  for await (const reading of readings) all.push(reading);
  return all;
}

test("every project of a list is read once, with its applications, in at most five requests on the average", async () => {
  const { sandbox, connection, made } = await fleet(200);
  const before = sandbox.requests.length;
  const readings = await collected(readFleet(connection, made, { vendor }));
  expect(readings.map(({ project }) => project.id).sort()).toEqual(made.map(({ id }) => id).sort());
  const sent = sandbox.requests.length - before;
  expect(readings.reduce((sum, { requests }) => sum + requests, 0)).toBe(sent);
  expect(sent / made.length).toBeLessThanOrEqual(5);
  const kinds = new Set(readings.map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(["read", "unused"]));
  for (const reading of readings) {
    if (reading.kind !== "read") continue;
    expect(reading.subjects.map(({ kind }) => kind)).toEqual(["read"]);
    expect(reading.facts).toMatchObject({ deployment: { kind: "known" } });
  }
});

test("all projects are listed in few requests: what an organization lists is not asked for by reference", async () => {
  const { sandbox, connection } = await fleet(listedSize);
  const { id } = await currentUser(connection);
  const before = sandbox.requests.length;
  const all = await accessibleProjects(connection, id);
  expect(all.length).toBeGreaterThan(listedSize);
  expect(all.filter(({ title, region, status }) => !title || !region || !status)).toEqual([]);
  expect(all.filter(({ organization }) => organization === undefined)).toEqual([]);
  const pages = Math.ceil(all.length / 100);
  expect(sandbox.requests.length - before).toBeLessThan(8 * pages);

  sandbox.faults.add({
    on: { path: "/organizations/*/projects" },
    times: "always",
    effect: { kind: "status", status: 403 },
  });
  expect(await accessibleProjects(connection, id)).toEqual(all);
});

test("a script that several projects have is fetched once, and each has it", async () => {
  const { sandbox, connection, made } = await fleet(100);
  const readings = await collected(readFleet(connection, made, { vendor }));
  const blobs = sandbox.requests.filter(({ path }) => path.includes("/git/blobs/"));
  expect(new Set(blobs.map(({ path }) => path.split("/").at(-1))).size).toBe(blobs.length);
  const scripts = readings.flatMap((reading) =>
    reading.kind === "read"
      ? reading.subjects.flatMap((one) => (one.kind === "read" ? [...one.app.called.values()] : []))
      : [],
  );
  const texts = new Set(scripts.map(({ text }) => text));
  expect(texts.size).toBeGreaterThan(0);
  expect(scripts.length).toBeGreaterThan(texts.size);
});

test("the files of every project are read where that is asked for", async () => {
  const { connection, made } = await fleet(20);
  const readings = await collected(readFleet(connection, made, { vendor, everyFile: true }));
  expect(readings.map(({ kind }) => kind)).toEqual(readings.map(() => "read"));
});

test("a project that can't be read is given as failed, and the others are read all the same", async () => {
  const { sandbox, connection, made } = await fleet(12);
  const [first, second] = made;
  const gone = { id: "zzzzzzzzzzzz9" };
  const broken = { method: "GET", path: `/projects/${first?.id}/environments` };
  sandbox.faults.add({ on: broken, times: "always", effect: { kind: "html" } });
  const readings = await collected(
    readFleet(connection, [...made, gone], { vendor, concurrency: 4 }),
  );
  const failed = readings.filter(({ kind }) => kind === "failed");
  expect(failed.map(({ project }) => project.id).sort()).toEqual([first?.id, gone.id].sort());
  expect(readings.find(({ project }) => project.id === second?.id)?.kind).not.toBe("failed");
  expect(readings).toHaveLength(made.length + 1);
});

test("a project that is deleted while it is read is given as failed, and the others are read all the same", async () => {
  for (let after = 1; after < 4; after += 1) {
    const { sandbox, connection, made } = await fleet(6);
    const [victim] = made;
    sandbox.faults.add({
      on: { path: `/projects/${victim?.id}/**` },
      after,
      times: "always",
      effect: { kind: "status", status: after === 2 ? 403 : 404 },
    });
    const readings = await collected(readFleet(connection, made, { vendor, everyFile: true }));
    const failed = readings.filter(({ kind }) => kind === "failed");
    expect(readings).toHaveLength(made.length);
    expect(
      failed.map(({ project }) => project.id),
      `after ${after}`,
    ).toEqual([victim?.id]);
  }
});

test("a token that is revoked in the middle ends the reading, and nothing else is asked", async () => {
  const { sandbox, connection, made } = await fleet(40);
  sandbox.faults.add({
    on: { path: "/**" },
    after: 20,
    times: "always",
    effect: { kind: "expiredToken" },
  });
  const failure = await failureOf(
    collected(readFleet(connection, made, { vendor, concurrency: 4 })),
    sandbox.operatorToken,
  );
  expect(failure.reason).toBe("signedOut");
  expect(sandbox.requests.length).toBeLessThan(60);
});

test("a project of many is judged with all of its apps, and calls of a CLI that isn't known are named", () => {
  const operation = guarded("platform source-operation:run updates --yes --no-wait");
  const text = `${operation}    copies:\n        spec: '0 6 * * *'\n        cmd: shopware backup:create\n`;
  const { platform: facts } = project({}).facts;
  const app = parseApp(appLocation, text);
  const reading: ReadProject = {
    ...{ kind: "read", project: { id: facts.project.id }, requests: 1, facts },
    ...{ subjects: [{ kind: "read", app, beside: {} }], vendor: ofPlatformsh },
  };
  const { findings, unread } = verdictOnProject(reading, noConfiguration);
  expect(findings.map(({ rule }) => rule)).toContain("source-operation-unknown");
  expect(unread.map(({ what }) => what)).toContain("what the cron copies calls with shopware");
});

test("no more projects are begun than are asked for", async () => {
  const { connection, made } = await fleet(30);
  let begun = 0;
  function* counting() {
    for (const project of made) {
      begun += 1;
      yield project;
    }
  }
  const readings = readFleet(connection, counting(), { vendor, concurrency: 3 });
  await readings.next();
  expect(begun).toBe(3);
  await readings.next();
  expect(begun).toBe(4);
  await readings.return();
});

test("a list may come in parts, while the first of it is read already", async () => {
  const { connection, made } = await fleet(10);
  async function* listed() {
    for (const project of made) yield project;
  }
  expect(await collected(readFleet(connection, listed(), { vendor }))).toHaveLength(made.length);
});

test("a guest's project is read as far as the guest may see it", async () => {
  const { connection, all } = await fleet(0);
  const others = all.filter(
    ({ permissions, id }) => !permissions.includes("admin") && id !== demoProjectId,
  );
  expect(others.length).toBeGreaterThan(0);
  for (const reading of await collected(readFleet(connection, others, { vendor })))
    expect(reading.kind).not.toBe("failed");
});
