import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { disk } from "../../src/appfile/files.ts";
import type { Finding } from "../../src/audit/finding.ts";
import { judge } from "../../src/audit/judge.ts";
import { findingsOf, notReadIn, readSubjects } from "../../src/audit/subject.ts";

const app = `name: shop
crons:
    backup:
        spec: '0 5 * * *'
        commands: { start: bash bin/backup.sh }
    sync:
        spec: '0 6 * * *'
        commands: { start: bash bin/backup.sh }
hooks:
    build: sh bin/build.sh
`;

/** What the audit finds in a checkout with these files. */
async function audited(files: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  return findingsOf(await readSubjects(await laidDown(files), {}));
}

async function laidDown(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "machinist-called-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

const installer = "curl -fsS https://platform.sh/cli/installer | php\n";

test("a finding in a called script points into it, is told once, and is fixed there", async () => {
  const found = await audited({
    ".platform.app.yaml": app,
    "bin/backup.sh": "#!/bin/bash\nplatform backup:create --yes\n",
    "bin/build.sh": installer,
  });
  const [waits, ...others] = found.filter(({ rule }) => rule === "no-wait-missing");
  expect(others).toEqual([]);
  expect(waits).toMatchObject({
    severity: "error",
    location: { file: "bin/backup.sh", line: 2, column: 1 },
    message: "bin/backup.sh, which the cron backup calls, waits for backup:create to finish",
  });
  expect(waits?.fix?.()).toMatchObject({
    disposition: "safe",
    changes: [
      {
        shown: "bin/backup.sh",
        after: "#!/bin/bash\nplatform backup:create --no-wait --yes\n",
      },
    ],
  });
  expect(found.map(({ rule }) => rule)).not.toContain("installer-missing");
});

test("of a script that does what it is called with, what others may call it for is not told as never run", async () => {
  const task = [
    "backup() {",
    '    if [ "$PLATFORM_BRANCH" = main ]; then platform backup:create --yes --no-wait --live; fi',
    "}",
    'case "$1" in',
    "    backup) backup ;;",
    "    refresh) platform sync data --yes --no-wait ;;",
    "    *) exit 64 ;;",
    "esac",
  ].join("\n");
  const found = await audited({
    ".platform.app.yaml": app.replace("bin/backup.sh }", "bin/task.sh backup }"),
    "bin/task.sh": task,
    "bin/backup.sh": "make\n",
    "bin/build.sh": installer,
  });
  expect(found.filter(({ rule }) => rule === "cron-guard-never-true")).toEqual([]);
});

test("a script that can't be read may install the CLI, so its absence is less sure", async () => {
  const files = { ".platform.app.yaml": app, "bin/backup.sh": "platform backup:list\n" };
  const missing = (await audited(files)).find(({ rule }) => rule === "installer-missing");
  expect(missing).toMatchObject({ confidence: "low", location: { file: "bin/backup.sh" } });
});

test.each([
  ["php:8.3", "composer.json", { "post-install-cmd": "sh bin/cli.sh" }, "low"],
  ["php:8.3", "composer.json", { "post-install-cmd": installer }, undefined],
  ["php:8.3\nbuild: { flavor: none }", "composer.json", { "post-install-cmd": installer }, "high"],
  ["nodejs:22", "package.json", { postinstall: installer }, undefined],
  ["python:3.12", "package.json", { postinstall: installer }, "high"],
])(
  "what the build flavor of %s runs of %s %j may install the CLI",
  async (type, file, scripts, confidence) => {
    const text = `name: shop\ntype: ${type}\n${app.slice(app.indexOf("crons"), app.indexOf("hooks"))}`;
    const files = { ".platform.app.yaml": text, "bin/backup.sh": "platform backup:list\n" };
    const found = await audited({ ...files, [file]: JSON.stringify({ scripts }) });
    const missing = found.find(({ rule }) => rule === "installer-missing");
    expect(missing?.confidence).toBe(confidence);
  },
);

test("scripts of an app count from its root, and nothing outside of the checkout is read", async () => {
  const folder = await laidDown({
    "checkout/.upsun/config.yaml":
      "applications:\n  shop:\n    type: 'php:8.3'\n    source: { root: /web }\n    hooks: { deploy: sh a.sh; sh b.sh }\n",
    "checkout/web/a.sh": "one\n",
    "outside.sh": "two\n",
  });
  await symlink(join(folder, "outside.sh"), join(folder, "checkout/web/b.sh"));
  const [subject] = await readSubjects(join(folder, "checkout"), {});
  expect(subject?.kind === "read" && [...subject.app.called.keys()]).toEqual(["a.sh"]);
});

test("a comment in a called script lets a finding in it stay", async () => {
  const subjects = await readSubjects(
    await laidDown({
      ".platform.app.yaml": app,
      "bin/backup.sh":
        "#!/bin/sh\n# machinist: ignore[no-wait-missing] the sync needs it\nplatform backup:create --yes\nplatform backup:create --yes\n",
    }),
    {},
  );
  const apps = subjects.flatMap((subject) => (subject.kind === "read" ? subject.app : []));
  const { findings, ignored } = judge(findingsOf(subjects), { apps, whole: true, unread: [] });
  const lines = (all: readonly Finding[]) =>
    all.flatMap(({ rule, location }) =>
      rule === "no-wait-missing" && location.kind === "file" ? [location.line] : [],
    );
  expect(lines(ignored)).toEqual([3]);
  expect(lines(findings)).toEqual([4]);
});

test("a task of package.json is read, judged where it is called, and put right by hand", async () => {
  const found = await audited({
    ".platform.app.yaml":
      "name: shop\nhooks:\n    build: sh bin/build.sh\n    deploy: npm run -s deploy\n",
    "bin/build.sh": installer,
    "package.json": '{ "scripts": { "deploy": "sh bin/deploy.sh && platform redeploy" } }',
    "bin/deploy.sh": "platform backup:create\n",
  });
  const waits = found.filter(({ rule }) => rule === "no-wait-missing");
  expect(waits.map(({ location, message, fix }) => ({ location, message, fix: fix?.() }))).toEqual([
    expect.objectContaining({
      location: expect.objectContaining({ file: ".platform.app.yaml", line: 4 }),
      message: "the deploy hook waits for environment:redeploy to finish",
      fix: expect.objectContaining({ kind: "by-hand" }),
    }),
    expect.objectContaining({
      location: expect.objectContaining({ file: "bin/deploy.sh", line: 1 }),
      fix: expect.objectContaining({ kind: "changes" }),
    }),
  ]);
  expect(found.map(({ rule }) => rule)).not.toContain("script-not-followed");
});

test("a script is read whose path is put together in the script", async () => {
  const found = await audited({
    ".platform.app.yaml":
      "name: shop\nhooks:\n    deploy: |\n        BIN=bin\n        sh $BIN/deploy.sh\n",
    "bin/deploy.sh": '. "$(dirname "$0")/lib.sh"\ndeploy\n',
    "bin/lib.sh": "deploy() {\n    platform redeploy\n}\n",
  });
  const waits = found.find(({ rule }) => rule === "no-wait-missing");
  expect(waits?.location).toMatchObject({ file: "bin/lib.sh", line: 2 });
});

test("a call in a script that a hook writes itself is found there", async () => {
  const found = await audited({
    ".platform.app.yaml":
      "name: shop\nhooks:\n    deploy: |\n        cat > x.sh <<'E'\n        platform redeploy\n        E\n        sh x.sh\n",
  });
  const waits = found.find(({ rule }) => rule === "no-wait-missing");
  expect(waits?.location).toMatchObject({ line: 5 });
  expect(waits?.fix?.()).toMatchObject({ disposition: "unsafe" });
});

test.each([
  ["make build", { Makefile: `build:\n\t${installer}` }],
  ["composer get-cli", { "composer.json": JSON.stringify({ scripts: { "get-cli": installer } }) }],
  ["npm run get-cli", { "package.json": JSON.stringify({ scripts: { "get-cli": installer } }) }],
])("a build hook that installs the CLI by %s isn't told to install it", async (build, files) => {
  const text = app
    .replace("sh bin/build.sh", build)
    .replaceAll("bash bin/backup.sh", "platform list");
  const rules = (found: readonly Finding[]) => found.map(({ rule }) => rule);
  expect(rules(await audited({ ".platform.app.yaml": text, ...files }))).not.toContain(
    "installer-missing",
  );
  const without = { ".platform.app.yaml": text, Makefile: "build:\n\ttrue\n" };
  expect(rules(await audited(without))).toContain("installer-missing");
});

test.each([
  ["[ -f stale ] && rm -f x.sh; sh x.sh", ["cron-guard-missing", "script-not-followed"]],
  ["rm -f x.sh; sh x.sh", ["script-not-followed"]],
  ["cp -r src bin; sh bin/x.sh", ["cron-guard-missing", "script-not-followed"]],
])("an audit doesn't end well because a script may be gone or replaced: %s", async (job, rules) => {
  const text = `name: shop\ncrons:\n    job:\n        spec: '0 5 * * *'\n        commands: { start: '${job}' }\n`;
  const call = "platform redeploy --yes\n";
  const files = {
    ".platform.app.yaml": text,
    "x.sh": call,
    "bin/x.sh": call,
    "src/x.sh": "true\n",
  };
  const found = (await audited(files)).map(({ rule }) => rule);
  expect(found).toEqual(expect.arrayContaining(rules));
});

test("where scripts may be at more places than are looked at, that is said", async () => {
  const job = Array.from({ length: 100 }, (_, at) => `cd d${at}; cp c${at} bin; sh bin/a${at}.sh`);
  const lines = job.map((line) => `                ${line}`).join("\n");
  const text = `name: shop\ncrons:\n    job:\n        spec: '0 5 * * *'\n        commands:\n            start: |\n${lines}\n`;
  const folder = await laidDown({ ".platform.app.yaml": text });
  let lookups = 0;
  const counting = {
    ...disk,
    real: (path: string) => {
      lookups += 1;
      return path.endsWith(".sh") ? Promise.resolve(undefined) : disk.real(path);
    },
  };
  const subjects = await readSubjects(folder, {}, counting);
  expect(lookups).toBeLessThan(2100);
  expect(notReadIn(subjects).map(({ shown }) => shown)).toEqual(["one more script"]);
});

test("a program of another language that calls the CLI is told, and what it calls isn't called unused", async () => {
  const text = `name: shop\nhooks:\n    build: ${installer.trim()} && platform --version\ncrons:\n    job:\n        spec: '0 5 * * *'\n        commands: { start: 'php bin/job.php' }\n`;
  const told = async (program: string) => {
    const found = await audited({ ".platform.app.yaml": text, "bin/job.php": program });
    return found
      .filter(({ rule }) => rule === "cli-unused" || rule === "script-not-followed")
      .map(({ rule, message }) => `${rule}: ${message}`);
  };
  expect(await told("<?php exec('platform backup:create --yes');")).toEqual([
    "script-not-followed: the cron job runs php bin/job.php, which calls platform backup:create: where and when, the audit can't follow in another language",
  ]);
  expect(await told("<?php echo 'platform';")).toEqual([
    "cli-unused: the build hook installs the CLI, but nothing in shop calls it",
  ]);
});

test("an option on a line of its own is told in a called script, and first put right there", async () => {
  const found = await audited({
    ".platform.app.yaml": app,
    "bin/backup.sh": "#!/bin/bash\nall=(\n  --yes\n)\nplatform backup:create\n  --no-wait\n",
    "bin/build.sh": installer,
  });
  expect(found.find(({ rule }) => rule === "option-on-its-own-line")).toMatchObject({
    location: { file: "bin/backup.sh", line: 6 },
    message:
      "bin/backup.sh, which the cron backup calls, runs --no-wait as a command of its own, and backup:create without it",
  });
  expect(found.find(({ rule }) => rule === "no-wait-missing")?.fix?.()).toMatchObject({
    disposition: "unsafe",
    because: "an option stands on a line of its own there",
  });
});

test("a program of the app that is named by the app's folder is looked into, and not called one that only the shell knows", async () => {
  const told = async (program: string) => {
    const found = await audited({
      ".platform.app.yaml": `name: shop\nhooks:\n    build: ${installer.trim()} && platform --version\ncrons:\n    job:\n        spec: '0 5 * * *'\n        commands: { start: '$PLATFORM_APP_DIR/bin/job send' }\n`,
      "bin/job": program,
    });
    return found.map(({ rule }) => rule);
  };
  expect(await told("#!/usr/bin/env php\n<?php mail();\n")).not.toContain("script-not-followed");
  expect(await told("#!/bin/sh\nplatform redeploy --yes\n")).toContain("cron-guard-missing");
});
