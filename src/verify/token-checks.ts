import { environmentsOf } from "../audit/evidence/at-home.ts";
import { callsOfCrons } from "../audit/evidence/cron-work.ts";
import { asCommand } from "../automation/ci-jobs.ts";
import { roleFor } from "../automation/role.ts";
import { valueIn } from "../fact.ts";
import { tokenChecklist } from "../setup/token-checklist.ts";
import { type Check, checksOf } from "./check.ts";
import type { VerificationFacts } from "./facts.ts";

const { ok, wrong, open, skipped } = checksOf("token");

/** What the machine user's own token shows of its account. Whether that is too much or too little, the rules find. */
export function tokenChecks(facts: VerificationFacts): readonly Check[] {
  const { token, platform } = facts;
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
  const ofCrons = callsOfCrons(facts) ?? [];
  const calls = ofCrons.length > 0 ? ofCrons : callsInCi(facts);
  const needed = valueIn(roleFor(calls, environmentsOf(platform)));
  return tokenChecklist(token.facts, platform.project.id, needed).flatMap((check) => {
    if (check.kind === "good") return [ok(check.sentence)];
    return check.kind === "unknown" ? [open(`not known: ${check.sentence}`)] : [];
  });
}

/** What jobs of CI call; they are looked at where no cron calls anything, since one account does one kind of work. */
function callsInCi({ ciWorks }: VerificationFacts) {
  // `--version` alone asks nothing of the platform.
  const calls = ciWorks.flatMap(({ use }) => use.calls).filter(({ call }) => call.name !== "");
  return calls.map(asCommand);
}
