import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { disk } from "../../src/appfile/files.ts";
import { audit } from "../../src/audit/engine.ts";
import { rules } from "../../src/audit/registry.ts";
import { readCi } from "../../src/cifile/gather.ts";
import { ofRuns } from "../amounts.ts";
import { factsOf } from "../audit/app.ts";
import { repository } from "../audit/ci.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "machinist-ci-"));
});

afterEach(() => rm(folder, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

describe("the CI files of a repository", () => {
  test("are found with what they use: actions, included files, scripts and what these call", async () => {
    await write(
      ".github/workflows/a.yml",
      "on: push\njobs:\n  job:\n    steps:\n      - uses: ./.github/actions/x\n",
    );
    await write(
      ".github/actions/x/action.yaml",
      "runs:\n  using: composite\n  steps:\n    - run: bash scripts/a.sh\n      shell: bash\n",
    );
    await write("scripts/a.sh", "#!/bin/bash\n./scripts/b.sh\n");
    await write("scripts/b.sh", "upsun backup:list\n");
    await write(".gitlab-ci.yml", "include: 'ci/**/*.yml'\n");
    await write("ci/deep/b.yml", "job: {script: [./scripts/b.sh]}\n");
    await write(".github/workflows/notes.md", "no workflow\n");
    const { texts, called } = await readCi(folder, disk);
    expect([...texts.keys()].toSorted()).toEqual([
      ".github/actions/x/action.yaml",
      ".github/workflows/a.yml",
      ".gitlab-ci.yml",
      "ci/deep/b.yml",
      "scripts/a.sh",
      "scripts/b.sh",
    ]);
    expect([...called.keys()].toSorted()).toEqual(["scripts/a.sh", "scripts/b.sh"]);
  });

  test("are shown from the folder that is audited", async () => {
    await write(".github/workflows/a.yml", "on: push\njobs: {}\n");
    await mkdir(join(folder, "app"));
    const { files } = await readCi(folder, disk, join(folder, "app"));
    expect(files.map(({ source }) => source.shown)).toEqual(["../.github/workflows/a.yml"]);
  });

  test("take nothing else down where one can't be read, and nothing is read outside of the repository", async () => {
    await write(".github/workflows/broken.yml", "on: push\njobs:\n\tplatform: x\n");
    await write(".github/workflows/other.yml", "on: push\n\tjobs: x\n");
    await write(".github/workflows/good.yml", "on: push\njobs:\n  job: {steps: []}\n");
    await symlink("/etc/hostname", join(folder, ".github/workflows/out.yml"));
    const { files, unreadable } = await readCi(folder, disk);
    expect(files.map(({ source }) => source.shown)).toEqual([".github/workflows/good.yml"]);
    expect(unreadable.map(({ file }) => file.shown)).toEqual([".github/workflows/broken.yml"]);
  });

  test("are told of where there are more than are read", async () => {
    const names = Array.from({ length: 402 }, (_, index) => `w${1000 + index}.yml`);
    for (const name of names) await write(`.github/workflows/${name}`, "on: push\njobs: {}\n");
    const { files, unreadable } = await readCi(folder, disk);
    expect(files).toHaveLength(400);
    expect(unreadable.map(({ file }) => file.shown)).toEqual([".github/workflows/w1400.yml"]);
  });

  test("never have the audit fail, whatever is in them", () => {
    const pieces = fc.constantFrom(
      ...[
        "on: push\n",
        "jobs:\n",
        "  a:\n",
        "    steps:\n",
        "      - run: ",
        "|\n",
        "upsun push\n",
      ],
      ...[
        "    env: ",
        "&x ",
        "*x",
        "!reference [a, script]\n",
        "a: {script: ",
        "]",
        "}",
        "\t",
        "---\n",
      ],
      ...[
        "      - uses: ./a\n",
        "extends: a\n",
        "$" + "{{ ",
        " }}",
        "<<: *x\n",
        "'",
        '"',
        "$(",
        "\r\n",
      ],
    );
    const text = fc.array(pieces, { maxLength: 30 }).map((all) => all.join(""));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const example = repository({
          ".github/workflows/w.yml": one,
          "a/action.yml": other,
          ".gitlab-ci.yml": other,
        });
        for (const finding of audit(
          factsOf(example),
          rules.filter(({ id }) => id.startsWith("ci-")),
        ))
          finding.fix?.();
      }),
      ofRuns,
    );
  });
});
