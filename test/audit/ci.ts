import type { AuditFacts } from "../../src/audit/rule.ts";
import { ciReadingOf } from "../../src/cifile/read.ts";
import { app } from "./app.ts";
import type { Example } from "./rule-cases.ts";

/** A repository with these files, by their paths from its top, beside an app that has nothing to do with the CLI. */
export function repository(
  files: Readonly<Record<string, string>>,
  facts: Omit<AuditFacts, "app" | "ci"> = {},
  text = app(),
): Example {
  const texts = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      { file: `/shop/${path}`, shown: path, text: content },
    ]),
  );
  return { text, facts: { ...facts, ci: ciReadingOf(texts) } };
}

/** A repository with one workflow, `w.yml`, of these lines. */
export function workflow(...lines: readonly string[]): Example {
  return repository({ ".github/workflows/w.yml": `${lines.join("\n")}\n` });
}

/** A repository with one pipeline of GitLab, of these lines. */
export function pipeline(...lines: readonly string[]): Example {
  return repository({ ".gitlab-ci.yml": `${lines.join("\n")}\n` });
}

/** A workflow that starts at these events, with one job of these steps, from their column 0. */
export function job(on: string, ...steps: readonly string[]): Example {
  return workflow(...jobLines(on, steps));
}

/** The lines of such a workflow. */
export function jobLines(on: string, steps: readonly string[]): readonly string[] {
  return [
    `on: ${on}`,
    "permissions: {}",
    "jobs:",
    "  work:",
    "    runs-on: ubuntu-24.04",
    "    steps:",
    ...steps.map((line) => (line === "" ? "" : `      ${line}`)),
  ];
}

/** The lines of a step that runs this with the token of upsun, and of others. */
export function step(...script: readonly string[]): readonly string[] {
  return [
    "- env:",
    "    UPSUN_CLI_TOKEN: $" + "{{ secrets.UPSUN_CLI_TOKEN }}",
    "  run: |",
    ...script.map((line) => `    ${line}`),
  ];
}

/** The lines of a step that installs upsun in the way that is right. */
export const install: readonly string[] = [
  "- run: |",
  "    curl -fsSL https://github.com/upsun/cli/releases/download/v5.11.0/upsun.tgz -o cli.tgz",
  '    echo "abc  cli.tgz" | sha256sum -c -',
];
