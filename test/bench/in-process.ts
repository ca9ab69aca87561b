// Measures what the program does with texts, in a process of its own, and prints the comparisons as one line of JSON.
import { parseDocument } from "yaml";
import { addCron } from "../../src/appfile/operations.ts";
import { parseApp } from "../../src/appfile/read.ts";
import { guardedLines } from "../../src/shell/guard.ts";
import { auditOfFolder } from "./folder.ts";
import { type Comparison, compare, processor } from "./measure.ts";

const cron = {
  name: "bench",
  spec: "0 5 * * *",
  lines: guardedLines({ kind: "branch", branch: "main" }, [
    "platform backup:create --yes --no-wait",
  ]),
};

function patching(kilobytes: number): Promise<Comparison> {
  const worker = (index: number) =>
    `    worker${index}: # number ${index}\n        size: S\n        commands:\n            start: bin/console consume ${index} --quiet\n`;
  const count = Math.ceil((kilobytes * 1000) / worker(10).length);
  const text = `name: app\ntype: 'php:8.3'\nhooks:\n    build: |\n        set -e\n        make\nworkers:\n${Array.from({ length: count }, (_, index) => worker(index)).join("")}`;
  const location = {
    file: "/app.yaml",
    shown: "app.yaml",
    form: "single",
    path: [],
    name: "app",
  } as const;
  return compare(
    `plan, edit and proof of ${kilobytes} KB`,
    "yaml's parse and stringify",
    kilobytes > 10 ? 40 : 200,
    () => {
      addCron(parseApp(location, anew(text)), cron);
    },
    () => {
      parseDocument(anew(text)).toString();
    },
    processor,
  );
}

let count = 0;
/** A text that was never seen before: what was parsed last is not parsed again. */
function anew(text: string): string {
  count += 1;
  return `${text}# ${count}\n`;
}

const [corpus = ""] = process.argv.slice(2);
process.stdout.write(
  JSON.stringify([await patching(3), await patching(30), ...(await auditOfFolder(corpus))]),
);
