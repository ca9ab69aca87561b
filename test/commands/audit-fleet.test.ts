import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFleetRequest } from "../../src/commands/audit/fleet/request.ts";
import { fleetCommand } from "../../src/commands/audit/fleet/run.ts";
import { readAuditOptions } from "../../src/commands/audit/options.ts";
import { flagsOf } from "../../src/commands/command.ts";
import { readReportOptions, reportCommand } from "../../src/commands/report/run.ts";
import { Failure } from "../../src/failure.ts";
import { readReport, readReports } from "../../src/report/read.ts";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/sandbox.ts";
import type { TerminalStreams } from "../../src/tui/terminal.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { fleetSize } from "../amounts.ts";
import { expectPublished } from "../expect-document.ts";
import { sandboxForTest, signIn } from "../sandbox/client.ts";
import { runUndo } from "../setup/run-undo.ts";
import { fakeTerminal, keys } from "../terminal/fake-terminal.ts";

const folder = () => mkdtemp(join(tmpdir(), "machinist-fleet-"));

function recorder(sandbox: Sandbox, signal = new AbortController().signal, home = tmpdir()) {
  const lines: string[] = [];
  const errors: string[] = [];
  const io = {
    out: (line: string) => lines.push(line),
    err: (line: string) => errors.push(line),
    document: (line: string) => lines.push(line),
    env: {
      PLATFORMSH_CLI_TOKEN: sandbox.operatorToken,
      PLATFORMSH_CLI_API_BASE_URL: sandbox.apiUrl,
      PLATFORMSH_CLI_API_AUTH_URL: sandbox.authUrl,
      MACHINIST_HOME: home,
    },
    signal,
  };
  return { io, lines, errors };
}

async function audit(
  sandbox: Sandbox,
  flags: Readonly<Record<string, unknown>>,
  signal?: AbortSignal,
  directory?: string,
  env?: NodeJS.ProcessEnv,
  terminal?: TerminalStreams,
) {
  const { io: plain, lines, errors } = recorder(sandbox, signal, directory);
  const io = env === undefined ? plain : { ...plain, env };
  const request = readFleetRequest(flagsOf("audit", flags));
  if (request === undefined) throw new Error("no fleet was asked for");
  const options = readAuditOptions(
    { directory: directory ?? (await folder()) },
    flagsOf("audit", flags),
  );
  const run = fleetCommand(
    {
      ...options,
      vendor: vendors.platformsh,
      face: terminal === undefined ? "flags" : "screens",
      flags: [],
    },
    request,
    { ...io, ...(terminal && { terminal }) },
  );
  return { outcome: await run, lines, errors };
}

/** A sandbox whose deployments are over as soon as they are looked at. */
const fleetOf = (options: SandboxOptions) => sandboxForTest({ activityMs: 0, ...options });

const idsIn = (lines: readonly string[]) =>
  lines.map((line) => readReport(line)?.platform?.project ?? line).sort();

let wholeFleet: Promise<{ readonly ids: readonly string[]; readonly outcome: unknown }> | undefined;

/** What an audit of all projects comes to where nothing is in its way: they are the same at every start of a sandbox. */
function undisturbed() {
  wholeFleet ??= fleetOf({ projects: fleetSize }).then(async (sandbox) => {
    const { lines, outcome } = await audit(sandbox, { all: true, format: "jsonl" });
    return { ids: idsIn(lines), outcome };
  });
  return wholeFleet;
}

test("every project is audited and reported, and one that fails is told among the others", async () => {
  const sandbox = await fleetOf({ projects: fleetSize });
  const whole = await undisturbed();
  expect(whole.outcome).toBe("findings");
  expect(whole.ids.length).toBeGreaterThan(fleetSize);
  const [victim = ""] = whole.ids.filter((id) => id.startsWith("g"));
  const broken = { method: "GET" as const, path: `/projects/${victim}/environments` };
  sandbox.faults.add({ on: broken, times: "always", effect: { kind: "html" } });
  const { lines, errors } = await audit(sandbox, { all: true, format: "jsonl" });
  expect(idsIn(lines)).toEqual(whole.ids);
  const failed = lines.map(readReport).filter((report) => (report?.failure ?? null) !== null);
  expect(failed.map((report) => report?.platform?.project)).toEqual([victim]);
  expect(errors.at(-1)).toMatch(/^\d+ projects in .*, [\d.]+ a second$/u);
  expect(lines.join("\n")).not.toContain(sandbox.operatorToken);
});

test("the projects of an organization are audited, and those that there are are named", async () => {
  const sandbox = await fleetOf({ projects: fleetSize });
  const { ids: all } = await undisturbed();
  const wrong = await audit(sandbox, { org: "nobody" }).catch((error: unknown) => error);
  const next = wrong instanceof Failure ? (wrong.parts.next ?? "") : "";
  expect(wrong).toMatchObject({ reason: "usage" });
  const organizations = next.replace("choose among ", "").split(", ");
  expect(organizations.length).toBeGreaterThan(1);
  const parts: string[] = [];
  for (const org of organizations) {
    const ids = idsIn((await audit(sandbox, { org, format: "jsonl" })).lines);
    expect(ids.length).toBeLessThan(all.length);
    parts.push(...ids);
  }
  expect(parts.sort()).toEqual(all);
});

test("shards add up to the whole, and their reports are put together", async () => {
  const sandbox = await fleetOf({ projects: fleetSize });
  const top = await folder();
  const files: string[] = [];
  const parts: string[] = [];
  for (const shard of ["1/3", "2/3", "3/3"]) {
    const output = join(top, `${shard[0]}.jsonl`);
    await audit(sandbox, { all: true, format: "jsonl", shard, output });
    parts.push(...(await readFile(output, "utf8")).trimEnd().split("\n"));
    files.push(output);
  }
  expect(idsIn(parts)).toEqual((await undisturbed()).ids);
  const again = await audit(sandbox, { all: true, format: "jsonl", shard: "2/3" });
  expect(idsIn(again.lines)).toEqual(
    idsIn((await readFile(files[1] ?? "", "utf8")).trimEnd().split("\n")),
  );
  // Formats read their reports several times, and a pipe gives them once.
  const pipe = join(top, "pipe");
  execFileSync("mkfifo", [pipe]);
  const [first = "", ...others] = files;
  const { io, lines } = recorder(sandbox);
  const options = readReportOptions([pipe, ...others], flagsOf("report", { format: "json" }));
  await Promise.all([reportCommand(options, io), writeFile(pipe, await readFile(first))]);
  expect(JSON.parse(lines.join("\n"))).toMatchObject({ projects: { length: parts.length } });
});

test("a report of a pipe that nobody writes to ends with a signal, and one of a device by itself", async () => {
  const pipe = join(await folder(), "pipe");
  execFileSync("mkfifo", [pipe]);
  const interruption = new AbortController();
  const reading = readReports(pipe, interruption.signal).next();
  setImmediate(() => interruption.abort());
  await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  await expect(readReports("/dev/zero", new AbortController().signal).next()).rejects.toMatchObject(
    { reason: "usage", parts: { where: "/dev/zero:1", why: expect.stringContaining("MiB") } },
  );
});

test("an interrupted audit goes on with the projects that are left", async () => {
  const sandbox = await fleetOf({ projects: fleetSize, latencyMs: 2 });
  const resume = join(await folder(), "state.jsonl");
  const interruption = new AbortController();
  // As soon as one project is done.
  const watch = setInterval(() => {
    if ((statSync(resume, { throwIfNoEntry: false })?.size ?? 0) > 0) interruption.abort();
  }, 1);
  const flags = { all: true, format: "jsonl", resume };
  const cut = await audit(sandbox, flags, interruption.signal).catch((error: unknown) => error);
  clearInterval(watch);
  expect(cut).toMatchObject({
    reason: "interrupted",
    parts: { next: expect.stringContaining(resume) },
  });
  const done: string[] = [];
  for await (const report of readReports(resume, recorder(sandbox).io.signal))
    done.push(report.platform?.project ?? "");
  expect(done.length).toBeGreaterThan(0);
  const before = sandbox.requests.length;
  const { lines } = await audit(sandbox, flags);
  const asked = sandbox.requests.slice(before).map(({ path }) => path);
  for (const id of done) expect(asked).not.toContain(`/projects/${id}/environments`);
  const ids = idsIn(lines);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual((await undisturbed()).ids);
});

test("an access token that ends amid the projects ends the audit as signed out, and the rest is told and gone on with", async () => {
  const sandbox = await fleetOf({ projects: fleetSize });
  const { bearer } = await signIn(sandbox);
  const resume = join(await folder(), "state.jsonl");
  const { PLATFORMSH_CLI_TOKEN: _own, ...rest } = recorder(sandbox).io.env;
  const env = { ...rest, PLATFORMSH_CLI_API_TOKEN: bearer };
  const flags = { all: true, format: "json", resume };
  // By then some projects are read, and others are not.
  const end = { method: "GET" as const, path: "/projects/*/environments" };
  sandbox.faults.add({ on: end, after: 3, times: "always", effect: { kind: "expiredToken" } });
  const cut = await audit(sandbox, flags, undefined, undefined, env).catch(
    (error: unknown) => error,
  );
  expect(cut).toMatchObject({
    reason: "signedOut",
    parts: {
      what: expect.stringMatching(
        /^The access token is refused.*; \d+ projects? (?:was|were) not/u,
      ),
      next: expect.stringContaining("the same command goes on where it was left"),
    },
  });
  sandbox.faults.clear();
  const { lines } = await audit(sandbox, { ...flags, format: "jsonl" });
  expect(idsIn(lines)).toEqual((await undisturbed()).ids);
});

test("an API token whose access tokens end all the time audits every project all the same", async () => {
  const sandbox = await fleetOf({ projects: fleetSize });
  sandbox.faults.add({
    on: { method: "GET", path: "/projects/*/environments" },
    after: 2,
    times: 2,
    effect: { kind: "expiredToken" },
  });
  const { lines, outcome } = await audit(sandbox, { all: true, format: "jsonl" });
  expect(idsIn(lines)).toEqual((await undisturbed()).ids);
  expect(outcome).toBe((await undisturbed()).outcome);
});

/** The findings by project, but for those about an account that another project has: they stand at the one read later. */
function withoutShared(lines: readonly string[]) {
  const reports = lines.flatMap((line) => readReport(line) ?? []);
  return new Map(
    reports.map(({ platform, findings }) => [
      platform?.project,
      findings.filter(({ rule }) => rule !== "machine-user-in-several-projects"),
    ]),
  );
}

test("an audit goes on from its state file, asks nothing again, and gives the same report", async () => {
  const sandbox = await fleetOf({ projects: fleetSize });
  const resume = join(await folder(), "state.jsonl");
  const flags = { all: true, format: "jsonl" };
  const whole = await audit(sandbox, flags);
  const [first = "", ...others] = idsIn(whole.lines);
  const broken = { method: "GET" as const, path: `/projects/${first}/environments` };
  sandbox.faults.add({ on: broken, times: 50, effect: { kind: "html" } });
  const cut = await audit(sandbox, { ...flags, resume });
  expect(idsIn(cut.lines)).toEqual([first, ...others]);
  expect(idsIn((await readFile(resume, "utf8")).trimEnd().split("\n"))).toEqual([first, ...others]);
  sandbox.faults.clear();
  const before = sandbox.requests.length;
  const rest = await audit(sandbox, { ...flags, resume });
  expect(idsIn(rest.lines)).toEqual([first, ...others]);
  const asked = sandbox.requests.slice(before).map(({ path }) => path.split("?")[0]);
  const read = asked.filter((path) => path?.endsWith("/environments"));
  expect(read).toEqual([`/projects/${first}/environments`]);
  expect(withoutShared(rest.lines)).toEqual(withoutShared(whole.lines));
});

test("a list names the projects, and says the line of what is no id", async () => {
  const sandbox = await fleetOf({ projects: fleetSize });
  const list = join(await folder(), "projects");
  const { ids: all } = await undisturbed();
  await writeFile(list, `# two of them\n${all[0]}\r\n\n${all[1]}\n${all[0]}\n`);
  const { lines } = await audit(sandbox, { projectsFrom: list, format: "jsonl" });
  expect(idsIn(lines)).toEqual(all.slice(0, 2));
  await writeFile(list, "NOT AN ID\n");
  await expect(audit(sandbox, { projectsFrom: list })).rejects.toMatchObject({
    parts: { where: `${list}:1` },
  });
  await expect(audit(sandbox, { projectsFrom: "/nowhere/list" })).rejects.toMatchObject({
    reason: "usage",
    parts: { what: expect.stringContaining("The list can't be read") },
  });
});

const refused: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ["two ways to choose the projects", { all: true, org: "x" }],
  ["a shard of one checkout", { shard: "1/2" }],
  ...["0/3", "4/3", "1", "1/0", "-1/2"].map(
    (shard) => [`the shard ${shard}`, { all: true, shard }] as const,
  ),
  ["a fix of projects that are not read", { all: true, fix: true, resume: "state.jsonl" }],
  ["an agreement about one checkout", { yes: true }],
];

test.each(refused)("%s is refused", (_what, flags) => {
  expect(() => readFleetRequest(flagsOf("audit", flags))).toThrow(Failure);
});

const fixing = { all: true, fix: true, unsafeFixes: "all", format: "jsonl" };

/** What was asked of the platform that changes something. */
function mutations({ requests }: Sandbox, from: number): readonly string[] {
  return requests
    .slice(from)
    .filter(({ method, path }) => method !== "GET" && !path.includes("/oauth2/"))
    .map(({ method, path }) => `${method} ${path}`);
}

test("what the API can put right in many projects is shown first, made after agreement, and taken back", async () => {
  const sandbox = await fleetOf({ projects: fleetSize });
  const directory = await folder();
  const dry = await audit(sandbox, { ...fixing, dryRun: true }, undefined, directory);
  expect(dry.errors).toContain("Dry run: nothing was changed.");
  const before = sandbox.requests.length;
  expect(mutations(sandbox, 0)).toEqual([]);
  await expect(audit(sandbox, fixing)).rejects.toMatchObject({
    reason: "usage",
    parts: { next: expect.stringContaining("--yes") },
  });
  expect(sandbox.requests.length).toBe(before);

  const { errors, lines } = await audit(sandbox, { ...fixing, yes: true }, undefined, directory);
  const made = mutations(sandbox, before);
  expect(made.length).toBeGreaterThan(1);
  expect(errors.at(-1)).toBe("machinist undo takes this back.");
  const [, shown = "", projects = ""] =
    /makes (\d+) changes in (\d+) projects/u.exec(errors.join("\n")) ?? [];
  expect(made).toHaveLength(Number(shown));
  expect(new Set(made.map((path) => /projects\/(\w+)/u.exec(path)?.[1])).size).toBe(
    Number(projects),
  );
  expect(dry.errors.join("\n")).toContain(`makes ${shown} changes in ${projects} projects`);
  for (const line of dry.lines) expectPublished(line);
  const plans = dry.lines.map((line) => readReport(line));
  expect(plans.every((report) => report?.failure !== null || report.dryRun)).toBe(true);
  const inPlan = plans.filter((report) => report?.plan?.some(({ marked }) => marked));
  expect(inPlan).toHaveLength(Number(projects));

  const again = await audit(sandbox, { ...fixing, dryRun: true }, undefined, directory);
  expect(again.errors.at(-1)).toBe(
    "Nothing can be put right through the API; what is in files takes a checkout.",
  );
  expect(idsIn(again.lines)).toEqual(idsIn(lines));

  const { io } = recorder(sandbox, undefined, directory);
  await runUndo({ directory, env: io.env });
  const back = await audit(sandbox, { ...fixing, dryRun: true }, undefined, directory);
  expect(back.errors.join("\n")).toMatch(/makes \d+ changes? in/u);
});

test("in a terminal the fixes of each project stand on the plan, and one that is taken out stays as it is", async () => {
  // Several of them have something to put right, so that something is left when one is taken out.
  const sandbox = await fleetOf({ projects: 20 });
  const directory = await folder();
  const terminal = fakeTerminal(80, 24);
  const run = audit(sandbox, fixing, undefined, directory, undefined, terminal.streams);
  await terminal.shows("Nothing is done yet.");
  await terminal.shows("❯ [x]");
  const [, victim = ""] = /❯ \[x\] .*\((\w+)\)/u.exec(terminal.screen().join("\n")) ?? [];
  terminal.type(" ");
  await terminal.shows("❯ [ ]");
  terminal.type(keys.enter.repeat(50) + keys.escape);
  expect(mutations(sandbox, 0)).toEqual([]);
  await terminal.shows("Tab");
  terminal.type(keys.tab);
  await terminal.shows(/❯ \[ Make \d+ changes? in/u);
  terminal.type(keys.enter);
  const { errors } = await run;
  const made = mutations(sandbox, 0).join("\n");
  expect(errors.at(-1)).toBe("machinist undo takes this back.");
  expect(victim).not.toBe("");
  expect(errors).toContainEqual(
    expect.stringMatching(new RegExp(`^left out: .*\\(${victim}\\); it was not marked$`, "u")),
  );
  expect(made).not.toContain(victim);
  expect(made).not.toBe("");
}, 180_000);

test("in the row of a project what can't be taken back is told first, and it isn't marked", async () => {
  const sandbox = await fleetOf({});
  const terminal = fakeTerminal(100, 30);
  const run = audit(sandbox, fixing, undefined, await folder(), undefined, terminal.streams);
  await terminal.shows(
    /can't be taken back[\s\S]*\[ \] \d +Magazine \(magazine4h7q2\) +Delete the variable/u,
  );
  terminal.type(keys.escape);
  expect((await run).errors).toContain("Nothing was changed.");
  expect(mutations(sandbox, 0)).toEqual([]);
});

test("a project that was changed meanwhile, or refuses, is left alone and the others are put right", async () => {
  const sandbox = await fleetOf({ projects: fleetSize });
  const directory = await folder();
  const dry = await audit(sandbox, { ...fixing, dryRun: true }, undefined, directory);
  const ids = [...dry.errors.join("\n").matchAll(/of project (\w+)$/gmu)].map(([, id = ""]) => id);
  const [victim = "", other = ""] = new Set(ids);
  expect(other).not.toBe("");
  const broken = { method: "GET" as const, path: `/projects/${victim}/environments` };
  sandbox.faults.add({ on: broken, times: "always", after: 1, effect: { kind: "html" } });
  const before = sandbox.requests.length;
  const { errors } = await audit(sandbox, { ...fixing, yes: true }, undefined, directory);
  expect(errors).toContain(`Project ${victim} was not put right:`);
  const made = mutations(sandbox, before).join("\n");
  expect(made).not.toContain(victim);
  expect(made).toContain(other);
});
