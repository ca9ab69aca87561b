import { describe, expect, test } from "vitest";
import type { HostAnswer, HostProgram } from "../../src/cihost/host.ts";
import { secretStore } from "../../src/cihost/secret-store.ts";
import { Failure, UnclearFailure } from "../../src/failure.ts";
import { Secret } from "../../src/secret.ts";

const place = { host: "github.com", repository: "acme/shop", name: "A_TOKEN" };

/** A host that answers some paths, by what they begin with, and refuses all else. */
function hostOf(answers: Readonly<Record<string, HostAnswer>>): HostProgram {
  return {
    name: "a program",
    run: async () => {
      throw new Failure("unexpected", { what: "it could not be run", why: "it took too long" });
    },
    ask: async (path) =>
      Object.entries(answers).find(([beginning]) => path.startsWith(beginning))?.[1] ?? {
        status: 403,
        json: {},
      },
  };
}

const listed = (...names: readonly string[]): HostAnswer => ({
  status: 200,
  json: { secrets: names.map((name) => ({ name, updated_at: "2026-01-01T00:00:00Z" })) },
});

describe.each(["github", "gitlab"] as const)("on %s", (system) => {
  test("what a program that was ended has done isn't known", async () => {
    const store = secretStore(hostOf({}), system);
    const at = { ...place, system };
    await expect(store.set(at, new Secret("a-token-of-it"), false)).rejects.toBeInstanceOf(
      UnclearFailure,
    );
    await expect(store.remove(at)).rejects.toBeInstanceOf(UnclearFailure);
  });
});

test("a secret of the repository doesn't stand for one of the environment that can't be seen", async () => {
  const store = secretStore(
    hostOf({ "repos/acme/shop/actions/secrets": listed("A_TOKEN") }),
    "github",
  );
  const at = { ...place, system: "github" } as const;
  expect(await store.reaching(at, undefined)).toMatchObject({ kind: "known" });
  expect(await store.reaching(at, "production")).toMatchObject({ kind: "unread" });
});

test("a variable of GitLab that some environments have isn't one that the job surely gets", async () => {
  const found = (scope: string | undefined) =>
    secretStore(
      hostOf({
        "projects/acme%2Fshop/variables": {
          status: 200,
          json: [{ key: "A_TOKEN", environment_scope: scope }],
        },
      }),
      "gitlab",
    ).find({ ...place, system: "gitlab" });
  expect(await found(undefined)).toMatchObject({ kind: "known" });
  expect(await found("*")).toMatchObject({ kind: "known" });
  expect(await found("staging")).toMatchObject({ kind: "unread" });
});
