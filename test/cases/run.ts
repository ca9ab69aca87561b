// Runs the executable cases that lie beside the checkout: npm run test:cases [-- NAME…]
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runCases } from "./run-cases.ts";

const root = join(import.meta.dirname, "../..");
const list = readFileSync(join(import.meta.dirname, "known-failures.txt"), "utf8");
const verdict = runCases(root, join(root, "../shared/cases"), list, process.argv.slice(2));
process.stdout.write(`${verdict.lines.join("\n")}\n`);
process.exitCode = verdict.passed ? 0 : 1;
