import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { Failure } from "../../src/failure.ts";
import { type AuditFinding, readApplications } from "../../src/library.ts";
import { type Comparison, compare, processor } from "./measure.ts";

/** The application files of the corpus where it is there; made-up ones otherwise. */
function texts(corpus: string): readonly string[] {
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

/**
 * The audit of a folder of files in one process, against parsing the same files with the yaml library alone: what is
 * found, and then also each fix, planned and proven.
 *
 * @param corpus the folder; made-up files where there is none
 */
export async function auditOfFolder(corpus: string): Promise<readonly Comparison[]> {
  const files = texts(corpus);
  const against = "yaml's parse of the same files";
  const parse = () => {
    for (const text of files) parseDocument(text);
  };
  const audit = (look: (finding: AuditFinding) => void) => () => {
    for (const text of files) for (const finding of findingsIn(text)) look(finding);
  };
  const found = audit(() => {});
  const planned = audit((finding) => finding.fix);
  const all = [
    await compare(`audit of ${files.length} files`, against, 9, found, parse, processor),
    await compare("the same with all fixes", against, 9, planned, parse, processor),
  ];
  return all.map((each) => ({
    ...each,
    says: `, ${((files.length * 1000) / each.ours).toFixed(0)} files a second`,
  }));
}

function findingsIn(text: string): readonly AuditFinding[] {
  try {
    return readApplications(text).flatMap((app) => app.audit({ defaultBranch: "main" }));
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}
