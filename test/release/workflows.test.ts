import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

const top = join(import.meta.dirname, "../..");
const folder = join(top, ".github/workflows");
const { scripts } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));

interface Job {
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const workflows = readdirSync(folder).map(
  (name): [string, Readonly<Record<string, Job>>, unknown] => {
    const { jobs, permissions } = parse(readFileSync(join(folder, name), "utf8"));
    return [name, jobs, permissions];
  },
);

test.each(workflows)(
  "%s gives each job an end, and no right that it doesn't need",
  (_name, jobs, permissions) => {
    expect(permissions).toEqual({ contents: "read" });
    for (const job of Object.values(jobs)) {
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(45);
      const writes = Object.keys(job.permissions ?? {});
      expect(["contents", "id-token"]).toEqual(expect.arrayContaining(writes));
    }
  },
);

test.each(workflows)(
  "%s runs scripts that there are, and writes no expression into a script",
  (_name, jobs) => {
    for (const { run = "" } of Object.values(jobs).flatMap(({ steps }) => steps)) {
      expect(run).not.toContain("${{");
      for (const [, script = ""] of run.matchAll(/npm run ([\w:]+)/gu))
        expect(scripts).toHaveProperty([script]);
      for (const [, path = ""] of run.matchAll(/node (\.config\/[\w.]+)/gu))
        expect(readFileSync(join(top, path), "utf8")).not.toBe("");
    }
  },
);

test("the tests run on the checkout as it is, and what is published is played as a release", () => {
  const [, jobs] = workflows.find(([name]) => name === "release.yml") ?? [];
  const runs = jobs?.["package"]?.steps.map(({ run = "" }) => run) ?? [];
  const at = (command: string) => runs.findIndex((run) => run.includes(command));
  const order = ["npm test", "node .config/released.js", "npm run test:release", "npm publish"];
  expect(order.map(at)).toEqual(order.map(at).toSorted((one, other) => one - other));
  expect(order.map(at)).not.toContain(-1);
});

test("a release is published by who the workflow is, without a token", () => {
  const release = readFileSync(join(folder, "release.yml"), "utf8");
  expect(release).toContain("id-token: write");
  expect(release).toContain("npm publish --provenance");
  expect(release).not.toMatch(/NODE_AUTH_TOKEN|NPM_TOKEN|registry-url/u);
});
