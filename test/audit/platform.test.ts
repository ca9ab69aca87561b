import { describe, expect, test } from "vitest";
import type { VariableFlags } from "../../src/platform/variables.ts";
import { findingsIn, withCron } from "./app.ts";
import { project, asItShouldBe as right } from "./project.ts";

const text = withCron('[ "$PLATFORM_BRANCH" = main ] || exit 0', "platform backup:create --yes -W");
const found = (flags: VariableFlags) =>
  findingsIn(text, project(flags).facts).filter(({ rule }) => rule === "token-variable-exposed");

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
