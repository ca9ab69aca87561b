import { describe, expect, test } from "vitest";
import type { PlatformFacts } from "../../src/audit/rule.ts";
import type { VariableFlags } from "../../src/platform/variables.ts";
import { vendors } from "../../src/platform/vendors.ts";
import { findingsIn, withCron } from "./app.ts";

const right: VariableFlags = {
  sensitive: true,
  enabled: true,
  inheritable: false,
  visibleAtBuild: false,
  visibleAtRuntime: true,
  applicationScope: [],
};

function withVariable(flags: VariableFlags): PlatformFacts {
  return {
    project: {
      id: "abcdefghijklm",
      title: "Shop",
      defaultBranch: "main",
      region: "eu-3.platform.sh",
      organization: undefined,
      timezone: "UTC",
    },
    environment: {
      id: "main",
      title: "Main",
      type: "production",
      status: "active",
      isMain: true,
      operations: [],
    },
    variables: [{ name: "env:PLATFORMSH_CLI_TOKEN", flags, inherited: false }],
    projectVariables: [],
    vendor: vendors.platformsh,
  };
}

const text = withCron('[ "$PLATFORM_BRANCH" = main ] || exit 0', "platform backup:create --yes -W");
const found = (flags: VariableFlags) =>
  findingsIn(text, { platform: withVariable(flags) }).filter(
    ({ rule }) => rule === "token-variable-exposed",
  );

describe("token-variable-exposed", () => {
  test("finds nothing in a variable that is set as it should be", () => {
    expect(found(right)).toEqual([]);
  });

  test.each([
    ["previews inherit it", { inheritable: true }],
    ["its value can be read back", { sensitive: false }],
    ["builds can read it", { visibleAtBuild: true }],
  ])("finds that %s, and puts it right without losing the value", (_what, wrong) => {
    const [finding] = found({ ...right, ...wrong });
    expect(finding?.location).toMatchObject({ kind: "resource" });
    expect(finding?.fix?.()).toMatchObject({
      kind: "changes",
      changes: [{ kind: "variable-update", name: "env:PLATFORMSH_CLI_TOKEN", after: right }],
    });
    expect(JSON.stringify([finding, finding?.fix?.()])).not.toContain('"value"');
  });

  test("is not looked for without the API", () => {
    expect(findingsIn(text).map(({ rule }) => rule)).not.toContain("token-variable-exposed");
  });
});
