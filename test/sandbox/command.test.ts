import { expect, test } from "vitest";
import { sandbox } from "../../src/commands/sandbox/command.ts";
import { processIo } from "../../src/commands/terminal/io.ts";
import { runningCommand } from "./running-command.ts";

test.each(["PLATFORMSH_CLI_", "UPSUN_CLI_"])("what it exports as %s… signs in", async (prefix) => {
  const { exported } = await runningCommand();
  const response = await fetch(`${exported.get(`${prefix}API_AUTH_URL`)}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "api_token",
      api_token: exported.get(`${prefix}TOKEN`) ?? "",
    }),
  });
  expect(response.status).toBe(200);
  expect(exported.get(`${prefix}API_BASE_URL`)).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test("it serves until it is interrupted", async () => {
  const { exported, end } = await runningCommand();
  const address = `${exported.get("UPSUN_CLI_API_BASE_URL")}/ssh/authority`;
  expect((await fetch(address)).status).toBe(200);
  await end();
  await expect(fetch(address)).rejects.toThrow("fetch failed");
});

test.each([
  ["port", "80.5"],
  ["port", "-1"],
  ["port", "65536"],
  ["port", ""],
  ["projects", "many"],
  ["projects", "100001"],
  ["latency", "-5"],
])("--%s %s is wrong usage", async (flag, value) => {
  const run = sandbox.run(
    [],
    { [flag]: value },
    processIo({ signal: new AbortController().signal }),
  );
  await expect(run).rejects.toMatchObject({ reason: "usage", parts: { where: `--${flag}` } });
});
