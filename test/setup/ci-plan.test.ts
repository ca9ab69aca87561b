import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { setupProcedure } from "../../src/setup/steps/registry.ts";
import { ciHost } from "./ci-host.ts";
import { type Conversation, converse } from "./conversation.ts";
import { openShop, type Shop } from "./shop.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const email = "operator+shop-backup@example.org";
const program = { github: "gh", gitlab: "glab" } as const;

/** Plays the plan of a setup on a CI host to its end, as a person does who marks these items besides those that are. */
async function play(
  where: keyof typeof program,
  marking: readonly string[],
  signedIn = true,
): Promise<Conversation & { readonly shop: Shop }> {
  const shop = await openShop();
  const git = (...words: string[]) =>
    execFileSync("git", ["-C", shop.directory, ...words], { stdio: "pipe" });
  git("remote", "add", "origin", `git@${where}.com:acme/shop.git`);
  git("config", "user.name", "Jane");
  git("config", "user.email", "jane@example.org");
  git("config", "commit.gpgsign", "false");
  const host = await ciHost(shop, program[where], signedIn);
  const answers: Record<string, string> = { email };
  const played = await converse(
    setupProcedure,
    { directory: shop.directory, env: host.env },
    answers,
    {
      request: {
        given: { task: "backup", where, branch: "main", environment: "main" },
        ciSystem: { system: where, because: "as the remote origin says" },
      },
      plan: { marking },
      onQuestion: async ({ kind }) => {
        if (kind === "secret")
          answers["token"] = (await shop.sandbox.acceptInvitation(email)).token;
      },
    },
  );
  return { ...played, shop };
}

describe.each(["github", "gitlab"] as const)("the plan of a setup on %s", (where) => {
  test("is agreed to once, and done to its end without the daily look", async () => {
    const { plans, summary } = await play(where, []);
    expect(plans.map(({ headline }) => headline)).toEqual(["The plan. Nothing is done yet."]);
    const job = plans[0]?.items.find(({ step }) => step === "ci:backup");
    expect(job?.facts.join("\n")).toContain(
      where === "gitlab" ? "the variable MACHINIST_TASK=backup" : "on the default branch",
    );
    expect(summary.filter((line) => line.includes("the secret"))).toHaveLength(1);
    expect(summary.join("\n")).toContain("once the job has run, look whether it works:");
    expect(summary).toContain("· Daily look: it was not marked");
    expect(summary.join("\n")).not.toContain("MACHINIST_READER_TOKEN");
  });

  test("is agreed to once with the daily look and the commit, and tells what is left of both", async () => {
    const { plans, summary, shop } = await play(where, [
      "Daily look",
      "Commit the file",
      "Commit the files",
    ]);
    expect(plans).toHaveLength(1);
    expect(summary).not.toContain("Left out");
    const commit = plans[0]?.items.find(({ step }) => step === "commit");
    expect(commit).toMatchObject({ title: "Commit the files" });
    expect(commit?.facts.join("\n")).not.toContain("not known");
    const yours = summary.slice(summary.indexOf("Left to you")).join("\n");
    expect(yours).toContain("MACHINIST_READER_TOKEN");
    expect(yours).toContain("MACHINIST_PACKAGE");
    expect(yours.match(/schedule create/gu) ?? []).toHaveLength(where === "gitlab" ? 2 : 0);
    expect(yours.match(/push/gu)).toHaveLength(1);
    if (where === "gitlab")
      expect(await readFile(join(shop.directory, ".gitlab-ci.yml"), "utf8")).toBe(
        "include:\n  - local: .gitlab/machinist-backup.yml\n  - local: .gitlab/machinist-verify.yml\n",
      );
  });
});

test("what is left to the person is nowhere called there, and the end says why and where it is done", async () => {
  const { plans, summary } = await play("github", [], false);
  const [plan] = plans;
  expect(plan?.items.find(({ step }) => step === "ci-secret")).toMatchObject({
    kind: "by hand",
    title: "Secret",
    says: expect.stringContaining("left to you: set PLATFORMSH_CLI_TOKEN at https://github.com/"),
  });
  expect(summary.join("\n")).toMatch(/Left out\n· Secret: .*gh/u);
  expect(summary.join("\n")).toContain("1. set PLATFORMSH_CLI_TOKEN at https://github.com/");
});
