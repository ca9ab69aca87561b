import { expect, test } from "vitest";
import { appFiles } from "../../src/sandbox/projects/app-files.ts";
import { appsOfBranch } from "../../src/sandbox/projects/app-reading.ts";
import { generatedSample } from "../../src/sandbox/projects/generated-projects.ts";
import type { SampleProject } from "../../src/sandbox/projects/sample.ts";
import { sampleProjects } from "../../src/sandbox/projects/seed-projects.ts";
import { processorTime } from "../processor-time.ts";
import { at, type Person, sandboxForTest, signIn } from "./client.ts";

const thousand: readonly SampleProject[] = [...generatedSample(1000).deferred].map(({ make }) =>
  make(),
);

test("ten thousand projects are there within two seconds, and every one is listed once", async () => {
  const seconds = processorTime();
  const sandbox = await sandboxForTest({ projects: 10_000 });
  expect(seconds()).toBeLessThan(2);
  const ids = await listed(await signIn(sandbox));
  expect(ids).toHaveLength(10_000 + sampleProjects.length);
  expect(new Set(ids).size).toBe(ids.length);
});

test("they are the same at every start", async () => {
  const [one, other] = await Promise.all([facts(), facts()]);
  expect(one).toEqual(other);
});

test("a project is as it was when it is looked at again, and keeps what is changed in it", async () => {
  const sandbox = await sandboxForTest({ projects: 40 });
  const operator = await signIn(sandbox);
  const [id] = (await listed(operator)).slice(sampleProjects.length);
  const before = await operator.get(`/projects/${id}`);
  expect((await operator.get(`/projects/${id}`)).body).toEqual(before.body);
  await operator.send("PATCH", `/projects/${id}`, { title: "Renamed" });
  expect(at((await operator.get(`/projects/${id}`)).body, "title")).toBe("Renamed");
});

test("they differ in what real ones differ in", () => {
  const distinct = (of: (project: SampleProject) => unknown) => new Set(thousand.map(of)).size;
  expect(distinct(({ organization }) => organization)).toBe(10);
  expect(distinct(({ region }) => region)).toBeGreaterThan(5);
  expect(distinct(({ title }) => title)).toBeGreaterThan(300);
  expect(distinct(({ vendor }) => vendor)).toBe(2);
  expect(distinct(({ defaultBranch }) => defaultBranch)).toBe(4);
  expect(distinct(({ environments }) => environments.length)).toBeGreaterThan(3);
  expect(distinct(({ files }) => Object.keys(files)[0])).toBe(2);
  expect(share(({ suspended }) => suspended === true)).toBeLessThan(5);
});

test("about half have no automation, a seventh is well set up, and the others have mistakes", () => {
  const texts = (project: SampleProject) => Object.values(project.files).join("\n");
  const uses = (text: string) => share((project) => texts(project).includes(text));
  expect(uses("installer")).toBeGreaterThan(38);
  expect(uses("installer")).toBeLessThan(52);
  expect(uses("cli/installer | php")).toBeGreaterThan(20);
  expect(uses("/tmp/platform-cli-installer.sh")).toBeGreaterThan(9);
  expect(uses("/tmp/platform-cli-installer.sh")).toBeLessThan(20);
  for (const mistake of ["= master", "[[ ", "snapshot:create", "redeploy --yes\n", "cmd:"]) {
    expect(uses(mistake), mistake).toBeGreaterThan(0);
  }
  const exposed = share(({ variables = [] }) =>
    variables.some(({ settings }) => settings?.is_sensitive !== true),
  );
  expect(exposed).toBeGreaterThan(3);
  expect(share(({ environments }) => environments[0]?.pausedCrons === true)).toBeGreaterThan(0);
});

test("what runs is what the files say, but for the few where it differs", () => {
  const isStale = ({ files, apps }: SampleProject) =>
    JSON.stringify(sorted(appsOfBranch(files))) !== JSON.stringify(sorted(apps));
  expect(share(isStale)).toBeGreaterThan(0);
  expect(share(isStale)).toBeLessThan(5);
});

test.each([
  { flavor: "fixed", indentation: 4, oldCommand: false },
  { flavor: "fixed", indentation: 2, oldCommand: true },
  { flavor: "flex", indentation: 2, oldCommand: false },
] as const)(
  "files written as $flavor, $indentation, $oldCommand are read as they were meant",
  (hand) => {
    const app = {
      name: "shop",
      type: "php:8.3",
      timezone: "Europe/Paris",
      build: "set -e\n\nmake 'it'\n",
      deploy: "echo it's done",
      crons: {
        one: { spec: "0 5 * * *", start: "if a; then\n    b\nfi\n" },
        two: { spec: "5 5 * * *", start: "first\nsecond" },
      },
      operations: { update: "composer update\n" },
      ssh: "viewer",
    } as const;
    expect(appsOfBranch(appFiles(app, hand))).toEqual([app]);
  },
);

test("a file that is not YAML is named, with the reason", () => {
  expect(appsOfBranch({ ".platform.app.yaml": "name: [" })).toMatchObject({
    file: ".platform.app.yaml",
    why: expect.stringContaining("line 1"),
  });
});

/** How many of a hundred. */
function share(is: (project: SampleProject) => boolean): number {
  return (thousand.filter(is).length * 100) / thousand.length;
}

async function listed(person: Person): Promise<readonly string[]> {
  const ids: string[] = [];
  const filter = "filter%5Bresource_type%5D=project&page%5Bsize%5D=200";
  let next: unknown = `/users/${person.id}/extended-access?${filter}`;
  while (typeof next === "string") {
    const { body } = await person.get(next);
    for (const item of Object.values(Object(at(body, "items")))) {
      ids.push(String(at(item, "resource_id")));
    }
    next = at(body, "_links", "next", "href");
  }
  return ids;
}

/** Of some projects, what does not follow from the moment of the start. */
async function facts(): Promise<readonly unknown[]> {
  const operator = await signIn(await sandboxForTest({ projects: 60 }));
  const ids = (await listed(operator)).slice(sampleProjects.length);
  return Promise.all(
    ids.map(async (id) => {
      const { body } = await operator.get(`/projects/${id}`);
      const branch = encodeURIComponent(String(at(body, "default_branch")));
      const refs = await operator.get(`/projects/${id}/git/refs/heads%2F${branch}`);
      const access = await operator.get(`/projects/${id}/user-access`);
      return [
        id,
        at(body, "title"),
        at(body, "region"),
        refs.status,
        at(access.body, "items", "length"),
      ];
    }),
  );
}

/** Keys in one order, so that two of the same meaning are the same text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
