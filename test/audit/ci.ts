import { parseApp } from "../../src/appfile/read.ts";
import type { AuditFacts } from "../../src/audit/rule.ts";
import { ciReadingOf } from "../../src/cifile/read.ts";
import { app, appLocation } from "./app.ts";
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
  const apps = [parseApp(appLocation, text)];
  return { text, facts: { apps, ...facts, ci: ciReadingOf(texts) } };
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
