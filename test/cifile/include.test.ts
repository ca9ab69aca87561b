import { describe, expect, test } from "vitest";
import { fileChange } from "../../src/change/file-change.ts";
import { includePatch } from "../../src/cifile/include.ts";
import { parseSource } from "../../src/yaml/source.ts";

const path = ".gitlab/machinist-backup.yml";

/** The pipeline once it includes one more file. Throws a `Failure` where that is left to a person. */
function included(text: string): string {
  const source = parseSource({ file: "/shop/.gitlab-ci.yml", shown: ".gitlab-ci.yml" }, text);
  return fileChange(includePatch(source, path), "include it").after;
}

const key = `include:\n  - local: ${path}\n`;

describe("a pipeline gets one include, and no other byte changes", () => {
  test.each([
    ["without any", "test:\n  script: make\n", `test:\n  script: make\n${key}`],
    ["without a final line end", "test:\n  script: make", `test:\n  script: make\n${key}`],
    [
      "with CRLF",
      "include:\r\n  - local: a.yml\r\ntest:\r\n  script: make\r\n",
      `include:\r\n  - local: a.yml\r\n  - local: ${path}\r\ntest:\r\n  script: make\r\n`,
    ],
    [
      "with anchors, merges and references",
      ".a: &a\n  script: [make]\ninclude:\n- local: a.yml # ours\n\nt:\n  <<: *a\n  after_script:\n    - !reference [.a, script]\n",
      `.a: &a\n  script: [make]\ninclude:\n- local: a.yml # ours\n- local: ${path}\n\nt:\n  <<: *a\n  after_script:\n    - !reference [.a, script]\n`,
    ],
    [
      "whose last item has several lines",
      "include:\n  - project: acme/ci\n    file: a.yml\n\ntest:\n  script: make\n",
      `include:\n  - project: acme/ci\n    file: a.yml\n  - local: ${path}\n\ntest:\n  script: make\n`,
    ],
  ])("%s", (_how, before, after) => {
    expect(included(before)).toBe(after);
  });
});

test.each([
  ["includes a text", "include: a.yml\n"],
  ["includes a mapping", "include:\n  local: a.yml\n"],
  ["has its list on one line", "include: [a.yml]\n"],
  ["includes what an anchor stands for", ".i: &i\n  - local: a.yml\ninclude: *i\n"],
  ["is a list", "- a\n"],
  ["has several documents", "spec:\n  inputs: {}\n---\ntest:\n  script: make\n"],
  ["is indented by tabs", "test:\n\tscript: make\n"],
  ["isn't YAML", "test: [\n"],
])("a pipeline that %s is left to the person", (_how, text) => {
  expect(() => included(text)).toThrow(expect.objectContaining({ reason: "uneditable" }));
});
