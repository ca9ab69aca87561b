import { catalogue } from "../../audit/registry.ts";
import type { RuleDescription } from "../../audit/rule.ts";
import { fixableInWords, needsInWords } from "../../audit/words.ts";
import { Failure } from "../../failure.ts";
import type { DocumentOf } from "../../json-document.ts";
import { manualAddress } from "../../vendors/manual.ts";
import { allVendors, vendors } from "../../vendors/registry.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { meantBy } from "../meant-by.ts";
import type { Io } from "../terminal/io.ts";
import { explanation } from "./explanation.ts";
import type { rulesForm } from "./form.ts";
import { vendorData, vendorFacts } from "./vendor-facts.ts";

/** What is told of the rules, and how. */
interface RulesOptions {
  /** The vendors in place of the rules. */
  readonly vendors: boolean;
  readonly json: boolean;
  /** Whose manual is linked to; Platform.sh's unless given. */
  readonly vendor: Vendor | undefined;
}

/** Lists the rules or the vendors, or explains a rule. Throws a `Failure` ("usage") for an id that is no rule's. */
export function rulesCommand(
  id: string | undefined,
  { vendors: ofVendors, json, vendor = vendors.platformsh }: RulesOptions,
  { out, document }: Pick<Io, "out" | "document">,
): void {
  const print = (report: DocumentOf<typeof rulesForm>) => document(JSON.stringify(report, null, 2));
  if (ofVendors) {
    if (id !== undefined)
      throw new Failure("usage", {
        what: "A rule and the vendors can't be told at once",
        where: "--vendors",
        next: "leave one of them out",
      });
    if (json) {
      const known = allVendors.map(vendorData);
      print({ version: 1, command: "rules", vendors: known });
    } else
      for (const one of allVendors) {
        out(one.name);
        for (const line of columns(vendorFacts(one))) out(`    ${line}`);
        out("");
      }
    return;
  }
  const rule = catalogue.find((candidate) => candidate.id === id);
  if (id !== undefined && rule === undefined)
    throw new Failure("usage", {
      what: "There is no such rule",
      next: `${meantBy(
        id,
        catalogue.map((each) => each.id),
      )}machinist rules lists them`,
    });
  if (json) {
    const described = (rule === undefined ? catalogue : [rule]).map((one) => asData(one, vendor));
    print({ version: 1, command: "rules", rules: described });
  } else if (rule === undefined) {
    for (const line of columns([
      ["rule", "severity", "needs", "fix", "page"],
      ...catalogue.map((each) => [
        each.id,
        each.severity,
        needsInWords[each.needs],
        fixableInWords[each.fixable],
        pageOf(each.id),
      ]),
    ]))
      out(line);
    out("");
    out("machinist rules ID explains one of them.");
  } else {
    out(`${rule.id} (${rule.severity})`);
    out("");
    for (const line of explanation(rule.id, vendor)) out(line);
  }
}

/** A rule as programs read it, without what it does. */
function asData(rule: RuleDescription, vendor: Vendor) {
  const { id, severity, confidence, needs, fixable, what, why, manual, example, ignore } = rule;
  return {
    id,
    severity,
    confidence,
    needs,
    fixable,
    security: rule.security ?? null,
    what,
    why,
    example,
    ignore,
    manual: manual === undefined ? null : manualAddress(manual, vendor.manual),
    page: pageOf(id),
  };
}

function pageOf(id: string): string {
  return `docs/rules/${id}.md`;
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
