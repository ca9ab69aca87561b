import { describe, expect, test } from "vitest";
import { flagsOf } from "../../src/commands/command.ts";
import { setupRequest } from "../../src/commands/setup/run.ts";
import { Failure } from "../../src/failure.ts";

const request = (flags: Record<string, unknown>) => setupRequest("/shop", flagsOf("setup", flags));

describe("the flags of setup", () => {
  test("set up all five parts when none is named", () => {
    expect(request({}).only).toEqual(["machine-user", "token", "variable", "installer", "cron"]);
  });

  test("set up what lives in the file when offline", () => {
    expect(request({ offline: true }).only).toEqual(["installer", "cron"]);
  });

  test("keep the order of the parts, however they are named", () => {
    expect(request({ only: "cron, installer" }).only).toEqual(["installer", "cron"]);
  });

  test("take a version with or without its v", () => {
    expect(request({ cliVersion: "v5.11.0" }).cliVersion).toBe("5.11.0");
  });

  test.each([
    [{ only: "cron,crons" }, "--only"],
    [{ only: "token", offline: true }, "--offline"],
    [{ installer: "brew" }, "--installer"],
    [{ cliVersion: "5.11.0", installer: "php" }, "--cli-version"],
    [{ operation: "update", task: "backup" }, "--operation"],
    [{ command: "date", task: "backup,sync" }, "--command"],
    [{ live: true, task: "sync" }, "--live"],
    [{ schedule: ["0 5 * * *"], task: "checkout" }, "--schedule"],
    [{ schedule: ["sync=0 5 * * *"], task: "backup" }, "--schedule"],
    [{ cronName: ["sync=night"], task: "backup" }, "--cron-name"],
    [{ ifSet: "replace", offline: true }, "--if-set"],
    [{ changeRole: true, offline: true }, "--change-role"],
    [{ machineTokenStdin: true, offline: true }, "--machine-token-stdin"],
    [{ machineTokenStdin: true, only: "cron" }, "--machine-token-stdin"],
  ])("refuse %j and name the flag", (flags, where) => {
    const attempt = () => request(flags);
    expect(attempt).toThrow(Failure);
    try {
      attempt();
    } catch (error) {
      expect(error).toMatchObject({ reason: "usage", parts: { where } });
    }
  });
});
