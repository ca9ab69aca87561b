import { jobsOf } from "../automation/job.ts";
import { roleFor } from "../automation/role.ts";
import { valueIn } from "../fact.ts";
import { tokenChecklist } from "../setup/token-checklist.ts";
import { type Check, checksOf } from "./check.ts";
import type { VerificationFacts } from "./facts.ts";

const { ok, wrong, open, skipped } = checksOf("token");

/** What the machine user's own token shows of its rights: neither less nor more than the crons need. */
export function tokenChecks(facts: VerificationFacts): readonly Check[] {
  const { token, app, project, environment, environments } = facts;
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
  const calls = jobsOf(app).flatMap((job) => (job.kind === "cron" ? job.calls : []));
  const needed = valueIn(
    roleFor(calls, { project: project.id, all: environments, main: environment }),
  );
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
