import { catalogue } from "../../audit/catalogue.ts";
import { fixableInWords, needsInWords } from "../../audit/words.ts";
import { Failure } from "../../failure.ts";
import { explanation } from "./explanation.ts";

/** Lists the rules, or explains one. Throws a `Failure` ("usage") for an id that is no rule's. */
export function rulesCommand(id: string | undefined, out: (line: string) => void): void {
  if (id === undefined) {
    for (const line of columns([
      ["rule", "severity", "needs", "fix", "page"],
      ...catalogue.map((rule) => [
        rule.id,
        rule.severity,
        needsInWords[rule.needs],
        fixableInWords[rule.fixable],
        `docs/rules/${rule.id}.md`,
      ]),
    ]))
      out(line);
    out("");
    out("machinist rules ID explains one of them.");
    return;
  }
  const rule = catalogue.find((candidate) => candidate.id === id);
  if (rule === undefined)
    throw new Failure("usage", {
      what: "There is no such rule",
      next: "machinist rules lists them",
    });
  out(`${rule.id} (${rule.severity})`);
  out("");
  for (const line of explanation(id)) out(line);
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = []] = rows;
  const widths = head.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
