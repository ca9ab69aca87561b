import { describe, expect, test } from "vitest";
import { processorTime } from "../processor-time.ts";
import { reading, scriptsOf } from "./reading.ts";

function pipeline(text: string, others: Readonly<Record<string, string>> = {}) {
  return reading({ ".gitlab-ci.yml": text, ...others });
}

function linesOf(text: string, id: string, others: Readonly<Record<string, string>> = {}) {
  return scriptsOf(pipeline(text, others), id).map((script) => script.text);
}

describe("a pipeline of GitLab", () => {
  test("has the lines of script and its neighbours, nested ones too, in a shell that ends at a failure", () => {
    const text =
      "job:\n  before_script: [a]\n  script:\n    - b\n    - [c, [d]]\n  after_script: e\n";
    expect(linesOf(text, "job")).toEqual(["a", "b", "c", "d", "e"]);
    expect(scriptsOf(pipeline(text), "job")[0]?.shell).toBe("bash -e pipefail");
  });

  test("takes what a job extends, the last of it first, and merges its variables", () => {
    const text = [
      "variables: {A: top, B: top, C: top, D: top}",
      ".one: {script: [one], before_script: [first], variables: {B: one, C: one}}",
      ".two: {script: [two], variables: {C: two}}",
      "job:",
      "  extends: [.one, .two]",
      "  variables: {D: {value: own}}",
      "",
    ].join("\n");
    expect(scriptsOf(pipeline(text), "job")).toEqual([
      { text: "first", shell: "bash -e pipefail", env: { A: "top", B: "one", C: "two", D: "own" } },
      { text: "two", shell: "bash -e pipefail", env: { A: "top", B: "one", C: "two", D: "own" } },
    ]);
  });

  test("takes what !reference and anchors stand for, and the defaults", () => {
    const text = [
      "default: {before_script: [always]}",
      ".a: {script: [one, two]}",
      ".lines: &lines [three]",
      "job:",
      "  script:",
      "    - !reference [.a, script]",
      "    - *lines",
      "    - !reference [.gone, script]",
      "",
    ].join("\n");
    expect(linesOf(text, "job")).toEqual(["always", "one", "two", "three"]);
    const [job] = pipeline(text).files[0]?.jobs ?? [];
    expect(job?.notFollowed.map(({ what }) => what)).toEqual(["!reference [.gone, script]"]);
  });

  test("takes what it includes from its own repository, by name and by pattern, and names the rest", () => {
    const text = [
      "include:",
      "  - local: /ci/base.yml",
      "  - local: 'ci/jobs/*.yml'",
      "  - template: Auto.yml",
      "job: {extends: .base}",
      "",
    ].join("\n");
    const others = {
      "ci/base.yml": ".base: {script: [base]}\n",
      "ci/jobs/a.yml": "other: {script: [a]}\n",
    };
    expect(linesOf(text, "job", others)).toEqual(["base"]);
    expect(linesOf(text, "other", others)).toEqual(["a"]);
    const [job] = pipeline(text, others).files[0]?.jobs ?? [];
    expect(job?.notFollowed.map(({ what }) => what)).toEqual(["Auto.yml, which is included"]);
  });

  test("may begin with the specification of its inputs, a document of its own", () => {
    const text = "spec:\n  inputs:\n    env:\n---\njob:\n  script: [a]\n";
    expect(linesOf(text, "job")).toEqual(["a"]);
    expect(linesOf(`# A comment.\r\n\r\n${text.replaceAll("\n", "\r\n")}`, "job")).toEqual(["a"]);
  });

  test("is soon read with very many empty lines", () => {
    const seconds = processorTime();
    expect(linesOf(`job:\n  script: [a]${"\n".repeat(100_000)}`, "job")).toEqual(["a"]);
    expect(seconds()).toBeLessThan(2);
  });

  test("ends where jobs extend themselves, and where lists refer to each other", () => {
    const text = [
      ".a: {extends: .b}",
      ".b: {extends: .a, script: [b]}",
      ".x: {script: [!reference [.y, script]]}",
      ".y: {script: [!reference [.x, script]]}",
      "job: {extends: .a}",
      "loop: {script: [!reference [.x, script]]}",
      "",
    ].join("\n");
    expect(linesOf(text, "job")).toEqual(["b"]);
    expect(linesOf(text, "loop")).toEqual([]);
  });

  test("is read with the pipelines of the repository that its jobs start, each one by itself", () => {
    const text = [
      "one: {trigger: {include: ci/one.yml}}",
      "two: {trigger: {include: [{local: /ci/two.yml}, {artifact: made.yml, job: make}]}}",
      "",
    ].join("\n");
    const child = "include: ci/base.yml\njob: {extends: .base, script: [own]}\n";
    const read = pipeline(text, {
      "ci/one.yml": child,
      "ci/two.yml": "again: {trigger: {include: ci/one.yml}}\nsecond: {script: [two]}\n",
      "ci/base.yml": ".base: {before_script: [first]}\n",
    });
    expect(read.files.map(({ jobs }) => jobs.map(({ id }) => id))).toEqual([
      ["one", "two"],
      ["job"],
      ["again", "second"],
    ]);
    expect(scriptsOf(read, "job").map((script) => script.text)).toEqual(["first", "own"]);
  });
});
