import { describe, expect, test } from "vitest";
import { parseApp } from "../../src/appfile/read.ts";
import { chooseEnvironment } from "../../src/audit/main-environment.ts";
import { rules } from "../../src/audit/registry.ts";
import type { AuditFacts, PlatformPart } from "../../src/audit/rule.ts";
import { unreadIn } from "../../src/audit/unread/of-project.ts";
import {
  isIncomplete,
  notAllowed,
  notNeeded,
  tokenNotGiven,
  unreadBranches,
  unreadCi,
  unreadLine,
  unreadWithoutPlatform,
} from "../../src/audit/unread.ts";
import { appLocation, factsOf } from "./app.ts";
import { repository } from "./ci.ts";
import { bot, calling, deployed, ownToken, project, runs, text } from "./project.ts";

const parts: readonly PlatformPart[] = [
  "variables",
  "projectVariables",
  "access",
  "deployment",
  "runs",
  "integrations",
  "settings",
  "machineUser",
  "operator",
];

const everything = {
  access: [bot(["admin"])],
  deployment: deployed(calling),
  runs,
  integrations: [],
  settings: { cronMinimumInterval: 5, productCode: undefined },
  machineUser: ownToken(["admin"]),
  operator: "op",
  readAt: new Date("2026-03-09T12:00:00Z"),
};

const app = parseApp(appLocation, text);

describe("what the audit doesn't look at", () => {
  test("says once what the account may not see, with what to do about it", () => {
    const { platform } = project(
      {},
      { ...everything, variables: notAllowed, projectVariables: notAllowed, access: notAllowed },
    ).facts;
    const [hidden, ...rest] = unreadIn(platform);
    expect(rest).toEqual([]);
    expect(hidden?.what).toBe(
      "the variables of main, the variables of the project and who has access to the project",
    );
    expect(hidden?.why).toBe(
      "this account may not read them; ask an admin of the project for the right, or sign in with the token of one",
    );
    expect(hidden?.rules).toContain("token-variable-exposed");
  });

  test("is told of the environments beyond those that are looked at, and of crons whose state isn't known", () => {
    const { platform } = project({}, everything).facts;
    const { environment } = platform;
    const { deploymentState: _state, ...silent } = environment;
    const previews = ["a", "b", "c", "d"].map((id) => ({ ...environment, id, isMain: false }));
    expect(unreadIn({ ...platform, leftOut: previews }).map(unreadLine)).toEqual([
      expect.stringMatching(
        /^4 of the environments that jobs run on: a, b, c and 1 more: no more/u,
      ),
    ]);
    expect(unreadIn({ ...platform, environment: silent }).map(unreadLine)).toEqual([
      "whether the crons of main run: the API doesn't say it (2 rules need it)",
    ]);
  });

  test("is told of environments that the answer of the API has no name for", () => {
    const { platform } = project({}, everything).facts;
    const [one, ...rest] = unreadIn({ ...platform, unnamed: 1 });
    expect(rest).toEqual([]);
    expect(one).toMatchObject({
      what: "1 environment of the project",
      why: "the API's answer has no name for it",
    });
    expect(one?.rules).toEqual(
      expect.arrayContaining(["token-variable-missing", "cron-guard-not-default-branch"]),
    );
    expect(unreadIn({ ...platform, unnamed: 2 }).map(({ what }) => what)).toEqual([
      "2 environments of the project",
    ]);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))(
    "%s asks for no part of the project that it doesn't name",
    (_, rule) => {
      const asked = new Set<PlatformPart>();
      const { platform } = project({}, everything).facts;
      const watched = new Proxy(platform, {
        get(target, name, receiver) {
          const part = parts.find((one) => one === name);
          if (part !== undefined) asked.add(part);
          return Reflect.get(target, name, receiver);
        },
      });
      const facts: AuditFacts = { app, platform: watched };
      rule.check(facts);
      const named = new Set<PlatformPart>(rule.reads ?? []);
      expect([...asked].filter((part) => !named.has(part))).toEqual([]);
    },
  );

  test.each(parts)("is told when %s couldn't be read, with the rules that it costs", (part) => {
    const why = "the API failed";
    const { platform } = project({}, { ...everything, [part]: { kind: "unread", why } }).facts;
    const [told, ...others] = unreadIn(platform);
    expect(others).toEqual([]);
    expect(told).toMatchObject({ why, byChoice: false });
    expect(told?.rules).toEqual(
      rules.filter(({ reads = [] }) => reads.includes(part)).map(({ id }) => id),
    );
    expect(told?.rules).not.toEqual([]);
  });

  test("is no more than what was asked for: what nothing needs isn't told", () => {
    const { platform } = project({}, { ...everything, runs: notNeeded }).facts;
    expect(unreadIn(platform)).toEqual([]);
  });

  test("is the person's choice when the machine user's token wasn't given, and offline", () => {
    const { platform } = project({}, { ...everything, machineUser: tokenNotGiven }).facts;
    expect(unreadIn(platform)).toMatchObject([{ byChoice: true, why: "its token wasn't given" }]);
    expect(unreadWithoutPlatform("offline", true)).toMatchObject([
      { byChoice: true, rules: expect.arrayContaining(["cron-guard-not-default-branch"]) },
    ]);
  });

  test("is told of branches that a repository doesn't tell, with the rule that it costs", () => {
    const production = { kind: "unknown" } as const;
    expect(unreadBranches({ production })).toEqual([]);
    expect(unreadBranches({ production, isPart: true })).toMatchObject([
      { what: "the branches that weren't fetched", byChoice: true },
    ]);
    expect(
      unreadBranches({ production, branchesUnread: "It is a named pipe, not a file" }),
    ).toEqual([
      {
        what: "the branches of the repository",
        why: "It is a named pipe, not a file",
        rules: ["cron-guard-branch-gone"],
        byChoice: false,
      },
    ]);
  });

  test("is told in one line", () => {
    expect(unreadLine({ what: "the variables of main", why: "forbidden", rules: ["a"] })).toBe(
      "the variables of main: forbidden (1 rule needs it)",
    );
  });
});

test("an environment whose type isn't known is never called missing", () => {
  const { environment } = project({}).facts.platform;
  const unsure = { ...environment, id: "live", type: undefined, isMain: undefined };
  const chosen = (...all: (typeof unsure | typeof environment)[]) =>
    chooseEnvironment(all, undefined);
  expect(() => chosen(unsure)).toThrow(
    "Which environment is production isn't known: the API names no known type for live",
  );
  expect(() => chosen({ ...unsure, type: "staging" })).toThrow(
    "This account sees no production environment",
  );
  expect(chosen(unsure, environment)).toBe(environment);
});

test("an audit is incomplete where a part couldn't be read or a script can't be followed", () => {
  const part = { what: "the variables of main", why: "forbidden", rules: [] };
  const byNeed = { ...part, byChoice: false };
  const byChoice = { ...part, byChoice: true };
  const stopped = { rule: "script-not-followed" };
  expect(isIncomplete({ findings: [], unread: [byNeed] })).toBe(true);
  expect(isIncomplete({ findings: [stopped], unread: [] })).toBe(true);
  expect(isIncomplete({ findings: [{ rule: "cli-unused" }], unread: [byChoice] })).toBe(false);
});

describe("a script of CI that is nested too deep to be read to its end", () => {
  const nested = (call: string) => [
    ...Array.from({ length: 500 }, () => "if true; then"),
    call,
    ...Array.from({ length: 500 }, () => "fi"),
  ];
  const job = (...lines: readonly string[]) =>
    [
      "on: push",
      "jobs:",
      "  night:",
      "    runs-on: ubuntu-24.04",
      "    steps:",
      "      - run: |",
      ...lines.map((line) => `          ${line}`),
      "",
    ].join("\n");
  const unreadOf = (files: Readonly<Record<string, string>>) => {
    const { ci } = factsOf(repository(files));
    return ci === undefined ? [] : unreadCi(ci).map(({ what, why }) => `${what}: ${why}`);
  };

  test("is told where it names the CLI, whether a step has it or calls it", () => {
    const why = "the script is too intricate to follow";
    const path = ".github/workflows/w.yml";
    expect(unreadOf({ [path]: job(...nested("platform redeploy")) })).toEqual([
      `step 1 of the job night in ${path}: ${why}`,
    ]);
    expect(
      unreadOf({ [path]: job("sh ci.sh"), "ci.sh": nested("platform redeploy").join("\n") }),
    ).toEqual([`ci.sh, which step 1 of the job night in ${path} calls: ${why}`]);
  });

  test("is beside the point where it has nothing to do with the CLI", () => {
    expect(unreadOf({ ".github/workflows/w.yml": job(...nested("make")) })).toEqual([]);
  });
});
