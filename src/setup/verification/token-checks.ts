import { leastPermissions } from "../../platform/least-permissions.ts";
import { tokenChecklist } from "../token-checklist.ts";
import { type Check, checksOf } from "./check.ts";
import type { VerificationFacts } from "./facts.ts";
import { cliCrons } from "./file-checks.ts";

const { ok, wrong, open, skipped } = checksOf("token");

/** What the machine user's own token shows of its rights: neither less nor more than the crons need. */
export function tokenChecks(facts: VerificationFacts): readonly Check[] {
  const { token, project, environment } = facts;
  if (token.kind === "skipped") {
    return [
      skipped(
        "what the machine user may do can only be seen with its own token",
        "hand it over with --machine-token-stdin, or when asked",
      ),
    ];
  }
  if (token.kind === "refused") {
    return [wrong(`the token is refused: ${token.why}`, "machinist rotate replaces it")];
  }
  const commands = cliCrons(facts).flatMap((cron) => cron.commands);
  const needed = commands.length === 0 ? undefined : leastPermissions(environment.type, commands);
  return [
    ...(token.facts.owner.id === facts.operator
      ? [wrong("it is your own token", "give the project a machine user: machinist setup")]
      : []),
    ...tokenChecklist(token.facts, project.id, needed).map((check) => {
      if (check.kind === "good") return ok(check.sentence);
      if (check.kind === "unknown") return open(`not known: ${check.sentence}`);
      return wrong(check.sentence, check.next);
    }),
  ];
}
