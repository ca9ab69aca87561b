import { catalogue } from "../src/audit/catalogue.ts";
import { fixableInWords, needsInWords } from "../src/audit/words.ts";
import { commands } from "../src/commands/registry.ts";
import { exitCodeMeanings } from "../src/exit-code.ts";
import { formats } from "../src/report/registry.ts";
import { keyTable } from "../src/tui/key-table.ts";
import { allVendors } from "../src/vendors/registry.ts";
import type { Vendor } from "../src/vendors/vendor.ts";
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
    ...commands.map(({ name, summary, positional }) => [
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
    const row = (name: string, cell: (vendor: Vendor) => string) => [
      name,
      ...allVendors.map((vendor) => cell(vendor)),
    ];
    const code = (text: string) => `\`${text}\``;
    return [
      ["", ...allVendors.map(({ name }) => name)],
      row("`--vendor`", ({ id }) => code(id)),
      row("CLI", ({ binary }) => code(binary)),
      row("token variable", ({ tokenEnv }) => code(tokenEnv)),
      row("variables of a container", ({ containerPrefix }) => code(`${containerPrefix}…`)),
      row("application file", ({ files }) => code(files.app)),
      row("own Git servers", ({ git }) => git.ownDomains.map(code).join(", ") || "–"),
      row("API", ({ hosts }) => (hosts === undefined ? "not public" : code(hosts.api))),
      row("installer", ({ installation }) =>
        installation.kind === "script"
          ? `${code(installation.url)}, run by ${installation.interpreter}`
          : "none: its manual has the CLI for workstations",
      ),
      row("setup", ({ installation, hosts, invites }) =>
        installation.kind === "forbidden"
          ? "refused in words; audit only"
          : invites && hosts !== undefined
            ? "all of it"
            : "the files; the rest as steps",
      ),
      row("commands of a cron", ({ cronKey }) => code(cronKey)),
      row("manual", ({ manual }) => `[API tokens](${manual.tokens}), [crons](${manual.crons})`),
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
