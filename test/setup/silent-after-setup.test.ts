import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { withFingerprints } from "../../src/audit/judge.ts";
import { fileIn, findingsOf, readSubjects } from "../../src/audit/subject.ts";
import { readBranches } from "../../src/git/checkout.ts";
import { someOf } from "../amounts.ts";
import { runSetup } from "./run-setup.ts";

const installing = `hooks:
    build: |
        curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/i.sh || exit 1
        VERSION=5.11.0 bash /tmp/i.sh || exit 1
`;

/** Files that are written in different ways, all of them with the CLI and a source operation. */
const styles: Readonly<Record<string, string>> = {
  "without crons": `name: shop\ntype: 'php:8.3'\n${installing}`,
  "crons with commands": `name: shop\ntype: 'php:8.3'\n${installing}crons:\n    mail:\n        spec: '*/30 * * * *'\n        commands:\n            start: php bin/mail.php\n`,
  "crons with cmd": `name: shop\ntype: 'php:8.3'\n${installing}crons:\n    mail:\n        spec: '*/30 * * * *'\n        cmd: php bin/mail.php\n`,
  "two columns, double quotes": `name: shop\ntype: "php:8.3"\nhooks:\n  build: |\n    curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/i.sh || exit 1\n    VERSION=5.11.0 bash /tmp/i.sh || exit 1\ncrons:\n  mail:\n    spec: "*/30 * * * *"\n    commands:\n      start: "php bin/mail.php"\n`,
  "crons in braces": `name: shop\ntype: 'php:8.3'\n${installing}crons: { mail: { spec: '*/30 * * * *', commands: { start: php bin/mail.php } } }\n`,
};

const operations = "source:\n    operations:\n        update: { command: composer update }\n";

const tasks: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["backup", {}],
  ["sync", {}],
  ["source-operation", { operation: "update" }],
  ["custom", { command: "platform activity:list --limit 5 > /tmp/activities" }],
];

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A checkout with the branches main and staging, and this file. */
async function checkout(text: string) {
  const root = await mkdtemp(join(tmpdir(), "machinist-silent-"));
  folders.push(root);
  const directory = join(root, "shop");
  const git = (...words: string[]) => execFileSync("git", words, { stdio: "ignore" });
  git("init", "--quiet", "--initial-branch", "main", directory);
  await writeFile(join(directory, ".platform.app.yaml"), text + operations);
  git("-C", directory, "-c", "user.name=a", "-c", "user.email=a@example.org", "add", ".");
  git("-C", directory, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "a");
  git("-C", directory, "branch", "staging");
  git("-C", directory, "update-ref", "refs/remotes/origin/main", "HEAD");
  git("-C", directory, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  return { directory, env: { ...process.env, MACHINIST_HOME: join(root, "home") } };
}

/** What the audit of the files finds, known again by its fingerprints. */
async function found(directory: string): Promise<ReadonlyMap<string, string>> {
  const [subjects, { production, branches }] = await Promise.all([
    readSubjects(directory, {}),
    readBranches(directory),
  ]);
  const facts = {
    ...(production.kind === "taken"
      ? { defaultBranch: { ...production, isGuess: true as const } }
      : {}),
    ...(branches === undefined ? {} : { branches }),
  };
  const findings = withFingerprints(findingsOf(subjects, facts), (shown) =>
    subjects.map((subject) => fileIn(subject, shown)?.text).find(Boolean),
  );
  return new Map(
    findings.map(({ fingerprint, rule, message }) => [fingerprint, `${rule}: ${message}`]),
  );
}

const wishes = Object.entries(styles).flatMap(([style, text]) =>
  tasks.flatMap(([task, more]) =>
    [
      { branch: "main", guard: "branch" },
      { branch: "main", guard: "type" },
      { branch: "staging", guard: "branch" },
    ].flatMap((where) =>
      isAgainstTheManual(task, where.branch) ? [] : [{ style, text, task, more, where }],
    ),
  ),
);

/** Setup says itself that these belong elsewhere: production has no parent, and is not where code is changed. */
function isAgainstTheManual(task: string, branch: string): boolean {
  return branch === "main" && (task === "sync" || task === "source-operation");
}

const tried = someOf(wishes);

test(`the audit finds nothing in what setup wrote: ${tried.length} of ${wishes.length} combinations`, async () => {
  for (const { style, text, task, more, where } of tried) {
    const { directory, env } = await checkout(text);
    const before = await found(directory);
    const flags = { task, ...more, ...where, offline: true, yes: true };
    const { failure } = await runSetup({ directory, env }, flags);
    const after = await found(directory);
    const said = [...after].flatMap(([known, what]) => (before.has(known) ? [] : [what]));
    expect({ style, ...flags, failure, said }).toEqual({
      style,
      ...flags,
      failure: undefined,
      said: [],
    });
  }
});
