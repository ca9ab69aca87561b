import { expect, test } from "vitest";
import { parseApp } from "../../src/appfile/read.ts";
import { noConfiguration } from "../../src/audit/configuration.ts";
import type { Finding } from "../../src/audit/finding.ts";
import { findingsOf, type Subject } from "../../src/audit/subject.ts";
import { unreadApps } from "../../src/audit/unread.ts";
import { known } from "../../src/fact.ts";
import { Failure } from "../../src/failure.ts";
import { reportOnProject } from "../../src/report/of-project.ts";
import { ofPlatformsh } from "../vendors/detected.ts";
import { appLocation, guarded, secret } from "./app.ts";
import { jobLines, workflow } from "./ci.ts";
import { bot, deployed, idle, ownToken, project, ran, runs, withCrons } from "./project.ts";

const backup = "platform backup:create --yes --no-wait";
const invite = "platform user:add jane@example.org --yes --no-wait";

/** An app with one cron, `job`, that runs this line on main. */
function subject(name: string, line: string): Subject {
  const location = {
    ...appLocation,
    file: `/shop/${name}/.platform.app.yaml`,
    shown: `${name}/.platform.app.yaml`,
    name,
  };
  const text = guarded(line).replace("name: shop", `name: ${name}`);
  return { kind: "read", app: parseApp(location, text), beside: {} };
}

function found(
  subjects: readonly Subject[],
  { facts }: ReturnType<typeof project>,
  rule: string,
): readonly Finding[] {
  return findingsOf(subjects, facts).filter((finding) => finding.rule === rule);
}

/** The facts of a repository with one workflow that has these steps. */
function inWorkflow(...steps: readonly string[]) {
  const example = workflow(...jobLines("workflow_dispatch", steps));
  return typeof example === "string" ? {} : example.facts;
}

const planned = (findings: readonly Finding[]) => findings.map(({ fix }) => fix?.());

const admin = project({}, { machineUser: ownToken(["admin"]), access: [bot(["admin"])] });

test("what the platform lacks is found for an app that isn't the first", () => {
  const [first, second] = [subject("blog", "date"), subject("shop", backup)];
  const facts = project({}, { variables: [] });
  expect(found([first], facts, "token-variable-missing")).toEqual([]);
  expect(found([first, second], facts, "token-variable-missing")).toHaveLength(1);
});

test("what every app would find about a variable is told once", () => {
  const subjects = [subject("blog", backup), subject("shop", backup)];
  const facts = project({ inheritable: true, enabled: false });
  expect(found(subjects, facts, "token-variable-exposed")).toHaveLength(1);
  expect(found(subjects, facts, "token-variable-missing")).toHaveLength(1);
});

test("two apps that do the same to one environment in the same minute are told of it, on the second one", () => {
  const twice = findingsOf([subject("blog", backup), subject("shop", backup)]);
  expect(twice.filter(({ rule }) => rule === "cron-same-minute")).toMatchObject([
    {
      message: "job starts in the same minute as job of the app blog, and either may come first",
      location: { file: "shop/.platform.app.yaml" },
    },
  ]);
  const apart = findingsOf([subject("blog", invite), subject("shop", backup)]);
  expect(apart.filter(({ rule }) => rule === "cron-same-minute")).toEqual([]);
});

test.each([
  ["at the same hour of two timezones", "0 5 * * *", "Europe/Paris", false],
  ["at one time that two timezones call by other names", "0 6 * * *", "Europe/Paris", true],
  ["at one time in the summer alone", "0 7 * * *", "Europe/Paris", true],
  ["at one time but for the minutes", "30 10 * * *", "Asia/Kolkata", true],
  ["at one time of a timezone that isn't known", "0 5 * * *", "Mars/Olympus", true],
])("two apps whose crons start %s", (_what, spec, timezone, isTogether) => {
  const other = subject("shop", backup);
  if (other.kind !== "read") throw new Error("the app can't be read");
  const { location, text } = other.app;
  const there = text
    .replace("0 5 * * *", spec)
    .replace("name: shop", `name: shop\ntimezone: ${timezone}`);
  const app = parseApp(location, there);
  const found = findingsOf([subject("blog", backup), { ...other, app }]);
  expect(found.some(({ rule }) => rule === "cron-same-minute")).toBe(isTogether);
});

test("what an app has in common with others that aren't looked at is found all the same", () => {
  const [blog, shop] = [subject("blog", backup), subject("shop", backup)];
  if (blog.kind !== "read") throw new Error("the app can't be read");
  const { facts } = project({}, { runs: [ran("failure")] });
  const found = findingsOf([shop], { ...facts, neighbours: [blog.app] });
  expect(found.find(({ rule }) => rule === "cron-same-minute")?.message).toBe(
    "job starts in the same minute as job of the app blog, and either may come first",
  );
  expect(found.find(({ rule }) => rule === "cron-failing")).toMatchObject({
    confidence: "low",
    message: expect.stringContaining("unless that of another app did"),
  });
  expect(
    found.every(({ location }) => location.kind !== "file" || !location.file.startsWith("blog")),
  ).toBe(true);
});

test("no source operation is called unknown where an app can't be read, which may have it", () => {
  const one = subject("shop", "platform source-operation:run update --yes --no-wait");
  const failure = new Failure("uneditable", { what: "A bracket isn't closed" });
  const unreadable = { kind: "unreadable", location: appLocation, failure } as const;
  const unknownIn = (...subjects: readonly Subject[]) =>
    findingsOf(subjects, { hasEveryApp: true }).filter(
      ({ rule }) => rule === "source-operation-unknown",
    );
  expect(unknownIn(one)).toHaveLength(1);
  expect(unknownIn(one, unreadable)).toEqual([]);
});

test("crons of two apps that are paused are told as one finding", () => {
  const subjects = [subject("blog", backup), subject("shop", backup)];
  expect(found(subjects, withCrons("paused"), "crons-not-running")).toHaveLength(1);
});

test("a machine user is taken for too strong only by what all apps need", () => {
  const [blog, shop] = [subject("blog", "platform activity:list"), subject("shop", backup)];
  const alone = found([blog], admin, "machine-user-too-strong");
  expect(planned(alone)).toMatchObject([{ changes: [{ after: ["viewer"] }] }]);
  const both = found([blog, shop], admin, "machine-user-too-strong");
  expect(planned(both)).toMatchObject([{ changes: [{ after: ["viewer", "production:admin"] }] }]);
  const needed = found([blog, shop, subject("staff", invite)], admin, "machine-user-too-strong");
  expect(needed).toEqual([]);
});

test("a machine user is taken for too strong only by what jobs of CI need as well, whichever app is looked at", () => {
  const inCi = (...lines: readonly string[]) => {
    return { ...admin, facts: { ...admin.facts, ...inWorkflow(...lines) } };
  };
  const [blog, shop] = [subject("blog", "date"), subject("shop", backup)];
  const strong = (facts: ReturnType<typeof project>) =>
    found([blog, shop], facts, "machine-user-too-strong");
  const main = "--project abcdefghijklm --environment main";
  expect(strong(inCi(`- run: platform backup:list ${main}`))).toHaveLength(1);
  expect(strong(inCi(`- run: ${invite} ${main}`))).toEqual([]);
  expect(
    strong(inCi("- uses: ./.github/actions/gone", `- run: platform backup:list ${main}`)),
  ).toEqual([]);
});

test("what is wrong in the CI of a repository is told once for its apps", () => {
  const facts = inWorkflow("- run: platform login");
  const subjects = [subject("blog", backup), subject("shop", backup)];
  const told = findingsOf(subjects, facts).filter(({ rule }) => rule === "ci-login");
  expect(told).toHaveLength(1);
});

test("what is wrong in a repository is told where none of its apps can be read", () => {
  const why = "Nested mappings are not allowed in compact mappings";
  const failure = new Failure("uneditable", { what: "The file can't be read", why });
  const closed: Subject = { kind: "unreadable", location: appLocation, failure };
  const env = { file: "/shop/.env", shown: ".env", text: `PLATFORMSH_CLI_TOKEN=${secret}\n` };
  const facts = { ...inWorkflow("- run: platform login"), withTokens: known([env]) };
  const rulesIn = (subjects: readonly Subject[]) =>
    findingsOf(subjects, facts).map(({ rule }) => rule);
  expect(rulesIn([closed])).toEqual(
    expect.arrayContaining(["file-unreadable", "ci-login", "token-in-repository"]),
  );
  const both = rulesIn([closed, subject("shop", backup)]);
  for (const rule of ["ci-login", "token-in-repository"])
    expect(both.filter((each) => each === rule)).toHaveLength(1);
  const [unread, ...others] = unreadApps([closed, subject("shop", backup)]);
  expect(others).toEqual([]);
  expect(unread).toMatchObject({ what: ".platform.app.yaml", why, byChoice: false });
  expect(unread?.rules).toContain("cron-guard-missing");
  expect(unread?.rules).toContain("ci-doubles-cron");
  expect(unread?.rules).not.toContain("ci-login");
});

test("an app that wasn't read counts as it is deployed", () => {
  const running = (command: string) =>
    deployed(idle, {
      ...idle,
      name: "staff",
      crons: [{ name: "job", spec: "0 5 * * *", command }],
    });
  const strong = (command: string) =>
    found(
      [subject("shop", backup)],
      project({}, { runs, access: [bot(["admin"])], deployment: running(command) }),
      "machine-user-too-strong",
    );
  expect(strong("date")).toHaveLength(1);
  expect(strong(invite)).toEqual([]);
  expect(strong("bash bin/unknown.sh")).toEqual([]);
});

test("a run that failed may be that of another app with a cron of this name", () => {
  const failed = runs.map((run) => ({ ...run, result: "failure" }));
  const facts = project({}, { runs: failed });
  const [blog, shop] = [subject("blog", backup), subject("shop", backup)];
  expect(found([shop], facts, "cron-failing")).toMatchObject([{ confidence: "medium" }]);
  expect(found([blog, shop], facts, "cron-failing")).toMatchObject([
    { confidence: "low" },
    { confidence: "low" },
  ]);
});

test("the audit of many projects looks at every app of a project with what the API says", () => {
  const { facts } = project({ inheritable: true }, { variables: [] });
  const { rules, counts } = reported([subject("blog", "date"), subject("shop", backup)], facts);
  expect(rules).toContain("token-variable-missing");
  expect(counts.error).toBe(1);
});

function reported(subjects: readonly Subject[], facts: ReturnType<typeof project>["facts"]) {
  const { id } = facts.platform.project;
  const reading = {
    kind: "read",
    facts: facts.platform,
    subjects,
    vendor: ofPlatformsh,
    project: { id },
    requests: 0,
  };
  const { findings, counts } = reportOnProject({ ...reading, kind: "read" }, noConfiguration);
  return { rules: findings.map(({ rule }) => rule), counts };
}
