import { timesOf } from "../../automation/schedule.ts";
import { nextStart } from "../../automation/starts.ts";
import type { HostRun } from "../../cihost/runs.ts";
import type { CiHosted, CiWork } from "../facts/ci-facts.ts";
import type { VerificationFacts } from "../facts/facts.ts";
import { type Check, checksOf } from "./check.ts";
import { moment, productCheck, productOf } from "./work-checks.ts";

const { ok, wrong, open, skipped } = checksOf("ci");

/** Whether each job of CI has its token, is started, ran, and did its work under the machine user's name. */
export function ciChecks(facts: VerificationFacts): readonly Check[] {
  return facts.ciWorks.flatMap((work) => [
    ...unclearChecks(work, facts),
    ...(work.hosted === undefined ? [] : hostedChecks(work, work.hosted, facts)),
  ]);
}

/** A job as people find it: "the job backup in .github/workflows/backup.yml". */
function calledOf({ use: { job } }: CiWork): string {
  return `${job.called} in ${job.spot.in.shown}`;
}

function unclearChecks(work: CiWork, { platform }: VerificationFacts): readonly Check[] {
  const { unclear } = work;
  if (unclear.length === 0) return [];
  return [
    open(
      `whether ${calledOf(work)} acts on ${platform.environment.id} can't be told: what ${unclear.join(", ")} is for, the file doesn't say`,
      "name it there with --project and --environment",
    ),
  ];
}

function hostedChecks(work: CiWork, hosted: CiHosted, facts: VerificationFacts): readonly Check[] {
  const called = calledOf(work);
  const why = sameReason(hosted);
  if (why !== undefined)
    return [
      skipped(
        `${called}, its secret and its runs: ${why}`,
        "look there yourself, or sign the program in as somebody who may",
      ),
    ];
  return [
    ...secretCheck(work, hosted, facts),
    ...switchCheck(work, hosted),
    ...runChecks(work, hosted, facts),
  ];
}

/** One reason for all that isn't known is told once. */
function sameReason({ secret, switch: started, lastRun }: CiHosted): string | undefined {
  return secret.kind === "unread" &&
    lastRun.kind === "unread" &&
    (started === undefined || started.kind === "unread") &&
    secret.why === lastRun.why
    ? secret.why
    : undefined;
}

function secretCheck(
  work: CiWork,
  { secret, secretName = "", repository = "" }: CiHosted,
  { token }: VerificationFacts,
): readonly Check[] {
  const named = `the secret ${secretName} of ${repository}`;
  switch (secret.kind) {
    case "unread":
      return [
        skipped(`the secret of ${calledOf(work)}: ${secret.why}`, "look whether it is set there"),
      ];
    case "absent":
      return [
        wrong(`${named} is not set`, "machinist rotate, or machinist setup --where, sets it"),
      ];
    case "known": {
      const { updatedAt } = secret.value;
      const made = token.kind === "seen" && token.made.kind === "known" ? token.made.value : [];
      const moments = made.map((at) => Date.parse(at));
      if (updatedAt === undefined || moments.length === 0) return [ok(`${named} is set`)];
      const setAt = Date.parse(updatedAt);
      if (setAt < Math.min(...moments))
        return [
          wrong(
            `${named} was set ${moment(updatedAt)}, before any token that the machine user has was made`,
            "machinist rotate puts a new one in",
          ),
        ];
      return setAt < Math.max(...moments)
        ? [
            open(
              `${named} was set ${moment(updatedAt)}, and the machine user has a token that is newer`,
              "the work of the last run shows whether the old one is still good",
            ),
          ]
        : [ok(`${named} was set ${moment(updatedAt)}, not before the machine user's token`)];
    }
  }
}

function switchCheck(work: CiWork, { switch: started }: CiHosted): readonly Check[] {
  const { job } = work.use;
  switch (started?.kind) {
    case undefined:
      return [];
    case "unread":
      return [
        skipped(`whether ${calledOf(work)} is started at its times: ${started.why}`, "look there"),
      ];
    case "absent":
      return [
        job.system === "github"
          ? wrong(
              `GitHub knows no workflow ${job.spot.in.shown}`,
              "push the file; schedules start once it is on the default branch",
            )
          : wrong(
              `no schedule starts ${calledOf(work)}`,
              "make one on the project's page Build, Pipeline schedules",
            ),
      ];
    case "known": {
      const { isOn, called, because, toSwitchOn } = started.value;
      return [
        isOn
          ? ok(`${called} is switched on`)
          : wrong(
              `${called} is switched off${because === undefined ? "" : ` ${because}`}`,
              toSwitchOn ?? "switch it on again on its page",
            ),
      ];
    }
  }
}

function runChecks(work: CiWork, hosted: CiHosted, facts: VerificationFacts): readonly Check[] {
  const { lastRun } = hosted;
  const called = calledOf(work);
  switch (lastRun.kind) {
    case "unread":
      return [skipped(`the last run of ${called}: ${lastRun.why}`, "look there")];
    case "absent":
      // Of a job that isn't started at all, that has been said.
      return hosted.switch === undefined ||
        (hosted.switch.kind === "known" && hosted.switch.value.isOn)
        ? [open(`${called} has not run yet`, `${startOf(work, hosted)}, and look again`)]
        : [];
    case "known":
      return ranChecks(work, lastRun.value, facts);
  }
}

/** How a person has a job run: nobody starts one of GitLab by hand whose rules ask for a push. */
function startOf({ use: { job } }: CiWork, hosted: CiHosted): string {
  return job.system === "gitlab" && hosted.switch === undefined
    ? "push to its branch"
    : "start it by hand";
}

/** A schedule is late at busy times; six hours have been seen. */
const lateMs = 6 * 60 * 60 * 1000;

function ranChecks(work: CiWork, run: HostRun, facts: VerificationFacts): readonly Check[] {
  const called = calledOf(work);
  const { startedAt: from, endedAt: until } = run;
  const when = moment(from);
  switch (run.outcome) {
    case "under way":
      return [open(`${called} is ${run.said}`, "look again once it has ended")];
    case "failed":
      return [wrong(`${called} failed when it ran last, ${when}`, "read the log of that run")];
    case "not run":
      return [
        wrong(
          `${called} did nothing when it was started last, ${when}: ${run.said}`,
          "look at its conditions, and who has to let it run",
        ),
      ];
    case "done":
      return [
        ...overdue(work, run, facts),
        ok(`${called} ran ${when}`),
        ...work.commands.flatMap((command) => {
          const product = productOf(command);
          return product === undefined
            ? []
            : [productCheck(product, { subject: "ci", called, from, until }, facts)];
        }),
      ];
  }
}

function overdue(work: CiWork, run: HostRun, { now }: VerificationFacts): readonly Check[] {
  const { schedules } = work.use.job.file.triggers;
  const from = run.scheduledAt ?? run.startedAt;
  const started = from === undefined ? undefined : new Date(from);
  const due = schedules.flatMap(({ text }) => {
    const times = timesOf(text);
    const next = started && times && nextStart(times, started);
    return next === undefined || next.getTime() + lateMs > now.getTime() ? [] : [next];
  });
  const [first] = due.toSorted((a, b) => a.getTime() - b.getTime());
  if (first === undefined) return [];
  return [
    wrong(
      `${calledOf(work)} was due ${moment(first.toISOString())}, and has not run by its schedule since ${moment(from)}`,
      "look whether its host drops or delays schedules; a cron of the project is hardly ever late",
    ),
  ];
}
