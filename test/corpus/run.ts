// Tries the edits of the setup on every file of a folder: npm run corpus [FOLDER]
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Checked, checkFile, type Outcome } from "./check-file.ts";
import { withStandIns } from "./stand-ins.ts";

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, "../../../shared/corpus"));
if (!existsSync(folder)) {
  process.stderr.write(`There is no folder ${folder}; name one: npm run corpus FOLDER\n`);
  process.exit(2);
}

function groups<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const group = found.get(keyOf(item));
    if (group === undefined) found.set(keyOf(item), [item]);
    else group.push(item);
  }
  return found;
}

const operations = ["installer", "cron", "both"] as const;

/** One application; `alone` is what came of it without the stand-ins for what its file includes. */
interface Row {
  readonly file: string;
  readonly checked: Checked;
  readonly alone: Checked;
}

const rows: Row[] = [];
for (const file of readdirSync(folder).filter((name) => /\.ya?ml$/u.test(name))) {
  const alone = await checkFile(join(folder, file));
  const whole = (await withStandIns(join(folder, file), checkFile)) ?? alone;
  for (const [index, checked] of whole.entries())
    rows.push({ file, checked, alone: alone[index] ?? checked });
}

const label = (outcome: Outcome): string => {
  if (outcome.kind === "edited") return outcome.pure ? "added to" : "rewritten in part";
  if (outcome.kind === "there") return "already there";
  return outcome.unread ? "not readable" : "refused";
};
const isGood = (outcome: Outcome): boolean => outcome.kind !== "refused";

const lines: string[] = [];
const width = Math.max(...rows.map(({ file, checked }) => file.length + checked.app.length)) + 4;
for (const { file, checked, alone } of rows) {
  const needsStandIn = isGood(checked.both) && !isGood(alone.both) ? "  *" : "";
  const cells = operations.map((operation) => label(checked[operation]).padEnd(18)).join("");
  lines.push(`${`${file} (${checked.app})`.padEnd(width)} ${cells}${needsStandIn}`);
}
lines.push("", "* what the file includes isn't in the folder; a stand-in was laid beside it", "");

for (const operation of operations) {
  const counts = new Map<string, number>();
  for (const { checked } of rows)
    counts.set(label(checked[operation]), (counts.get(label(checked[operation])) ?? 0) + 1);
  const parts = [...counts].map(([name, count]) => `${name} ${count}`).sort();
  lines.push(`${operation.padEnd(10)}${parts.join(", ")}`);
}

const byFile = groups(rows, ({ file }) => file);
const readable = [...byFile.values()].filter((apps) =>
  apps.every(({ checked: { both } }) => both.kind !== "refused" || !both.unread),
);
const edited = readable.filter((apps) => apps.every(({ checked }) => isGood(checked.both)));
const withoutStandIns = readable.filter((apps) => apps.every(({ alone }) => isGood(alone.both)));
const share = (part: number) => `${((part / readable.length) * 100).toFixed(1)} %`;
lines.push(
  "",
  `${byFile.size} files, ${rows.length} applications; ${readable.length} files can be read`,
  `of these ${edited.length} (${share(edited.length)}) get both or have them, in every application`,
  `${withoutStandIns.length} (${share(withoutStandIns.length)}) without a stand-in for an included file`,
);

const refusals = rows.flatMap(({ file, checked }) =>
  (["installer", "cron"] as const).flatMap((operation) => {
    const outcome = checked[operation];
    return outcome.kind === "refused" ? [{ file, ...outcome }] : [];
  }),
);
for (const [why, found] of groups(refusals, (refusal) => refusal.why)) {
  lines.push("", `refused: ${why}`);
  for (const place of new Set(found.map(({ where, file }) => where || file)))
    lines.push(`  ${place}`);
}

const violations = rows.flatMap(({ file, checked, alone }) =>
  [...new Set([...checked.violations, ...alone.violations])].map(
    (violation) => `${file} (${checked.app}): ${violation}`,
  ),
);
lines.push("", `${violations.length} violations`, ...violations);
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = violations.length === 0 ? 0 : 1;
