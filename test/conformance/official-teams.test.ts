import { existsSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { signIn } from "../sandbox/client.ts";
import { binary, officialCli } from "./official-cli.ts";

test.runIf(existsSync(binary))("the official CLI makes a team, and lists it", async () => {
  const sandbox = await startSandbox({ activityMs: 0 });
  onTestFinished(() => sandbox.close());
  const upsun = await officialCli(sandbox);
  const organization = ["--org", "atelier-nord"];
  const roles = ["--role", "viewer", "--role", "production:contributor"];
  const label = "Night watch";
  const made = await upsun(["team:create", ...organization, "--label", label, ...roles, "--yes"]);
  expect(made.code).toBe(0);

  const plain = ["--format", "csv", "--no-header"];
  const listed = await upsun(["team:list", ...organization, ...plain, "--columns", "id,label"]);
  const [id = "", shown] = listed.out.trim().split(",");
  expect(shown).toBe(label);
  const operator = await signIn(sandbox);
  expect((await operator.get(`/teams/${id}`)).body).toMatchObject({
    label,
    project_permissions: ["viewer", "production:contributor"],
  });
});
