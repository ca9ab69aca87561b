import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { Failure } from "../../src/failure.ts";
import { readApplications } from "../../src/library.ts";
import { type Comparison, compare } from "./measure.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus");

/** The application files of the corpus where it is there; as many made-up ones otherwise. */
function texts(): readonly string[] {
  if (!existsSync(corpus)) return Array.from({ length: 200 }, (_, index) => madeUp(index));
  return readdirSync(corpus)
    .filter((name) => /\.ya?ml$/u.test(name))
    .map((name) => readFileSync(join(corpus, name), "utf8"));
}

function madeUp(index: number): string {
  const crons = Array.from(
    { length: index % 6 },
    (_, number) =>
      `    job${number}:\n        spec: '${number} 5 * * *'\n        commands:\n            start: |\n                if [ "$PLATFORM_BRANCH" = main ]; then\n                    platform backup:create --yes\n                fi\n`,
  );
  return `name: app${index}\ntype: 'php:8.3'\nhooks:\n    build: |\n        set -e\n        make all\n    deploy: bin/console cache:clear\ncrons:\n${crons.join("")}`;
}

/** The audit of a folder of files in one process, against parsing the same files with the yaml library alone. */
export async function auditOfFolder(): Promise<{ comparison: Comparison; perSecond: number }> {
  const files = texts();
  const comparison = await compare(
    `audit of ${files.length} files`,
    "yaml's parse of the same files",
    5,
    () => {
      for (const text of files) audited(text);
    },
    () => {
      for (const text of files) parseDocument(text);
    },
  );
  return { comparison, perSecond: (files.length * 1000) / comparison.ours };
}

function audited(text: string): void {
  try {
    for (const application of readApplications(text)) application.audit({ defaultBranch: "main" });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}
