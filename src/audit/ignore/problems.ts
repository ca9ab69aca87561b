import type { ConfiguredIgnore } from "../configuration.ts";
import type { FileLocation, Finding } from "../finding.ts";
import { rules } from "../registry.ts";
import type { RuleDescription } from "../rule.ts";
import type { IgnoreComment } from "./comments.ts";
import { ignoreMalformed, ignoreUnknownRule, ignoreUnused, ignoreWithoutReason } from "./rules.ts";

/**
 * What is wrong with a comment, without its being asked whether it is of use: it can't be read, names a rule that there
 * isn't, or gives no reason.
 */
export function problemsOf({ says, location }: IgnoreComment): readonly Finding[] {
  if (says.kind === "malformed")
    return [problem(ignoreMalformed, location, "This comment can't be read, so it has no effect")];
  if (says.reason === "") {
    const message = `This comment ignores ${says.rules.join(", ")} and doesn't say why, so it has no effect`;
    return [problem(ignoreWithoutReason, location, message)];
  }
  return says.rules
    .filter((id) => !rules.some((rule) => rule.id === id))
    .map((id) => problem(ignoreUnknownRule, location, `There is no rule ${id} to ignore`));
}

/** The rules of a comment that could have an effect. */
export function rulesOf({ says }: IgnoreComment): readonly string[] {
  if (says.kind === "malformed" || says.reason === "") return [];
  return says.rules.filter((id) => rules.some((rule) => rule.id === id));
}

/** An ignore of a rule that finds nothing there. */
export function unusedIgnore({ location }: IgnoreComment | ConfiguredIgnore, id: string): Finding {
  return problem(ignoreUnused, location, `There is no ${id} here to ignore`);
}

function problem(
  { id, severity, confidence, why }: RuleDescription,
  location: FileLocation,
  message: string,
): Finding {
  return { rule: id, severity, confidence, message, why, location };
}
