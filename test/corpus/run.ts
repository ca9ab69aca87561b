// Tries the edits of the setup on every file of a folder: npm run corpus [FOLDER]
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Checked, checkFile, type Outcome } from "./check-file.ts";

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, "../../../shared/corpus"));
if (!existsSync(folder)) {
  process.stderr.write(`There is no folder ${folder}; name one: npm run corpus FOLDER\n`);
  process.exit(2);
}

const rows: { readonly file: string; readonly checked: Checked }[] = [];
for (const file of readdirSync(folder).filter((name) => /\.ya?ml$/u.test(name)))
  for (const checked of await checkFile(join(folder, file))) rows.push({ file, checked });

function groups<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item]);
  return found;
}

const label = (outcome: Outcome): string => {
  if (outcome.kind === "edited") return outcome.pure ? "only added to" : "rewritten in part";
  return outcome.kind === "there" ? "nothing to do" : "refused";
};

const files = new Set(rows.map(({ file }) => file)).size;
const lines = [`${files} files, ${rows.length} applications`, ""];
for (const operation of ["installer", "cron", "both"] as const) {
  const counts = groups(rows, ({ checked }) => label(checked[operation]));
  const parts = [...counts].map(([name, found]) => `${name} ${found.length}`).sort();
  lines.push(`${operation.padEnd(10)}${parts.join(", ")}`);
}

const refusals = rows.flatMap(({ file, checked }) =>
  (["installer", "cron"] as const).flatMap((operation) => {
    const outcome = checked[operation];
    return outcome.kind === "refused" ? [{ file, operation, ...outcome }] : [];
  }),
);
for (const [why, found] of groups(refusals, (refusal) => refusal.why)) {
  lines.push("", `refused: ${why}`);
  for (const place of new Set(found.map(({ where, file }) => where || file)))
    lines.push(`  ${place}`);
}

const violations = rows.flatMap(({ file, checked }) =>
  checked.violations.map((violation) => `${file} (${checked.app}): ${violation}`),
);
lines.push("", `${violations.length} violations`, ...violations);
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = violations.length === 0 ? 0 : 1;
