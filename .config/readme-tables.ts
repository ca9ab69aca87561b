import { catalogue } from "../src/audit/catalogue.ts";
import { fixableInWords, needsInWords } from "../src/audit/words.ts";
import { commands } from "../src/commands/registry.ts";
import { exitCodes } from "../src/exit-code.ts";
import { keyTable } from "../src/tui/key-table.ts";

type Rows = readonly (readonly string[])[];

const tables: Readonly<Record<string, () => Rows>> = {
  commands: () => [
    ["command", "does"],
    ...commands.map(({ name, summary, positional }) => [
      `\`machinist ${name}${positional === undefined ? "" : ` [${positional.name.toUpperCase()}]`}\``,
      summary,
    ]),
  ],
  "exit-codes": () => [
    ["code", "means"],
    ...Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
  ],
  rules: () => [
    ["rule", "severity", "needs", "fix", "what it finds"],
    ...catalogue.map(({ id, severity, needs, fixable, what }) => [
      `[${id}](docs/rules/${id}.md)`,
      severity,
      needsInWords[needs],
      fixableInWords[fixable],
      what,
    ]),
  ],
  keys: () => [
    ["where", "keys"],
    ...Object.entries(keyTable).flatMap(([screen, entries]) =>
      entries.length === 0
        ? []
        : [[screen, entries.map(({ shown, does }) => `${shown}: ${does}`).join("; ")]],
    ),
  ],
};

/** The README with its tables as the code has them now; each stands between two comments with its name. */
export function readmeWithTables(readme: string): string {
  return Object.entries(tables).reduce((text, [name, rows]) => {
    const block = new RegExp(`<!-- ${name} -->[^]*<!-- /${name} -->`, "u");
    return text.replace(block, () => `<!-- ${name} -->\n${table(rows())}\n<!-- /${name} -->`);
  }, readme);
}

function table([head = [], ...rows]: Rows): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
