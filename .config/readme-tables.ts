import { catalogue } from "../src/audit/registry.ts";
import { fixableInWords, needsInWords } from "../src/audit/words.ts";
import { commandDefinitions } from "../src/commands/registry.ts";
import { vendorFacts } from "../src/commands/rules/vendor-facts.ts";
import { exitCodeMeanings } from "../src/exit-code.ts";
import { formats } from "../src/report/registry.ts";
import { keyTable } from "../src/tui/keys/table.ts";
import { allVendors } from "../src/vendors/registry.ts";
import { commandRows } from "../test/conformance/command-rows.ts";

/** The pages that have such tables. */
export const pagesWithTables = [
  ...["audit", "commands", "exit-codes", "formats", "keys", "sandbox-commands", "vendors"].map(
    (name) => `docs/${name}.md`,
  ),
];

type Rows = readonly (readonly string[])[];

const tables: Readonly<Record<string, () => Rows>> = {
  commands: () => [
    ["command", "does"],
    ...commandDefinitions.map(({ name, summary, positional }) => [
      `\`machinist ${name}${positional === undefined ? "" : ` [${positional.name.toUpperCase()}]`}\``,
      summary,
    ]),
  ],
  "exit-codes": () => [
    ["code", "means"],
    ...exitCodeMeanings.map(([code, meaning]) => [String(code), meaning]),
  ],
  formats: () => [
    ["format", "is"],
    ...Object.entries(formats).map(([name, { summary }]) => [`\`${name}\``, summary]),
  ],
  rules: () => [
    ["rule", "severity", "needs", "fix", "what it finds"],
    ...catalogue.map(({ id, severity, needs, fixable, what }) => [
      `[${id}](rules/${id}.md)`,
      severity,
      needsInWords[needs],
      fixableInWords[fixable],
      what,
    ]),
  ],
  "sandbox-commands": () => [
    ["command", "in the sandbox", "why"],
    ...commandRows.map(({ name, ends, why = "" }) => [`\`${name}\``, ends, why]),
  ],
  "sandbox-counts": () => [
    ["ends", "commands"],
    ...(["as real", "refused", "not offered"] as const).map((ending) => [
      ending,
      String(commandRows.filter(({ ends }) => ends === ending).length),
    ]),
  ],
  vendors: () => {
    const known = allVendors.map((vendor) => vendorFacts(vendor).map(([, says]) => inPage(says)));
    const [first] = allVendors;
    const names = first === undefined ? [] : vendorFacts(first).map(([fact]) => fact);
    return [
      ["", ...allVendors.map(({ name }) => name)],
      ...names.map((fact, index) => [fact, ...known.map((facts) => facts[index] ?? "")]),
    ];
  },
  keys: () => [
    ["where", "keys"],
    ...Object.entries(keyTable).flatMap(([screen, entries]) =>
      entries.length === 0
        ? []
        : [[screen, entries.map(({ shown, does }) => `${shown}: ${does}`).join("; ")]],
    ),
  ],
};

/** A fact as a cell of a page: addresses are links, and what is typed or read by a program is code. */
function inPage(says: string): string {
  const [, address, rest = ""] = /^(https:[^ ,]+)(.*)$/u.exec(says) ?? [];
  if (address !== undefined) return `<${address}>${rest}`;
  return /^[\w.,/-]*[._/][\w.,/… -]*…?$|^[a-z][\w-]*$/u.test(says) ? `\`${says}\`` : says;
}

/** A page with its tables as the code has them now; each stands between two comments with its name. */
export function withTables(page: string): string {
  return Object.entries(tables).reduce((text, [name, rows]) => {
    const block = new RegExp(`<!-- ${name} -->[^]*<!-- /${name} -->`, "u");
    return text.replace(block, () => `<!-- ${name} -->\n${table(rows())}\n<!-- /${name} -->`);
  }, page);
}

function table([head = [], ...rows]: Rows): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
