import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { readAuditOptions } from "../../src/commands/audit/options.ts";
import { type AuditPlace, auditPlace, placeOfText } from "../../src/commands/audit/place.ts";
import { auditCommand } from "../../src/commands/audit/run.ts";
import { flagsOf } from "../../src/commands/command.ts";
import { standardInput } from "../../src/commands/terminal/standard-input.ts";
import { app, cron } from "../audit/app.ts";
import { emptyDirectory } from "../change/place.ts";

const workflow = ".github/workflows/nightly.yml";

/** A checkout with an app, a script that its cron calls, a workflow, and a file that has to do with none of them. */
async function checkout(): Promise<string> {
  const top = await emptyDirectory();
  await mkdir(join(top, ".git"));
  await mkdir(join(top, ".github/workflows"), { recursive: true });
  const files = {
    ".platform.app.yaml": app(...cron(["sh backup.sh", "platform redeploy --yes"])),
    "backup.sh": "platform backup:create --yes\n",
    "notes.txt": "platform backup:create --yes\n",
    [workflow]:
      "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: platform backup:create || true\n",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(top, name), text);
  return top;
}

async function audited(place: AuditPlace, flags: Readonly<Record<string, unknown>> = {}) {
  const lines: string[] = [];
  const io = {
    out: () => undefined,
    err: () => undefined,
    document: (line: string) => lines.push(line),
    env: { MACHINIST_HOME: await emptyDirectory() },
    signal: new AbortController().signal,
  };
  const options = readAuditOptions(
    place,
    flagsOf("audit", { offline: true, json: true, ...flags }),
  );
  const ended = await auditCommand({ ...options, vendor: undefined, face: "flags", flags: [] }, io);
  const report: {
    readonly findings: readonly { readonly location: { readonly file: string } }[];
    readonly unread: readonly { readonly what: string }[];
  } = JSON.parse(lines.join("\n"));
  const files = [...new Set(report.findings.map(({ location }) => location.file))].sort();
  return { ended, files, unread: report.unread.map(({ what }) => what) };
}

test("of files that are named only these count, and the checkout is read whole", async () => {
  const top = await checkout();
  const whole = await audited(await auditPlace([top]));
  expect(whole.files).toEqual([workflow, ".platform.app.yaml", "backup.sh"].sort());
  const one = await audited(await auditPlace([join(top, "backup.sh")]));
  expect(one.files).toEqual(["backup.sh"]);
  const two = await audited(await auditPlace([join(top, "backup.sh"), join(top, workflow)]));
  expect(two.files).toEqual([workflow, "backup.sh"].sort());
});

test("a file that nothing has to do with is told as not looked at, and isn't fine", async () => {
  const { files, unread, ended } = await audited(
    await auditPlace([join(await checkout(), "notes.txt")]),
  );
  expect(files).toEqual([]);
  expect(unread).toContain("notes.txt");
  expect(ended).toBe("done");
});

test("a file of the checkout that can't be read is told whichever files are named", async () => {
  const top = await checkout();
  await writeFile(join(top, ".platform.app.yaml"), "name: 'app\n");
  const { files, ended } = await audited(await auditPlace([join(top, "backup.sh")]));
  expect(files).toEqual([".platform.app.yaml"]);
  expect(ended).toBe("findings");
});

test("a file that is named through a link is the one it leads to", async () => {
  const top = await checkout();
  const link = join(await emptyDirectory(), "link.sh");
  await symlink(join(top, "backup.sh"), link);
  expect((await audited(await auditPlace([link]))).files).toEqual(["backup.sh"]);
});

test("a text from standard input stands for its file, which stays as it is", async () => {
  const top = await checkout();
  const file = join(top, "backup.sh");
  const before = await readFile(file, "utf8");
  const place = await placeOfText(file, "true\n");
  expect((await audited(place)).files).toEqual([]);
  expect((await audited(await auditPlace([file]))).files).toEqual(["backup.sh"]);
  expect(await readFile(file, "utf8")).toBe(before);
});

test("a text from standard input may be for a file that isn't there yet", async () => {
  const top = await emptyDirectory();
  const place = await placeOfText(
    join(top, ".platform.app.yaml"),
    app(...cron(["platform backup:create --yes"])),
  );
  expect((await audited(place)).files).toEqual([".platform.app.yaml"]);
});

test("a text that isn't YAML is found at its place, as a file's would be", async () => {
  const top = await checkout();
  const place = await placeOfText(join(top, ".platform.app.yaml"), "name: 'app\n");
  const { files, ended } = await audited(place);
  expect(files).toEqual([".platform.app.yaml"]);
  expect(ended).toBe("findings");
});

test.each([
  ["two folders", (top: string) => [top, join(top, ".github")]],
  ["a folder and a file", (top: string) => [top, join(top, "backup.sh")]],
  ["a file that isn't there", (top: string) => [join(top, "backup.sh"), join(top, "gone.sh")]],
])("%s is refused", async (_name, places) => {
  await expect(auditPlace(places(await checkout()))).rejects.toMatchObject({ reason: "usage" });
});

test("files of two checkouts are refused, with both named", async () => {
  const [one, other] = [await checkout(), await checkout()];
  await expect(
    auditPlace([join(one, "backup.sh"), join(other, "backup.sh")]),
  ).rejects.toMatchObject({
    reason: "usage",
    parts: { where: expect.stringContaining(other) },
  });
});

test.each([{ fix: true }, { writeBaseline: "baseline.json" }])(
  "nothing is written for a text from standard input: %j",
  async (flags) => {
    const place = await placeOfText(join(await checkout(), "backup.sh"), "true\n");
    expect(() => readAuditOptions(place, flagsOf("audit", flags))).toThrow("standard input");
  },
);

test("where one app is named, the CI files of the repository are told as not looked at", async () => {
  const ci = "the CI files of the repository";
  const top = await checkout();
  const one = await audited(await auditPlace([top]), { appFile: ".platform.app.yaml" });
  expect(one.files).not.toContain(workflow);
  expect(one.unread).toContain(ci);
  expect((await audited(await auditPlace([top]))).unread).not.toContain(ci);
});

test("--app and named files are refused together", async () => {
  const place = await auditPlace([join(await checkout(), "backup.sh")]);
  expect(() => readAuditOptions(place, flagsOf("audit", { app: "app" }))).toThrow("all apps");
});

test("standard input is read to its end, and no further than is allowed", async () => {
  const manner = {
    flag: "--stdin",
    most: 8,
    atTerminal: { what: "Nothing comes" },
    signal: new AbortController().signal,
  };
  expect(await standardInput(Readable.from(["four", "more"]), manner)).toBe("fourmore");
  await expect(standardInput(Readable.from(["four", "more", "!"]), manner)).rejects.toMatchObject({
    parts: { what: "Standard input holds more than is read" },
  });
});
