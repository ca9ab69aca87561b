import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ciFindings } from "./ci-findings.ts";
import { ciHost } from "./ci-host.ts";
import { runSetup } from "./run-setup.ts";
import { openShop, type Shop } from "./shop.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const email = "operator+shop-sync@example.org";
const sync = { task: "sync", environment: "staging", email, yes: true };
const hosts = {
  github: { program: "gh", file: ".github/workflows/machinist-sync.yml" },
  gitlab: { program: "glab", file: ".gitlab/machinist-sync.yml" },
} as const;
type System = keyof typeof hosts;

/** A shop on a host, with these files of CI, and what sets it up for a synchronisation with the account's token. */
async function openWith(where: System, files: Readonly<Record<string, string>>) {
  const shop = await openShop();
  const origin = `git@${where}.com:acme/shop.git`;
  execFileSync("git", ["-C", shop.directory, "remote", "add", "origin", origin]);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(shop.directory, path)), { recursive: true });
    await writeFile(join(shop.directory, path), text);
  }
  await runSetup(shop, { ...sync, only: "machine-user" });
  const { token } = await shop.sandbox.acceptInvitation(email);
  const host = await ciHost(shop, hosts[where].program);
  const at = { ...shop, env: host.env };
  const setUp = (more = {}) => runSetup(at, { ...sync, where, ...more }, token);
  return { shop, host, setUp, at };
}

/** A job that another account does its work in. */
const others: Readonly<Record<System, Readonly<Record<string, string>>>> = {
  github: {
    ".github/workflows/nightly.yml": `on: workflow_dispatch\npermissions: {}\njobs:\n  nightly:\n    runs-on: ubuntu-latest\n    timeout-minutes: 5\n    steps:\n      - run: platform backup:create --project abc --environment main --yes --wait\n        env:\n          PLATFORMSH_CLI_TOKEN: \${{ secrets.PLATFORMSH_CLI_TOKEN }}\n`,
  },
  gitlab: {
    ".gitlab-ci.yml":
      'nightly:\n  script:\n    - platform backup:create --project abc --environment main --yes --wait\n  rules:\n    - if: $CI_PIPELINE_SOURCE == "schedule"\n',
  },
};

async function written({ directory }: Shop, where: System): Promise<string> {
  return readFile(join(directory, hosts[where].file), "utf8");
}

describe.each(["github", "gitlab"] as const)("a second task on %s", (where) => {
  test("has a secret of its own, where another job has the usual one", async () => {
    const { shop, host, setUp } = await openWith(where, others[where]);
    const { failure, out } = await setUp();
    expect(failure).toBeUndefined();
    expect(out).toContain("PLATFORMSH_CLI_TOKEN is the token of the job nightly in ");
    const text = await written(shop, where);
    expect(text).toContain(
      where === "github"
        ? `PLATFORMSH_CLI_TOKEN: \${{ secrets.PLATFORMSH_CLI_TOKEN_SYNC }}`
        : 'export PLATFORMSH_CLI_TOKEN="$PLATFORMSH_CLI_TOKEN_SYNC"',
    );
    const set = (await host.calls()).filter((call) => / set | update /u.test(call));
    expect(set).toHaveLength(1);
    expect(set[0]).toContain("set PLATFORMSH_CLI_TOKEN_SYNC ");
    await setUp({ "if-set": "replace" });
    const last = (await host.calls()).filter((call) => / (?:set|update) /u.test(call)).at(-1);
    expect(last).toMatch(/(?:secret set|variable update) PLATFORMSH_CLI_TOKEN_SYNC /u);
    const ours = (await ciFindings(shop.directory)).filter((each) => each.includes("machinist"));
    expect(ours).toEqual([]);
  });

  test("keeps the name that its job says, whatever other jobs come", async () => {
    const { shop, host, setUp } = await openWith(where, {});
    await setUp();
    expect(await written(shop, where)).not.toContain("PLATFORMSH_CLI_TOKEN_SYNC");
    if (where === "github")
      for (const [path, text] of Object.entries(others.github))
        await writeFile(join(shop.directory, path), text);
    else {
      const pipeline = join(shop.directory, ".gitlab-ci.yml");
      const there = await readFile(pipeline, "utf8");
      await writeFile(pipeline, there + others.gitlab[".gitlab-ci.yml"]);
    }
    const { out } = await setUp({ "if-set": "replace" });
    expect(out).toContain("the job ");
    expect(out).toContain("PLATFORMSH_CLI_TOKEN is the token of the job nightly in ");
    expect(out).toContain("as well, which works as this account from then on");
    expect((await host.calls()).join("\n")).not.toContain("TOKEN_SYNC");
  });
});

test("a workflow that hands the secret to another workflow has it too", async () => {
  const { shop, setUp } = await openWith("github", {
    ".github/workflows/calls.yml": `on: push\njobs:\n  deploy:\n    uses: acme/ci/.github/workflows/deploy.yml@main\n    secrets:\n      token: \${{ secrets.PLATFORMSH_CLI_TOKEN }}\n`,
  });
  const { out } = await setUp();
  expect(out).toContain("PLATFORMSH_CLI_TOKEN is the token of .github/workflows/calls.yml");
  expect(await written(shop, "github")).toContain("secrets.PLATFORMSH_CLI_TOKEN_SYNC");
});

test("a secret that is there is no reason to go without the token of an account that is new", async () => {
  const { at, host } = await openWith("github", {});
  await host.answers("repos/acme/shop/actions/secrets", 200, {
    secrets: [{ name: "PLATFORMSH_CLI_TOKEN" }],
  });
  const another = { ...sync, where: "github", email: "operator+other@example.org" };
  const { failure, out } = await runSetup(at, another);
  expect(out).not.toContain("is left as it is");
  expect(failure).toMatchObject({ reason: "usage" });
  expect((await host.calls()).filter((call) => call.startsWith("secret "))).toEqual([]);
});
