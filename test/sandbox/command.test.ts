import { expect, onTestFinished, test } from "vitest";
import { processIo } from "../../src/commands/io.ts";
import { sandbox, sandboxCommand } from "../../src/commands/sandbox.ts";

/** Starts the command, and gives what it exports once it has said everything. */
async function running(): Promise<{ exported: Map<string, string>; end(): Promise<void> }> {
  const exported = new Map<string, string>();
  const interruption = new AbortController();
  let ended = Promise.resolve();
  await new Promise<void>((resolve) => {
    ended = sandboxCommand({
      port: 0,
      projects: 0,
      latencyMs: 0,
      signal: interruption.signal,
      out: (line) => {
        const [, name, value] = /^ *export (\w+)=(\S+)$/.exec(line) ?? [];
        if (name !== undefined && value !== undefined) exported.set(name, value);
        if (line.includes("machine@example.org")) resolve();
      },
    });
  });
  const end = () => {
    interruption.abort();
    return ended;
  };
  onTestFinished(end);
  return { exported, end };
}

test.each(["PLATFORMSH_CLI_", "UPSUN_CLI_"])("what it exports as %s… signs in", async (prefix) => {
  const { exported } = await running();
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
  const { exported, end } = await running();
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
  const run = sandbox.run({
    positionals: [],
    flags: { [flag]: value },
    vendor: "platformsh",
    accessible: false,
    verbose: false,
    io: processIo(new AbortController().signal),
  });
  await expect(run).rejects.toMatchObject({ reason: "usage", parts: { where: `--${flag}` } });
});
