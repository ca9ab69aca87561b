import { describe, expect, test } from "vitest";
import { reading, scriptsOf } from "./reading.ts";

const path = ".github/workflows/w.yml";

function workflow(...lines: readonly string[]) {
  return reading({ [path]: `${lines.join("\n")}\n` });
}

describe("a workflow of GitHub", () => {
  test("gives each step the variables of the nearest level", () => {
    const found = workflow(
      "on: push",
      "env: {A: workflow, B: workflow, C: workflow}",
      "jobs:",
      "  job:",
      "    runs-on: ubuntu-24.04",
      "    env: {B: job, C: job}",
      "    steps:",
      "      - run: ./a.sh",
      "        env: {C: step}",
    );
    expect(scriptsOf(found, "job")[0]?.env).toEqual({ A: "workflow", B: "job", C: "step" });
  });

  test.each([
    ["nothing says which", [], "", "bash -e"],
    ["the step says bash", [], "shell: bash", "bash -e pipefail"],
    ["the step says sh", [], "shell: sh", "sh -e"],
    ["the step says how", [], "shell: 'bash -e -o pipefail {0}'", "bash -e pipefail"],
    ["the step says another", [], "shell: pwsh", "pwsh"],
    ["the job says", ["defaults: {run: {shell: bash}}"], "", "bash -e pipefail"],
    ["the machine is one of Windows", ["runs-on: windows-2025"], "", "pwsh"],
    [
      "a matrix has Windows in it",
      ["runs-on: ${" + "{ matrix.os }}", "strategy: {matrix: {os: [ubuntu, windows]}}"],
      "",
      "pwsh",
    ],
    ["it runs in Alpine", ["container: alpine:3.22"], "", "sh -e"],
  ])("is run by the shell that GitHub takes when %s", (_when, ofJob, ofStep, shell) => {
    const found = workflow(
      "on: push",
      "jobs:",
      "  job:",
      ...ofJob.map((line) => `    ${line}`),
      "    steps:",
      "      - run: ./a.sh",
      `        ${ofStep}`,
    );
    expect(scriptsOf(found, "job")).toEqual([{ text: "./a.sh", shell, env: {} }]);
  });

  test("hands the inputs of a step on to the action of the repository that it uses, and to the next one", () => {
    const uses = (name: string) => [
      `- uses: ./${name}`,
      "  with:",
      "    key: $" + "{{ inputs.key }}",
    ];
    const composite = (...steps: readonly string[]) =>
      ["runs:", "  using: composite", "  steps:", ...steps.map((line) => `    ${line}`), ""].join(
        "\n",
      );
    const found = reading({
      [path]:
        "on: push\njobs:\n  job:\n    steps:\n      - uses: ./outer\n        with: {key: 'the key'}\n",
      "outer/action.yml": composite(...uses("inner")),
      "inner/action.yaml": composite(
        "- run: ./b.sh",
        "  shell: bash",
        "  env:",
        "    KEY: $" + "{{ inputs.key }}",
      ),
    });
    expect(scriptsOf(found, "job")).toEqual([
      { text: "./b.sh", shell: "bash -e pipefail", env: { KEY: "the key" } },
    ]);
  });

  test("ends where actions use each other, and says which it couldn't follow", () => {
    const action = (name: string) => `runs:\n  using: composite\n  steps:\n    - uses: ./${name}\n`;
    const found = reading({
      [path]: "on: push\njobs:\n  job:\n    steps:\n      - uses: ./a\n      - uses: ./gone\n",
      "a/action.yml": action("b"),
      "b/action.yml": action("a"),
    });
    const [file] = found.files;
    expect(file?.jobs[0]?.notFollowed.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^the action \.\/[ab]$/u),
      "the action ./gone",
    ]);
  });

  test("has the events of the workflows that call it", () => {
    const found = reading({
      [path]: "on: workflow_call\njobs: {}\n",
      ".github/workflows/caller.yml":
        "'on': [pull_request_target]\njobs:\n  call:\n    uses: ./.github/workflows/w.yml\n",
    });
    const called = found.files.find(({ source }) => source.shown === path);
    expect([...(called?.triggers.events ?? [])]).toEqual(["workflow_call", "pull_request_target"]);
  });

  test("may be written with anchors, with CRLF and with on as a text, a list or a mapping", () => {
    for (const on of ["push", "[push]", "{push: {branches: [main]}}"]) {
      const found = workflow(
        `on: ${on}\r`,
        "jobs:\r",
        "  one:\r",
        "    steps: &steps\r",
        "      - run: ./a.sh\r",
        "  two:\r",
        "    steps: *steps\r",
      );
      expect([...(found.files[0]?.triggers.events ?? [])]).toEqual(["push"]);
      expect(scriptsOf(found, "two").map(({ text }) => text)).toEqual(["./a.sh"]);
    }
  });
});
