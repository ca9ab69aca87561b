import { rules } from "../../audit/registry.ts";
import { Failure } from "../../failure.ts";
import { explanation } from "./explanation.ts";

/** Lists the rules, or explains one. Throws a `Failure` ("usage") for an id that is no rule's. */
export function rulesCommand(id: string | undefined, out: (line: string) => void): void {
  if (id === undefined) {
    const width = Math.max(...rules.map((rule) => rule.id.length));
    for (const rule of rules)
      out(`${rule.id.padEnd(width)}  ${rule.severity.padEnd(7)}  ${rule.what}`);
    out("");
    out("machinist rules ID explains one of them.");
    return;
  }
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined)
    throw new Failure("usage", {
      what: "There is no such rule",
      next: "machinist rules lists them",
    });
  out(`${rule.id} (${rule.severity})`);
  out("");
  for (const line of explanation(id)) out(line);
}
