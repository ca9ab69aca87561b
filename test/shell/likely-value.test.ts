import { expect, test } from "vitest";
import { readScript } from "../../src/shell/script.ts";
import { whatRuns } from "./dash.ts";
import { calledScripts } from "./oracle-scripts.ts";

/** Scripts whose call a variable decides on whose value isn't known, each with a value of X that lets it run. */
const decidedByX: readonly (readonly [script: string, value: string])[] = [
  [`sh -c '[ "$1" != main ] && platform c1' sh "\${X:-main}"`, "other"],
  [`sh -c '[ "$0" != main ] && platform c1' "\${X:-main}"`, "other"],
  [`sh -s -- "\${X:-main}" <<'E'\n[ "$1" != main ] && platform c1\nE`, "other"],
  [`f() { [ "$1" != main ] && platform c1; }\nf "\${X:-main}"`, "other"],
  [`f() { [ "$2" != main ] && platform c1; }\nf \${X:-a} main`, "'a b'"],
  [`f() { [ "$#" != 1 ] && platform c1; }\nf \${X:-main}`, "'a b'"],
  [`f() { return "$1"; }\nf "\${X:-1}" && platform c1`, "0"],
  [`set -- "\${X:-main}"\n[ "$1" != main ] && platform c1`, "other"],
  [`set -- "\${X:-main}"\nwhile getopts a o; do platform c1; done`, "-a"],
  [`for x in "\${X:-main}"; do [ "$x" != main ] && platform c1; done`, "other"],
  [`command test "\${X:-main}" != main && platform c1`, "other"],
  [`\${X:-false} && platform c1`, "true"],
  [`wrapped() { "$@"; }\nwrapped "\${X:-false}" && platform c1`, "true"],
  [`eval "\${X:-exit}"\nplatform c1`, "true"],
  [`sh -c "\${X:-false}" && platform c1`, "true"],
  [`sh "\${X:-guard.sh}" && platform c1`, "leave.sh"],
  [
    `[ -e /nowhere ] && PLATFORM_BRANCH=main
sh -c '[ "$1" != main ] && platform c1' sh "$PLATFORM_BRANCH"`,
    "unused",
  ],
];

test("no value that a variable only most likely has decides whether a command runs", () => {
  const ran = whatRuns(
    decidedByX.map(([script, value]) => `X=${value}\n${script}`),
    calledScripts,
  );
  const said = decidedByX.map(([script], index) => ({
    script,
    runs: ran[index]?.some((names) => names.has("c1")),
    guards: guards(script),
  }));
  expect(said).toEqual(decidedByX.map(([script]) => ({ script, runs: true, guards: ["unknown"] })));
});

test("what a variable most likely says is still found, and runs everywhere", () => {
  const scripts = [
    `\${CLI:-platform} c1`,
    `wrapped() { "$@"; }\nwrapped \${CLI:-platform} c1`,
    `sh -c '"$0" c1' "\${CLI:-platform}"`,
    `sh -c "\${JOB:-platform c1}"`,
    `eval "\${JOB:-platform c1}"`,
    `for x in "\${X:-main}"; do platform c1; done`,
    `set -e\nlog() { echo "$1"; }\nlog "\${X:-hello}"\nplatform c1`,
  ];
  expect(scripts.map((script) => [script, guards(script)])).toEqual(
    scripts.map((script) => [script, ["unguarded"]]),
  );
});

function guards(script: string): readonly string[] {
  return readScript(script, calledScripts).commands.map(({ guard }) => guard.kind);
}
