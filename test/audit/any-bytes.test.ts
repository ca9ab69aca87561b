import { dirname, join, relative, sep } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Files } from "../../src/appfile/files.ts";
import { noConfiguration } from "../../src/audit/configuration.ts";
import { judge } from "../../src/audit/judge.ts";
import { findingsOf, readSubjects } from "../../src/audit/subject.ts";
import { unreadWithoutPlatform } from "../../src/audit/unread.ts";
import { Failure } from "../../src/failure.ts";
import { worstFiles } from "../../src/sandbox/projects/worst-project.ts";
import { ofRuns } from "../amounts.ts";
import { anyText } from "../any-text.ts";
import { processorTime } from "../processor-time.ts";
import { allCases } from "./rule-cases.ts";

/** Longer than any audit of files of this size may take, also on a computer that is busy with other things. */
const longestSeconds = 10;

const top = "/checkout";

type Contents = Readonly<Record<string, Uint8Array>>;

/** A checkout in memory. */
function inMemory(contents: Contents): Files {
  const paths = Object.keys(contents).map((name) => join(top, name));
  const isFolder = (path: string) => paths.some((file) => file.startsWith(path + sep));
  return {
    entries: async (folder) => {
      const below = paths.filter((path) => path.startsWith(folder + sep));
      const names = new Set(below.map((path) => relative(folder, path).split(sep)[0] ?? ""));
      return [...names].map((name) => ({ name, isFolder: isFolder(join(folder, name)) }));
    },
    real: async (path) => (paths.includes(path) || isFolder(path) ? path : undefined),
    isFile: async (path) => paths.includes(path),
    read: async (file) => {
      const bytes = contents[relative(top, file).split(sep).join("/")];
      if (bytes === undefined) throw new Error(`nothing is in ${dirname(file)}`);
      return bytes;
    },
  };
}

const encoder = new TextEncoder();

/** Files that belong together, each reached in its own way: read first, called, included, or not read for its name. */
const usual: Readonly<Record<string, string>> = {
  ...worstFiles,
  ".platform/applications.yaml":
    "- !include ../blog/app.yaml\n- name: wiki\n  type: php:8.3\n  hooks: { build: sh bin/build.sh, deploy: !include { type: string, path: ../deploy.sh } }\n",
  "blog/app.yaml":
    "name: blog\ntype: nodejs:22\ncrons: { job: { spec: '* * * * *', cmd: . ./job.sh } }\n",
  ".upsun/config.yml": "applications: {}\n",
  "bin/build.sh": "set -e\nVENDOR=upsun curl -sS https://platform.sh/cli/installer | php\n",
  "deploy.sh": "#!/bin/bash\nif [[ $PLATFORM_BRANCH == main ]]; then platform backup; fi\n",
  "job.sh": "for i in 1 2; do timeout 5 upsun sync -n data; done\n",
};

const examples = [...(await allCases()).values()].flatMap(({ fires }) =>
  Object.values(fires).map(({ given }) => (typeof given === "string" ? given : given.text)),
);

/** Bits that YAML, the shell or the audit itself takes for more than text. */
const bits = [
  ..."{}[]&*!|>'\"`$();#%@,?:-=~<\\\n\r\t\0 ",
  ..."\uFEFF\u00A0\u2028\uD800",
  "<<: *a",
  "&a ",
  "---\n",
  "${",
  "$((",
  "<<EOF\n",
  "if [ ",
  "case x in ",
  "esac",
  "fi",
  "function f { ",
  "platform ",
  "sh -c '",
  "# machinist: ignore[",
  "!include ",
  "\n    ",
].map((bit) => encoder.encode(bit));

const noise = fc.oneof(fc.constantFrom(...bits), fc.uint8Array({ maxLength: 6 }));

const noisy = fc.array(noise, { maxLength: 60 }).map((parts) => joined(...parts));

/** A file with some of its pieces cut out, doubled, put elsewhere, or with noise in them. */
function damaged(text: string): fc.Arbitrary<Uint8Array> {
  const bytes = encoder.encode(text);
  const hit = fc.record({
    from: fc.nat(bytes.length),
    length: fc.nat(30),
    to: fc.nat(bytes.length),
    noise,
  });
  return fc.array(hit, { maxLength: 4 }).map((hits) =>
    hits.reduce((before, { from, length, to, noise: added }) => {
      const piece = before.slice(from, from + length);
      return joined(before.slice(0, to), added, piece, before.slice(to + length));
    }, bytes),
  );
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const checkout = fc.record(
  Object.fromEntries(
    Object.entries(usual).map(([name, text]) => [
      name,
      fc.oneof(
        { weight: 4, arbitrary: damaged(text) },
        { weight: 2, arbitrary: fc.constantFrom(...examples).chain(damaged) },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
        { weight: 1, arbitrary: noisy },
      ),
    ]),
  ),
);

const branch = fc.oneof(
  fc.constantFrom("main", "master", "feature/a b", "'; rm -rf /", "$(date)", "\n", "]]", ""),
  anyText({ maxLength: 12 }),
);

/** Audits a checkout as the command does, and gives how many seconds of the processor it took. */
async function audited(contents: Contents, branches: readonly string[]): Promise<number> {
  const seconds = processorTime();
  const [name] = branches;
  const facts = {
    branches: new Set(branches),
    ...(name === undefined ? {} : { defaultBranch: { name, because: "as git says" } }),
  };
  try {
    const subjects = await readSubjects(top, {}, inMemory(contents));
    const apps = subjects.flatMap((subject) => (subject.kind === "read" ? subject.app : []));
    const verdict = judge(findingsOf(subjects, facts), {
      apps,
      whole: true,
      unread: unreadWithoutPlatform("offline", true),
      configuration: noConfiguration,
    });
    for (const { message, location } of verdict.findings) {
      expect(message).not.toBe("");
      if (location.kind === "file") expect(location.line).toBeGreaterThan(0);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(["usage", "uneditable"]).toContain(error.reason);
  }
  return seconds();
}

test("an audit ends with findings or words, and soon, whatever the bytes and the branches are", async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(checkout, fc.array(branch, { maxLength: 3 }), async (contents, branches) => {
      runs += 1;
      expect(await audited(contents, branches)).toBeLessThan(longestSeconds);
    }),
    ofRuns,
  );
  expect(runs).toBeGreaterThan(0);
});

const app = "name: shop\ntype: 'php:8.3'\n";
const blanks = " ".repeat(100_000);
const emptyLines = "\n".repeat(100_000);

test.each<readonly [what: string, files: Readonly<Record<string, string>>]>([
  [
    "the folder of a submodule",
    {
      ".platform.app.yaml": `${app}hooks:\n  build: !include build.sh\n`,
      ".gitmodules": `[submodule "a"]\n\tpath =${blanks}\n`,
    },
  ],
  [
    "a script that commits",
    {
      ".platform.app.yaml": `${app}source:\n  operations:\n    a:\n      command: |\n        git commit -m x\n${emptyLines}        git push\n`,
    },
  ],
  [
    "a Makefile",
    {
      ".platform.app.yaml": `${app}crons:\n  a:\n    spec: '0 5 * * *'\n    cmd: make night\n`,
      Makefile: `${emptyLines}A = b${blanks}c\n${":".repeat(100_000)}\nnight:\n\tplatform backup:create --yes\n`,
    },
  ],
])("an audit ends soon where %s has very many blanks", async (_what, files) => {
  const contents = Object.entries(files).map(([name, text]) => [name, encoder.encode(text)]);
  expect(await audited(Object.fromEntries(contents), ["main"])).toBeLessThan(longestSeconds / 4);
});
