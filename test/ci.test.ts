import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { oneOf } from "./amounts.ts";

const top = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(top, path), "utf8");
const base = mkdtempSync(join(tmpdir(), "machinist ci "));
afterAll(() => rmSync(base, { recursive: true, force: true }));

const app = (lines: readonly string[]) =>
  `name: app\ntype: 'php:8.3'\nhooks:\n    deploy: |\n${lines.map((line) => `        ${line}\n`).join("")}`;
const clean = app(["bin/console cache:clear"]);
const failing = app(["set -o pipefail", "bin/console cache:clear"]);
const failingMore = `${failing}crons:\n    nightly:\n        spec: never\n        commands:\n            start: bin/console nightly\n`;

let checkout = "";
/** The shop's configuration is in a folder with a blank in its name, as it may be. */
const folder = "the shop";
const lay = (text: string) => writeFileSync(join(checkout, folder, ".platform.app.yaml"), text);

beforeEach(() => {
  checkout = mkdtempSync(join(base, "checkout "));
  mkdirSync(join(checkout, folder));
  lay(clean);
});

type Variables = Readonly<Record<string, string>>;

/** Runs a command in the checkout, with nothing of this process's environment but the path. */
function run(command: string, args: readonly string[], env: Variables = {}) {
  const state = {
    PATH: process.env["PATH"] ?? "",
    MACHINIST_HOME: join(base, "state"),
    CI: "true",
  };
  return spawnSync(command, args, {
    cwd: checkout,
    encoding: "utf8",
    input: "",
    env: { ...state, HOME: base, ...env },
  });
}

const written = (name: string) => readFileSync(join(checkout, name), "utf8");

/** A folder in which run.js starts the program that is built, and does no more: half of what the real one takes. */
const built = mkdtempSync(join(base, "built "));
mkdirSync(join(built, ".config"));
writeFileSync(
  join(built, ".config/run.js"),
  `#!/usr/bin/env node\nrequire(${JSON.stringify(join(top, "bin/machinist.js"))});\n`,
  { mode: 0o755 },
);

let baseline: string | undefined;
/** Has the findings of `failing` written to a baseline, as docs/ci.md says; the next time it is written as it was. */
function layBaseline() {
  if (baseline === undefined) {
    const flags = ["--offline", "--write-baseline", "machinist-baseline.json", folder];
    const { status } = run(join(top, ".config/run.js"), ["audit", ...flags]);
    expect(status).toBe(0);
    baseline = written("machinist-baseline.json");
  }
  writeFileSync(join(checkout, "machinist-baseline.json"), baseline);
}

/**
 * What the three have in common: an exit code, and what they are told.
 *
 * @param audit `from` is where run.js is
 */
function keepsToTheExitCodes(
  audit: (inputs: Variables, from?: string) => SpawnSyncReturns<string>,
  report: (result: SpawnSyncReturns<string>) => string,
) {
  test("passes what has no finding", () => {
    expect(audit({}, top)).toMatchObject({ status: 0 });
  });

  test("fails at a finding, and names its rule", () => {
    lay(failing);
    const result = audit({});
    expect(result.status).toBe(10);
    expect(report(result)).toContain("pipefail-in-dash");
  });

  test("fails at less when it is told to", () => {
    lay(app(["[[ -n $PLATFORM_BRANCH ]] && bin/console cache:clear"]));
    expect(audit({}).status).toBe(0);
    expect(audit({ "fail-on": "warning" }).status).toBe(10);
  });

  test("counts only what the baseline doesn't hold", () => {
    lay(failing);
    layBaseline();
    expect(audit({ baseline: "machinist-baseline.json" }).status).toBe(0);
    lay(failingMore);
    const result = audit({ baseline: "machinist-baseline.json" });
    expect(result.status).toBe(10);
    expect(report(result)).toContain("cron-spec-invalid");
  });

  test("ends with another code than 10 where there is no app", () => {
    rmSync(join(checkout, folder, ".platform.app.yaml"));
    expect(audit({}).status).toBe(2);
  });
}

describe("the commit hook", () => {
  const [hook] = parse(read(".pre-commit-hooks.yaml"));

  /** As pre-commit runs a `script`: the entry's first word is a file of the hook's repository. */
  const audit = (inputs: Variables, from = built) => {
    const [file = "", ...args] = hook.entry.split(" ");
    const flags = Object.entries(inputs).flatMap(([name, value]) => [`--${name}`, value]);
    return run(join(from, file), [...args, ...flags, folder]);
  };

  test("is one that is given no file names and runs at every commit", () => {
    expect(hook).toMatchObject({
      id: "machinist-audit",
      language: "script",
      pass_filenames: false,
      always_run: true,
    });
  });

  keepsToTheExitCodes(audit, ({ stdout }) => stdout);
});

describe("the GitHub action", () => {
  const { inputs, runs } = parse(read("action.yml"));
  const [step] = runs.steps;

  const action = (given: Variables, runner: Variables = {}, from = built) => {
    const value = (text: string) =>
      text.replaceAll(
        /\$\{\{ inputs\.([a-z-]+) \}\}/gu,
        (_, name: string) => given[name] ?? inputs[name].default,
      );
    const env = Object.fromEntries(
      Object.entries<string>(step.env).map(([name, text]) => [name, value(text)]),
    );
    // The flags that GitHub runs `shell: bash` with.
    return run("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      ...env,
      ...runner,
      GITHUB_ACTION_PATH: from,
    });
  };

  test("has one step, whose script holds no expression that an input could break out of", () => {
    expect(runs).toMatchObject({ using: "composite", steps: [{ shell: "bash" }] });
    expect(step.run).not.toContain("${{");
    const used = Object.values<string>(step.env).join(" ");
    for (const name of Object.keys(inputs)) expect(used).toContain(`inputs.${name} `);
  });

  test("runs nothing that an input holds", () => {
    const result = action({ directory: "$(touch broken-out)`touch broken-out`; touch broken-out" });
    expect(result.status).toBe(2);
    expect(() => written("broken-out")).toThrow("ENOENT");
  });

  const formats = [
    { format: "github", report: ({ stdout }: SpawnSyncReturns<string>) => stdout },
    { format: "sarif", report: () => written("machinist.sarif") },
  ];
  describe.each(oneOf(formats, 0))("written as $format", ({ format, report }) => {
    keepsToTheExitCodes(
      (given, from) => action({ directory: folder, format, ...given }, {}, from),
      report,
    );
  });

  describe("with annotations", () => {
    test("writes the summary of the job and the outputs", () => {
      lay(failing);
      const [summary, output] = ["summary.md", "outputs"].map((name) => join(checkout, name));
      const env = { GITHUB_STEP_SUMMARY: summary ?? "", GITHUB_OUTPUT: output ?? "" };
      expect(action({ directory: folder }, env).status).toBe(10);
      expect(written("summary.md")).toContain("## 1 error");
      expect(written("outputs")).toMatch(/^report=.+\/found\.jsonl\nerrors=1\nwarnings=0\n$/u);
      rmSync(summary ?? "");
      action({ directory: folder, summary: "false" }, env);
      expect(() => written("summary.md")).toThrow("ENOENT");
    });

    test("names the file as seen from the top of the checkout", () => {
      lay(failing);
      expect(action({ directory: folder }).stdout).toMatch(
        /^::error file=the shop\/\.platform\.app\.yaml,line=5,/mu,
      );
    });
  });

  describe("with SARIF", () => {
    test("writes the file that is named, also when it fails", () => {
      lay(failing);
      action({ directory: folder, format: "sarif", output: "found here.sarif" });
      const [{ results }] = JSON.parse(written("found here.sarif")).runs;
      expect(results).toMatchObject([
        {
          ruleId: "pipefail-in-dash",
          locations: [
            { physicalLocation: { artifactLocation: { uri: "the%20shop/.platform.app.yaml" } } },
          ],
        },
      ]);
    });
  });
});

describe("the GitLab template", () => {
  const [header, jobs] = parseAllDocuments(read("templates/machinist.gitlab-ci.yml")).map(
    (document) => document.toJS(),
  );
  const { inputs } = header.spec;
  const job = jobs["machinist-audit"];
  const [makeFolder, clone, take, audit] = job.script;
  /** A folder in the place of the clone, which holds the report as well. */
  const cloneOf = (from: string) => {
    const clone = mkdtempSync(join(base, "clone "));
    symlinkSync(join(from, ".config"), join(clone, ".config"));
    return clone;
  };

  const filled = (text: string, given: Variables) =>
    text.replaceAll(
      /\$\[\[ inputs\.([a-z-]+) \]\]/gu,
      (_, input: string) => given[input] ?? inputs[input].default,
    );
  const variables = (given: Variables) =>
    Object.fromEntries(
      Object.entries<string>(job.variables).map(([name, text]) => [name, filled(text, given)]),
    );
  const needed = { repository: "unused", ref: "unused", directory: folder };
  /** The line that audits, with this checkout in the place of the clone. */
  const gitlab = (given: Variables, shell: string, from = built) =>
    run(shell, ["-e", "-c", filled(audit, { ...needed, ...given })], {
      ...variables({ ...needed, ...given }),
      machinist: cloneOf(from),
    });

  test("asks for what it can't know, and uses every input", () => {
    expect(Object.keys(inputs).filter((name) => inputs[name].default === undefined)).toEqual([
      "repository",
      "ref",
    ]);
    for (const name of Object.keys(inputs))
      expect(JSON.stringify(job)).toContain(`$[[ inputs.${name} ]]`);
  });

  test.each(["bash", "dash"])("in %s, takes the commit that is named, not the newest", (shell) => {
    const repository = mkdtempSync(join(base, "a repository "));
    const git = (...args: string[]) => {
      const who = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
      const { status, stdout } = run("git", ["-C", repository, ...who, ...args]);
      expect(status).toBe(0);
      return stdout.trim();
    };
    git("init", "--quiet");
    for (const text of ["old", "new"]) {
      writeFileSync(join(repository, "which"), text);
      git("add", "which");
      git("commit", "--quiet", "-m", text);
    }
    const script = [makeFolder, clone, take, 'cat "$machinist/which"; rm -r "$machinist"'];
    const given = { ...needed, repository, ref: git("rev-parse", "HEAD~1") };
    // Whoever starts a pipeline may set any of its variables.
    const env = {
      ...variables(given),
      MACHINIST_REPOSITORY: "elsewhere",
      MACHINIST_REF: "HEAD",
    };
    expect(run(shell, ["-e", "-c", filled(script.join("\n"), given)], env)).toMatchObject({
      status: 0,
      stdout: "old",
    });
  });

  test("takes no repository and no commit that could be more than one word of the shell", () => {
    for (const odd of ["a b", "a'b", "$(touch x)", "--upload-pack=x", "-b", "a\nb", "a;b", ""]) {
      expect(odd).not.toMatch(new RegExp(inputs.repository.regex, "u"));
      expect(odd).not.toMatch(new RegExp(inputs.ref.regex, "u"));
    }
    for (const usual of ["https://example.org/a/b.git", "git@example.org:a/b.git", "/a/b"])
      expect(usual).toMatch(new RegExp(inputs.repository.regex, "u"));
    for (const usual of ["v1.2.0", "0a1b2c", "release/1"])
      expect(usual).toMatch(new RegExp(inputs.ref.regex, "u"));
  });

  describe.each(oneOf(["bash", "dash"], 1))("in %s", (shell) => {
    keepsToTheExitCodes(
      (given, from) => gitlab(given, shell, from),
      () => failuresIn(written(job.artifacts.reports.junit)),
    );
  });

  test("keeps the report also when the job fails", () => {
    expect(job.artifacts.when).toBe("always");
  });
});

/** The tests of a JUnit report that failed. */
function failuresIn(xml: string): string {
  return [...xml.matchAll(/<testcase [^>]*name="([^"]+)"[^>]*><failure/gu)]
    .map(([, name]) => name)
    .join(" ");
}

describe("docs/ci.md", () => {
  const text = read("docs/ci.md");
  const blocks = [...text.matchAll(/```yaml\n(.*?)```/gsu)].map(([, yaml = ""]) => parse(yaml));
  const inputsOf = (path: string) => parseAllDocuments(read(path))[0]?.toJS();

  test("names only what the hook, the action and the template have", () => {
    const [precommit, annotations, scanning, gitlab] = blocks;
    expect(precommit.repos[0].hooks[0].id).toBe(parse(read(".pre-commit-hooks.yaml"))[0].id);
    const action = inputsOf("action.yml").inputs;
    for (const { jobs } of [annotations, scanning]) {
      const [{ with: given = {} }] = jobs.audit.steps.filter(
        ({ uses }: { uses: string }) => uses === "MACHINIST@COMMIT",
      );
      for (const name of Object.keys(given)) expect(action).toHaveProperty(name);
    }
    for (const name of Object.keys(action)) expect(text).toContain(`| \`${name}\` |`);
    const [{ file, inputs }] = gitlab.include;
    const template = inputsOf(file).spec.inputs;
    for (const name of Object.keys(inputs)) expect(template).toHaveProperty(name);
  });

  test("uploads the file that the action writes by default", () => {
    const upload = blocks[2].jobs.audit.steps.at(-1);
    expect(upload.with.sarif_file).toBe(inputsOf("action.yml").inputs.output.default);
  });

  test("neither it nor what it describes names an address that may not be there", () => {
    const paths = [".pre-commit-hooks.yaml", "action.yml", "templates/machinist.gitlab-ci.yml"];
    for (const path of [...paths, "docs/ci.md"]) expect(read(path)).not.toContain("://");
  });
});

test("what installs and builds isn't given the token", () => {
  const script = read(".config/run.js");
  const ready = join(checkout, ".config");
  mkdirSync(ready);
  mkdirSync(join(checkout, "bin"));
  writeFileSync(join(checkout, "package.json"), '{ "type": "module" }');
  writeFileSync(join(ready, "run.js"), script);
  writeFileSync(join(checkout, "bin/node-floor.js"), read("bin/node-floor.js"));
  const tell = (who: string) =>
    `console.error("${who}", process.env.PLATFORMSH_CLI_TOKEN, process.env.UPSUN_CLI_TOKEN);`;
  writeFileSync(join(ready, "ready.js"), tell("installing"));
  writeFileSync(join(checkout, "bin/machinist.js"), tell("auditing"));
  const tokens = { PLATFORMSH_CLI_TOKEN: "one", UPSUN_CLI_TOKEN: "two" };
  const { status, stderr } = run(process.execPath, [join(ready, "run.js")], tokens);
  expect(status).toBe(0);
  expect(stderr).toBe("installing undefined undefined\nauditing one two\n");
});

describe("a release that is named", () => {
  /** A checkout with an npm beside it that installs what it is asked for, or has nothing. */
  function played(version: string, npmHas: boolean) {
    for (const name of [".config", "bin", "programs"]) mkdirSync(join(checkout, name));
    writeFileSync(join(checkout, "package.json"), '{ "type": "module" }');
    for (const path of [".config/run.js", "bin/node-floor.js"])
      writeFileSync(join(checkout, path), read(path));
    writeFileSync(join(checkout, ".config/ready.js"), "");
    writeFileSync(join(checkout, "bin/machinist.js"), 'console.log("the checkout");');
    const install = `mkdir -p "$3/node_modules/machinist/bin" && echo 'console.log("the package", process.argv[2])' > "$3/node_modules/machinist/bin/machinist.js"`;
    const npm = `#!/bin/sh\necho "$PLATFORMSH_CLI_TOKEN" >&2\n${npmHas ? install : "exit 1"}\n`;
    writeFileSync(join(checkout, "programs/npm"), npm, { mode: 0o755 });
    return run(process.execPath, [join(checkout, ".config/run.js"), "audit"], {
      PATH: `${join(checkout, "programs")}:${process.env["PATH"]}`,
      MACHINIST_VERSION: version,
      PLATFORMSH_CLI_TOKEN: "secret-token",
    });
  }

  test("is installed without the token, and run", () => {
    const { stdout, stderr } = played("1.0.0", true);
    expect(stdout).toBe("the package audit\n");
    expect(stderr).not.toContain("secret-token");
  });

  test("gives way to the checkout where npm doesn't have it, and says so", () => {
    expect(played("1.0.0", false)).toMatchObject({
      stdout: "the checkout\n",
      stderr: expect.stringContaining("npm has no machinist 1.0.0: the checkout is built instead"),
    });
  });

  test("is a version and nothing else", () => {
    expect(played("latest; touch broken-out", true)).toMatchObject({ status: 2, stdout: "" });
  });
});
