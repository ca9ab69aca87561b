import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readAuditOptions } from "../../src/commands/audit/options.ts";
import { auditCommand } from "../../src/commands/audit/run.ts";
import { flagsOf } from "../../src/commands/command.ts";
import { Failure } from "../../src/failure.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { vendors } from "../../src/vendors/registry.ts";
import type { Vendor } from "../../src/vendors/vendor.ts";
import { app, cron, hooks } from "../audit/app.ts";
import { emptyDirectory } from "../change/place.ts";
import { expectPublished } from "../expect-document.ts";
import { runUndo } from "../setup/run-undo.ts";
import { openShop } from "../setup/shop.ts";

/** A cron that waits, which a safe fix puts right, and a build hook without `set -e`, which an unsafe one does. */
const text = app(
  ...hooks({ build: ["npm ci", "npm run build"] }),
  ...cron(['[ "$PLATFORM_ENVIRONMENT_TYPE" = production ] || exit 0', "platform redeploy --yes"]),
);

async function shop({ named = vendors.platformsh }: { readonly named?: Vendor | "none" } = {}) {
  const directory = await emptyDirectory();
  const file = join(directory, ".platform.app.yaml");
  await writeFile(file, text);
  const said: string[] = [];
  const io = {
    out: (line: string) => said.push(line),
    err: (line: string) => said.push(line),
    document: (line: string) => said.push(line),
    env: { MACHINIST_HOME: await emptyDirectory() },
    signal: new AbortController().signal,
  };
  const vendor = named === "none" ? undefined : named;
  const manner = { vendor, face: "flags", flags: [] } as const;
  return {
    directory,
    said,
    now: () => readFile(file, "utf8"),
    audit: (flags: Readonly<Record<string, unknown>>) =>
      auditCommand(
        {
          ...readAuditOptions({ directory }, flagsOf("audit", { offline: true, ...flags })),
          ...manner,
        },
        io,
      ),
    undo: () => runUndo({ directory, env: io.env }),
  };
}

test("--fix leaves what needs a look, and says how many there are", async () => {
  const { audit, now, said } = await shop();
  await audit({ fix: true });
  expect(await now()).toContain("platform redeploy --no-wait --yes");
  expect(await now()).not.toContain("set -e");
  expect(said.at(-1)).toMatch(/right by itself, and \d+ more with --unsafe-fixes$/u);
});

test.each(["errexit-missing", "no-wait-missing, errexit-missing", "all"])(
  "--unsafe-fixes %s makes the fix of the rule that is named too, and undo takes all back",
  async (unsafeFixes) => {
    const { audit, now, undo } = await shop();
    await audit({ fix: true, unsafeFixes });
    expect(await now()).toContain("        set -e\n");
    expect(await now()).toContain("--no-wait");
    await undo();
    expect(await now()).toBe(text);
  },
);

test("the fix of another rule isn't made", async () => {
  const { audit, now } = await shop();
  await audit({ fix: true, unsafeFixes: "script-folded" });
  expect(await now()).not.toContain("set -e");
});

test("a dry run shows the diff of what needs a look, and changes nothing", async () => {
  const { audit, now, said } = await shop();
  await audit({ fix: true, unsafeFixes: "errexit-missing", dryRun: true });
  expect(said.map((line) => line.trim())).toContain("+         set -e");
  expect(said).toContain("Dry run: nothing was changed. What is left then:");
  expect(await now()).toBe(text);
});

test("--fix gives its plan as data, in a dry run as well: what it does in order, and unmarked what it isn't asked for", async () => {
  const { audit, now, said } = await shop();
  const documentOf = async (flags: Readonly<Record<string, unknown>>) => {
    said.length = 0;
    await audit({ fix: true, json: true, ...flags });
    const document = said.at(-1) ?? "";
    expectPublished(document);
    return JSON.parse(document);
  };
  const shown = await documentOf({ dryRun: true });
  expect(await now()).toBe(text);
  expect(shown).toMatchObject({ dryRun: true, done: [] });
  const marked = shown.plan.filter((item: { marked: boolean }) => item.marked);
  expect(marked).toMatchObject([
    {
      item: "no-wait-missing 1",
      title: "Add --no-wait to environment:redeploy",
      says: expect.stringMatching(/^\.platform\.app\.yaml:\d+$/u),
      final: false,
      preview: expect.arrayContaining([
        { kind: "added", text: expect.stringContaining("platform redeploy --no-wait --yes") },
      ]),
    },
  ]);
  expect(shown.plan).toContainEqual(
    expect.objectContaining({
      item: expect.stringMatching(/^errexit-missing \d+$/u),
      marked: false,
    }),
  );
  const made = await documentOf({});
  expect(made).toMatchObject({ dryRun: false, plan: shown.plan });
  expect(made.done).toHaveLength(1);
  said.length = 0;
  await audit({ json: true });
  expect(JSON.parse(said.at(-1) ?? "")).not.toHaveProperty("plan");
});

test.each([
  [{ unsafeFixes: "all" }, "An audit alone changes nothing"],
  [{ fix: true, unsafeFixes: "no-weight" }, "There is no rule no-weight"],
  [{ fix: true, unsafeFixes: "all,errexit-missing" }, "There is no rule all"],
  [{ fix: true, unsafeFixes: "" }, "There is no rule "],
  [
    { fix: true, unsafeFixes: "token-in-repository" },
    "Only a person can put right what token-in-repository finds",
  ],
])("%j is refused", (flags, what) => {
  expect(() => readAuditOptions({ directory: "." }, flagsOf("audit", flags))).toThrow(
    expect.objectContaining({ reason: "usage", parts: expect.objectContaining({ what }) }),
  );
  expect(() => readAuditOptions({ directory: "." }, flagsOf("audit", flags))).toThrow(Failure);
});

test("--fix changes nothing where the files are of two vendors, and names the flag that says which", async () => {
  const { audit, directory, now } = await shop({ named: "none" });
  await mkdir(join(directory, ".upsun"));
  await writeFile(
    join(directory, ".upsun/config.yaml"),
    "applications:\n  app:\n    type: php:8.3\n",
  );
  const stopped = expect.objectContaining({
    why: expect.stringContaining("Upsun (from .upsun/config.yaml)"),
    next: "name the vendor: --vendor platformsh or --vendor upsun",
  });
  await expect(audit({ fix: true })).rejects.toMatchObject({ reason: "usage", parts: stopped });
  await expect(audit({ fix: true, dryRun: true })).rejects.toMatchObject({ parts: stopped });
  expect(await now()).toBe(text);
});

test("--fix goes on where the vendor is named", async () => {
  const { audit, directory, now } = await shop();
  await mkdir(join(directory, ".upsun"));
  await writeFile(
    join(directory, ".upsun/config.yaml"),
    "applications:\n  app:\n    type: php:8.3\n",
  );
  await audit({ fix: true });
  expect(await now()).toContain("--no-wait");
});

test("files of one project are not edited for another that was named", async () => {
  const { directory, file, env } = await openShop();
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const before = await readFile(file, "utf8");
  const audit = (flags: Readonly<Record<string, unknown>>) =>
    auditCommand(
      {
        ...readAuditOptions({ directory }, flagsOf("audit", flags)),
        ...{ vendor: vendors.platformsh, face: "flags", flags: [] },
      },
      { out: say, err: say, document: say, env, signal: new AbortController().signal },
    );
  const fix = { fix: true, unsafeFixes: "all" };
  await expect(audit({ ...fix, project: "magazine4h7q2" })).rejects.toMatchObject({
    reason: "usage",
    parts: {
      where: "--project magazine4h7q2",
      why: `it is of ${demoProjectId} (from the git remote platform), and its files would be edited for magazine4h7q2`,
    },
  });
  expect(await readFile(file, "utf8")).toBe(before);
  await audit({ ...fix, dryRun: true, project: "magazine4h7q2" });
  expect(said.join("\n")).toContain("whether the files are as those of Magazine");
  expect(await readFile(file, "utf8")).toBe(before);
  await audit({ ...fix, project: demoProjectId });
  expect(await readFile(file, "utf8")).not.toBe(before);
});

test("--fix changes nothing where a vendor is named that can't have such files, and the audit alone goes on", async () => {
  const { audit, directory } = await shop({ named: vendors.upsun });
  const adobe = join(directory, ".magento.app.yaml");
  await rename(join(directory, ".platform.app.yaml"), adobe);
  const before = await readFile(adobe, "utf8");
  await expect(audit({ fix: true })).rejects.toMatchObject({
    reason: "usage",
    parts: {
      what: "This is no project of Upsun",
      why: "it is one of Adobe Commerce on Cloud (from .magento.app.yaml)",
    },
  });
  expect(await readFile(adobe, "utf8")).toBe(before);
  await audit({});
});
