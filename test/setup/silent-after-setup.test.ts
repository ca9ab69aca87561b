import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { openAudit } from "../../src/commands/audit/audited.ts";
import { readAuditOptions } from "../../src/commands/audit/options.ts";
import { flagsOf } from "../../src/commands/command.ts";
import { verifyCommand, verifyRequest } from "../../src/commands/verify/run.ts";
import { createFaults } from "../../src/sandbox/faults.ts";
import { appsOfBranch } from "../../src/sandbox/projects/app-reading.ts";
import { layDownCheckout } from "../../src/sandbox/projects/checkout.ts";
import { sample } from "../../src/sandbox/projects/seed-projects.ts";
import { type Sandbox, startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId, sampleStore } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { taskIds } from "../../src/setup/tasks/task.ts";
import { mostCombinations, ofRuns, someOf } from "../amounts.ts";
import { signIn } from "../sandbox/client.ts";
import { layDown, projects } from "../vendors/projects.ts";
import { kept } from "./checkouts.ts";
import { appFlags, type Combination, combinations, filesBefore } from "./combinations.ts";
import { runSetup } from "./run-setup.ts";

/** Any few of them: neighbours differ in one thing only, so they are mixed first. */
const tried = someOf(mixed(combinations), mostCombinations);

function mixed<Item>(items: readonly Item[]): readonly Item[] {
  const { length } = items;
  const any = fc.shuffledSubarray([...items], { minLength: length, maxLength: length });
  return fc.sample(any, { seed: ofRuns.seed, numRuns: 1 })[0] ?? [];
}

describe(`the audit and verify find nothing in what setup made: ${tried.length} of ${combinations.length} combinations`, () => {
  test.each([...new Set(tried.map(({ vendor }) => vendor))])("of $name", async (vendor) => {
    const found = [];
    for (const combination of tried.filter((each) => each.vendor === vendor))
      for (const said of await played(combination)) found.push({ said, ...named(combination) });
    expect(found).toEqual([]);
  });
});

test.each(taskIds)("of Adobe, whose manual forbids the CLI there, %s is refused", async (task) => {
  const { directory, env } = await layDown(projects.magento);
  const more = {
    custom: { command: "magento-cloud list" },
    "source-operation": { operation: "a" },
  };
  const of = task === "custom" || task === "source-operation" ? more[task] : {};
  const { failure } = await runSetup({ directory, env }, { task, ...of, yes: true });
  expect(failure).toMatchObject({
    parts: { what: "Nothing is set up in a project of Adobe Commerce on Cloud" },
  });
  const file = ".magento.app.yaml";
  expect(await readFile(join(directory, file), "utf8")).toBe(projects.magento[file]);
});

function named({ vendor, ...combination }: Combination) {
  return { vendor: vendor.id, ...combination };
}

/** A checkout, and what is in the environment of who works with it. */
interface Place {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Sets up, pushes, lets the cron run, and gives what is found afterwards and was not before. */
async function played(combination: Combination): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "machinist-silent-"));
  const directory = join(folder, "shop");
  await mkdir(directory);
  const sandbox = combination.online ? await openSandbox(combination) : undefined;
  try {
    await layDownRepository(directory);
    for (const [path, text] of Object.entries(filesBefore(combination)))
      await writeInto(directory, path, text);
    const place = { directory, env: environmentFor(combination, folder, sandbox) };
    const before = await allSaid(combination, place, sandbox);
    const token = await setUp(combination, place, sandbox);
    if (sandbox !== undefined) await deployed(combination, place, sandbox);
    const after = await allSaid(combination, place, sandbox, token);
    return [
      ...(await changedAgain(combination, place)),
      ...[...after].flatMap(([known, what]) => (before.has(known) ? [] : [what])),
    ];
  } finally {
    await sandbox?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A repository with the branches main and staging, whose remotes are the platform and a host. */
const layDownRepository = kept(async (directory) => {
  await layDownCheckout(directory, demoProjectId, { "README.md": "The shop\n" });
  const main = await readFile(join(directory, ".git/refs/heads/main"), "utf8");
  for (const ref of ["heads/staging", "remotes/origin/main", "remotes/origin/staging"])
    await writeInto(directory, `.git/refs/${ref}`, main);
  await writeInto(directory, ".git/refs/remotes/origin/HEAD", "ref: refs/remotes/origin/main\n");
});

async function writeInto(directory: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(directory, path)), { recursive: true });
  await writeFile(join(directory, path), text);
}

/** The shop of the sample, with this application's file as what runs. */
async function openSandbox(combination: Combination): Promise<Sandbox> {
  const files = filesBefore(combination);
  const apps = appsOfBranch(files);
  if ("file" in apps) throw new Error(apps.why);
  const projects = sample.projects.map((one) =>
    one.id === demoProjectId ? { ...one, files, apps } : one,
  );
  const activityMs = 1;
  const terms = { now: Date.now, activityMs, accessTokenMs: 900_000, faults: createFaults() };
  return startSandbox({ activityMs, contents: sampleStore(terms, 0, { ...sample, projects }) });
}

function environmentFor({ vendor }: Combination, folder: string, sandbox: Sandbox | undefined) {
  const { prefix, tokenEnv } = vendor;
  return {
    PATH: process.env["PATH"] ?? "",
    MACHINIST_HOME: join(folder, "state"),
    ...(sandbox === undefined
      ? {}
      : {
          MACHINIST_CONSOLE_URL: sandbox.consoleUrl,
          [`${prefix}API_BASE_URL`]: sandbox.apiUrl,
          [`${prefix}API_AUTH_URL`]: sandbox.authUrl,
          [tokenEnv]: sandbox.operatorToken,
        }),
  };
}

/** Runs setup. @returns the machine user's token, where there is one */
async function setUp(
  combination: Combination,
  place: Place,
  sandbox: Sandbox | undefined,
): Promise<string | undefined> {
  const { vendor, task, more, where, environment, guard } = combination;
  const asksApp = task === "source-operation" || (where === "cron" && task !== "checkout");
  const guarded = guard === undefined ? {} : { guard };
  const onBranch = guard === "type" ? {} : { branch: environment };
  const flags = {
    vendor: vendor.id,
    task,
    ...(asksApp ? appFlags(combination) : {}),
    ...more,
    ...guarded,
    yes: true,
  };
  if (sandbox === undefined) {
    await succeed(place, { ...flags, ...onBranch, offline: true });
    return undefined;
  }
  const email = `operator+shop-${task}@example.org`;
  if (!vendor.invites) {
    const said = await succeed(place, { ...flags, ...onBranch });
    const [, roles = ""] = /the least roles on the project: (.+) \(/u.exec(said) ?? [];
    const needsAdmin = roles.includes("admin");
    const [, app] = /--app-scope (\S+)/u.exec(said) ?? [];
    const variable = { name: vendor.tokenVariable, apps: app === undefined ? [] : [app] };
    return byHand({ email, environment, needsAdmin, variable }, sandbox);
  }
  const all = { ...flags, email, environment, ...(where === "cron" ? {} : { where }) };
  await succeed(place, { ...all, only: "machine-user" });
  const { token } = await sandbox.acceptInvitation(email);
  await succeed(place, all, token);
  return token;
}

/** Whether setup, asked for the same again, knows its own cron and leaves the file as it is. */
async function changedAgain(combination: Combination, place: Place): Promise<readonly string[]> {
  const {
    vendor,
    task,
    more,
    where,
    environment,
    guard,
    file: { path },
  } = combination;
  if (guard === undefined || where !== "cron") return [];
  const onBranch = guard === "type" ? {} : { branch: environment };
  const wished = { vendor: vendor.id, task, ...appFlags(combination), ...more, guard, ...onBranch };
  const flags = { ...wished, offline: true, yes: true };
  const file = join(place.directory, path);
  const text = await readFile(file, "utf8");
  await succeed(place, flags);
  return (await readFile(file, "utf8")) === text ? [] : ["a second setup changes the file"];
}

async function succeed(
  place: Place,
  flags: Readonly<Record<string, unknown>>,
  token?: string,
): Promise<string> {
  const { failure, out } = await runSetup(place, flags, token);
  if (failure !== undefined)
    throw new Error(`${JSON.stringify(flags)}\n${out}`, { cause: failure });
  return out;
}

/** What setup leaves to a person where the vendor takes no invitations from a program. */
async function byHand(
  {
    email,
    environment,
    needsAdmin,
    variable,
  }: {
    readonly email: string;
    readonly environment: Combination["environment"];
    readonly needsAdmin: boolean;
    readonly variable: { readonly name: string; readonly apps: readonly string[] };
  },
  sandbox: Sandbox,
): Promise<string> {
  const operator = await signIn(sandbox);
  const project = `/projects/${demoProjectId}`;
  const type = environment === "main" ? "production" : "staging";
  await operator.send("POST", `${project}/invitations`, {
    email,
    role: "viewer",
    permissions: needsAdmin ? [{ type, role: "admin" }] : [],
  });
  const { token } = await sandbox.acceptInvitation(email);
  await operator.send("POST", `${project}/environments/${environment}/variables`, {
    name: variable.name,
    application_scope: variable.apps,
    value: token,
    is_sensitive: true,
    is_inheritable: false,
    is_enabled: true,
    visible_build: false,
    visible_runtime: true,
  });
  return token;
}

/** Pushes the files to the environments, and has the crons run that call the CLI. */
async function deployed(
  combination: Combination,
  { directory }: Place,
  sandbox: Sandbox,
): Promise<void> {
  const { file, environment } = combination;
  await settled(sandbox);
  const text = await readFile(join(directory, file.path), "utf8");
  const files = { ...filesBefore(combination), [file.path]: text };
  for (const branch of ["main", "staging"]) sandbox.push(demoProjectId, branch, files);
  await settled(sandbox);
  const apps = appsOfBranch(files);
  const crons = "file" in apps ? [] : apps.flatMap((app) => Object.keys(app.crons));
  for (const cron of crons.filter((name) => name !== "mail"))
    expect(sandbox.runCron(demoProjectId, environment, cron)).toMatchObject({ result: "success" });
  await settled(sandbox);
}

/** Until nothing is under way. */
async function settled(sandbox: Sandbox): Promise<void> {
  const operator = await signIn(sandbox);
  for (;;) {
    const { body } = await operator.get(`/projects/${demoProjectId}/activities`);
    if (!/"state":"(?:pending|in_progress)"/u.test(JSON.stringify(body))) return;
    await pause(2);
  }
}

/** What the audit and verify say, known again by what it is about. */
async function allSaid(
  combination: Combination,
  place: Place,
  sandbox: Sandbox | undefined,
  token?: string,
): Promise<ReadonlyMap<string, string>> {
  const { vendor, environment } = combination;
  const given = token === undefined ? {} : { machineToken: new Secret(token) };
  const io = {
    out() {},
    err() {},
    env: place.env,
    signal: new AbortController().signal,
  };
  const audited = await openAudit(
    {
      ...readAuditOptions(
        { directory: place.directory },
        flagsOf("audit", { offline: sandbox === undefined }),
      ),
      vendor: token === undefined ? vendor : undefined,
      face: "flags",
      flags: [],
      ...given,
    },
    { ...io, document() {} },
  );
  const { findings, unread } = audited.verdict();
  await audited.close();
  const said = new Map<string, string>([
    ...findings.map(
      ({ fingerprint, rule, severity, message }) =>
        [fingerprint, `audit: ${severity} ${rule}: ${message}`] as const,
    ),
    ...unread.map(({ what, why }) => [what, `audit: not looked at: ${what}: ${why}`] as const),
  ]);
  if (sandbox === undefined) return said;
  let document = "";
  await verifyCommand(
    {
      ...verifyRequest(
        place.directory,
        flagsOf("verify", { environment, ...appFlags(combination) }),
      ),
      ...given,
    },
    {
      vendor: token === undefined ? vendor : undefined,
      face: "flags",
      yes: false,
      reasons: false,
      json: true,
      verbose: false,
      pollMs: 5,
      flags: [],
      wait: false,
    },
    { ...io, document: (text) => (document = text) },
  );
  const { checks } = v.parse(verification, JSON.parse(document));
  // No CI host is asked here: its secret and its runs are told as not looked at, which test/verify/ci.test.ts holds.
  for (const { state, sentence } of checks)
    if (state !== "ok" && !isOfCiHost(sentence))
      said.set(sentence, `verify: ${state}: ${sentence}`);
  return said;
}

function isOfCiHost(sentence: string): boolean {
  return /^the job .* in \S+, its secret and its runs: /u.test(sentence);
}

const verification = v.object({
  checks: v.array(v.object({ state: v.string(), sentence: v.string() })),
});
