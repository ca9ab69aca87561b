import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { opaque, readCiScript, withoutExpressions } from "../../src/shell/ci-script.ts";

const shells = {
  "bash -e": { errexit: true, pipefail: false },
  "bash -eo pipefail": { errexit: true, pipefail: true },
} as const;

/** Whether bash itself ends with a failure where the CLI, the one call of a script, fails. */
function endsBadly(script: string, shell: keyof typeof shells): boolean {
  const [program = "", ...options] = shell.split(" ");
  try {
    execFileSync(program, [...options, "-c", `upsun() { return 7; }\n${script}`], {
      stdio: "ignore",
    });
    return false;
  } catch {
    return true;
  }
}

describe("a script of a CI system", () => {
  test.each([
    ["upsun url", "ends", "ends"],
    ["X=$(upsun url)\necho $X", "ends", "ends"],
    ["echo $(upsun url)", "lost", "lost"],
    ["export X=$(upsun url)", "lost", "lost"],
    ["upsun url | cat", "lost", "ends"],
    ["X=$(upsun url | cat)", "lost", "ends"],
    ["upsun url || true", "lost", "lost"],
    ["upsun url || exit 3", "asked", "asked"],
    ["if upsun url; then :; fi", "asked", "asked"],
    ["set +e\nupsun url\ntrue", "lost", "lost"],
    ["set -o pipefail\nupsun url | cat", "ends", "ends"],
  ])("takes a failure as bash does: %s", (script, plain, piped) => {
    for (const [shell, kind] of [
      ["bash -e", plain],
      ["bash -eo pipefail", piped],
    ] as const) {
      const [call] = readCiScript(script, shells[shell]).calls;
      expect(call?.command.failing.kind).toBe(kind);
      if (kind !== "asked") expect(endsBadly(script, shell)).toBe(kind === "ends");
    }
  });

  test("has expressions that no shell sees, each character of which stays in its place", () => {
    const script = "upsun url -e $" + "{{ a && 'b' }} --pipe";
    const text = withoutExpressions(script);
    expect(text).toHaveLength(script.length);
    const [call] = readCiScript(text, shells["bash -e"]).calls;
    expect(call?.arguments.map((word) => word.text.replaceAll(opaque, "?"))).toEqual([
      "url",
      "-e",
      "?".repeat(15),
      "--pipe",
    ]);
  });

  test("calls the CLI where that is installed, not a program of the repository that has its name", () => {
    const script = "./bin/platform list\n$HOME/.local/bin/upsun list\nsudo upsun list";
    expect(readCiScript(script, shells["bash -e"]).calls.map(({ program }) => program)).toEqual([
      "$HOME/.local/bin/upsun",
      "upsun",
    ]);
  });
});
