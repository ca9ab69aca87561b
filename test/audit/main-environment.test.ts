import { describe, expect, onTestFinished, test } from "vitest";
import { readPlatform } from "../../src/audit/platform-facts.ts";
import { unreadIn } from "../../src/audit/unread/of-project.ts";
import { tokenNotGiven } from "../../src/audit/unread.ts";
import { type Fact, known } from "../../src/fact.ts";
import { ApiFailure } from "../../src/platform/api-failure.ts";
import { type Connection, connect } from "../../src/platform/connection.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { vendors } from "../../src/vendors/registry.ts";

const project = `/projects/${demoProjectId}`;

/** What becomes of an answer: another one, or a failure. */
type Change = (answer: unknown) => unknown;

const refused: Change = () => {
  throw new ApiFailure("api", { what: "The API has a problem" }, 500);
};

const forbidden: Change = () => {
  throw new ApiFailure("api", { what: "This account may not do that" }, 403);
};

/** The sample project as the audit reads it where the API answers otherwise at some paths. */
async function read(changes: Readonly<Record<string, Change>>, environment?: string) {
  const sandbox = await startSandbox();
  const { apiUrl: api, authUrl: auth, consoleUrl: console } = sandbox;
  const token = new Secret(sandbox.operatorToken);
  const sound = connect({ addresses: { api, auth, console }, token });
  onTestFinished(async () => {
    await sound.close();
    await sandbox.close();
  });
  const odd: Connection = {
    ...sound,
    get: (path, parse) => {
      const change = changes[path];
      return sound.get(path, (answer) => parse(change === undefined ? answer : change(answer)));
    },
  };
  const wanted = { jobs: [], pushes: false };
  return readPlatform(odd, vendors.platformsh, demoProjectId, environment, wanted);
}

function told(facts: Awaited<ReturnType<typeof read>>) {
  const unread = unreadIn({ ...facts, machineUser: tokenNotGiven, operator: known("op") });
  return unread.flatMap(({ what, byChoice }) => (byChoice ? [] : what));
}

function isKnown({ kind }: Fact<unknown>): boolean {
  return kind === "known";
}

function nameless(names: Readonly<Record<string, unknown>>): Change {
  return (answer) =>
    (Array.isArray(answer) ? answer : []).map((one: { readonly name: string }) =>
      one.name === "main" ? { ...one, id: undefined, name: undefined, ...names } : one,
    );
}

describe("production is looked at", () => {
  test.each([
    ["has neither id nor name", {}],
    ["has null for both", { id: null, name: null }],
    ["has an empty text for both", { id: "", name: "" }],
  ])("where its entry in the list %s", async (_what, names) => {
    const facts = await read({ [`${project}/environments`]: nameless(names) });
    expect(facts.environment).toMatchObject({ id: "main", type: "production", isMain: true });
    expect(facts.environments?.map(({ id }) => id)).toEqual([
      "main",
      "staging",
      "feature/checkout",
    ]);
    expect([facts.variables, facts.deployment, facts.runs].every(isKnown)).toBe(true);
    expect(told(facts)).toEqual([]);
  });

  test.each([
    { id: "main", name: null },
    { id: null, name: "main" },
  ])("as what it is where its entry has one of the two: %j", async (names) => {
    const facts = await read({ [`${project}/environments`]: nameless(names) });
    expect(facts.environment).toMatchObject({ id: "main", title: "Main" });
    expect(told(facts)).toEqual([]);
  });

  test.each<[string, Change]>([
    ["is refused", refused],
    ["is forbidden", forbidden],
    ["is null", () => null],
    ["is empty", () => []],
    ["is no list", () => ({ status: "odd" })],
    [
      "lacks it",
      (answer) => (Array.isArray(answer) ? answer.filter(({ id }) => id !== "main") : []),
    ],
  ])("where the list of environments %s", async (_what, change) => {
    const facts = await read({ [`${project}/environments`]: change });
    expect(facts.environment).toMatchObject({ id: "main", type: "production", isMain: true });
    expect(facts.environments?.map(({ id }) => id)).toContain("main");
    expect([facts.variables, facts.deployment, facts.runs].every(isKnown)).toBe(true);
    expect(told(facts)).toEqual(["the list of the project's environments"]);
  });

  test("where another entry has no name either, which is told", async () => {
    const facts = await read({
      [`${project}/environments`]: (answer) =>
        (Array.isArray(answer) ? answer : []).map(({ id, name, ...one }) =>
          id === "staging" ? { id, name, ...one } : one,
        ),
    });
    expect(facts.environment).toMatchObject({ id: "main" });
    expect(told(facts)).toEqual(["1 environment of the project"]);
  });

  test("as far as its parts are read where it can't be read itself", async () => {
    const facts = await read({
      [`${project}/environments`]: nameless({}),
      [`${project}/environments/main`]: refused,
    });
    expect(facts.environment).toMatchObject({ id: "main", type: undefined, isMain: true });
    expect([facts.variables, facts.deployment, facts.runs].every(isKnown)).toBe(true);
    expect(told(facts)).toEqual(["the environment main itself", "1 environment of the project"]);
  });

  test.each<[string, Change]>([
    ["refused", refused],
    ["forbidden", forbidden],
    ["null", () => null],
    ["another thing", () => ({ status: "odd" })],
  ])("where the project itself is %s", async (_what, change) => {
    const facts = await read({ [project]: change });
    expect(facts.project).toMatchObject({ id: demoProjectId, defaultBranch: "main" });
    expect(facts.environment).toMatchObject({ id: "main" });
    expect(told(facts)).toEqual(["the project itself"]);
  });
});

test("where nothing says which environment is production, the reading ends with the reason", async () => {
  const unsaid = { [project]: () => ({ id: demoProjectId, default_branch: null }) };
  await expect(read({ ...unsaid, [`${project}/environments`]: nameless({}) })).rejects.toThrow(
    "This account sees no production environment",
  );
  await expect(read({ ...unsaid, [`${project}/environments`]: refused })).rejects.toThrow(
    "The API has a problem",
  );
  await expect(
    read({ [project]: forbidden, [`${project}/environments`]: refused }),
  ).rejects.toBeInstanceOf(ApiFailure);
});

test("an environment that was named is asked for where the list can't tell it, and refused where there is none", async () => {
  const facts = await read({ [`${project}/environments`]: refused }, "staging");
  expect(facts.environment).toMatchObject({ id: "staging", type: "staging", isMain: false });
  await expect(read({ [`${project}/environments`]: refused }, "elsewhere")).rejects.toBeInstanceOf(
    ApiFailure,
  );
  await expect(read({}, "elsewhere")).rejects.toThrow("There is no environment elsewhere");
});
