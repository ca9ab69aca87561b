import { variableOn } from "../../audit/evidence/at-home.ts";
import { cronNeverRan, missedStarts } from "../../audit/rules/cron-never-ran.ts";
import { timesOf } from "../../automation/schedule.ts";
import { nextStart } from "../../automation/starts.ts";
import { valueIn } from "../../fact.ts";
import { type Activity, hasEnded } from "../../platform/activities.ts";
import type { VerificationFacts } from "../facts/facts.ts";
import { type Check, type CheckSubject, checksOf } from "./check.ts";
import { type CliCron, cronsHere } from "./file-checks.ts";

const { ok, wrong, open, skipped } = checksOf("work");

/** What a CLI command sets off: the type of its activity, and what people call it. */
interface Product {
  readonly type: string;
  readonly called: string;
}

const products: Readonly<Record<string, Product>> = {
  "backup:create": { type: "environment.backup", called: "backup" },
  "environment:redeploy": { type: "environment.redeploy", called: "redeployment" },
  "source-operation:run": { type: "environment.source-operation", called: "source operation" },
  "environment:synchronize": { type: "environment.synchronize", called: "synchronization" },
  "environment:push": { type: "environment.push", called: "push" },
};

/** What a command sets off; undefined for one that isn't known to set an activity off. */
export function productOf(command: string): Product | undefined {
  return products[command];
}

/** So many of the latest activities are looked at. */
export const mostActivities = 100;

/** The types of activities that `workChecks` looks at. */
export const workTypes: readonly string[] = [
  "environment.cron",
  ...Object.values(products).map(({ type }) => type),
];

/** Whether each cron ran, did its work, and did it under the machine user's name. */
export function workChecks(facts: VerificationFacts): readonly Check[] {
  const { app, platform, activities } = facts;
  const { deployment } = platform;
  const deployed = valueIn(deployment)?.apps.find(({ name }) => name === app.name)?.crons ?? [];
  // Of one that isn't deployed, that is said.
  const crons = cronsHere(facts).filter(
    ({ name }) => deployment.kind === "unread" || deployed.some((cron) => cron.name === name),
  );
  if (activities.kind === "unread") return crons.map((cron) => unseen(cron, activities.why));
  return crons.flatMap((cron) => checksOfCron(cron, valueIn(activities) ?? [], facts));
}

function unseen({ name }: CliCron, why: string): Check {
  return skipped(
    `whether the cron ${name} ran, and what came of it: ${why}`,
    "look again, with an account that may read the activities",
  );
}

function checksOfCron(
  cron: CliCron,
  activities: readonly Activity[],
  facts: VerificationFacts,
): readonly Check[] {
  const { name } = cron;
  const run = activities.find(
    (activity) => activity.type === "environment.cron" && activity.cron === name,
  );
  if (run === undefined) return neverRan(cron, facts);
  const namesake = facts.neighbours.find(({ crons }) => crons.some((one) => one.name === name));
  if (namesake !== undefined)
    return [
      open(
        `a cron ${name} ran ${moment(run.createdAt)}, and whether that was the one of ${facts.app.name} or of ${namesake.name} can't be told`,
        "give each a name of its own",
      ),
    ];
  if (!hasEnded(run)) return [open(`the cron ${name} runs just now`)];
  // A run that failed is found by its rule.
  if (run.result === "failure") return [];
  if (run.result !== "success")
    return [open(`how the last run of the cron ${name} ended isn't known`)];
  return [
    ok(`the cron ${name} ran ${moment(run.createdAt)}`),
    ...sinceThen(cron, run, facts),
    ...cron.calls.flatMap((command) => {
      const product = productOf(command.name);
      const [subject, called] = ["work", `the cron ${name}`] as const;
      const time = { subject, called, from: run.createdAt, until: run.completedAt };
      return product === undefined ? [] : [productCheck(product, time, facts)];
    }),
  ];
}

/** A run shows nothing of what has come to be after it: starts that it missed, and another token. */
function sinceThen(cron: CliCron, run: Activity, facts: VerificationFacts): readonly Check[] {
  const { platform, app, now } = facts;
  const { name } = cron;
  const { times: missed } = missedStarts(cron.cron, app.name, platform, now);
  const token = valueIn(variableOn(platform, platform, platform.vendor.tokenVariable));
  return [
    ...(missed === 0 || isFoundIdle(cron, facts)
      ? []
      : [
          open(
            `the cron ${name} has not run since, though it was due ${timesInWords(missed)}`,
            "look whether an activity holds it up",
          ),
        ]),
    ...(time(token?.updatedAt) > time(run.createdAt)
      ? [
          open(
            `the cron ${name} has not run since ${token?.name} was changed, ${moment(token?.updatedAt)}${whenDue(cron, facts)}`,
            "look again after that",
          ),
        ]
      : []),
  ];
}

/** Whether the rule says of a cron that it doesn't run, or a person that this may stay so. */
function isFoundIdle({ name }: CliCron, { verdict }: VerificationFacts): boolean {
  return [...verdict.findings, ...verdict.ignored].some(
    ({ rule, message }) => rule === cronNeverRan.id && message.includes(` ${name} `),
  );
}

function timesInWords(times: number): string {
  return times === 1 ? "once" : times === 2 ? "twice" : `${times} times`;
}

function whenDue({ cron }: CliCron, { now, app }: VerificationFacts): string {
  const times = timesOf(cron.spec?.value ?? "");
  const next = times && nextStart(times, now, app.timezone);
  return next === undefined ? "" : `; it is due ${moment(next.toISOString())}`;
}

/** A cron that is deployed has run once its time has come; before that only time will tell. */
function neverRan(cron: CliCron, facts: VerificationFacts): readonly Check[] {
  const { platform, now, app } = facts;
  const { name } = cron;
  if (isFoundIdle(cron, facts)) return [];
  const { times: missed } = missedStarts(cron.cron, app.name, platform, now);
  return missed > 0
    ? [
        wrong(
          `the cron ${name} has not run, though it was due ${timesInWords(missed)} since the deployment`,
          "look whether crons are paused, and at the log of the last deployment",
        ),
      ]
    : [open(`the cron ${name} has not run yet${whenDue(cron, facts)}`, "look again after that")];
}

const afterwards = 2 * 60_000;

/** The time in which a job ran. */
interface RunTime {
  /** Under which heading it is told. */
  readonly subject: CheckSubject;
  /** As people call the job: "the cron backup". */
  readonly called: string;
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/** What a job set off is an activity of its own, begun while the job ran, in the name of the token's account. */
export function productCheck(
  { type, called }: Product,
  run: RunTime,
  facts: VerificationFacts,
): Check {
  const { ok, wrong, open } = checksOf(run.subject);
  const from = time(run.from);
  const until = time(run.until ?? run.from) + afterwards;
  if (facts.activities.kind === "unread")
    return open(
      `whether a ${called} came of the run of ${run.called} can't be told: ${facts.activities.why}`,
    );
  const activities = valueIn(facts.activities) ?? [];
  const within = activities.filter((activity) => {
    const at = time(activity.createdAt);
    return activity.type === type && at >= from && at <= until;
  });
  // Others may have been at work in that time.
  const owner = facts.token.kind === "seen" ? facts.token.facts.owner.id : undefined;
  const made = within.find(({ user }) => user === owner) ?? within[0];
  if (made === undefined && !reachesBack(activities, from))
    return open(
      `whether a ${called} came of the run of ${run.called} can't be told: the activities that are listed don't reach back to it`,
    );
  if (made === undefined) {
    return wrong(
      `${run.called} ran, but no ${called} came of it`,
      "read its log: the guard, the token or the role may be the reason",
    );
  }
  const maker = made.user === undefined ? undefined : facts.addresses.get(made.user);
  const said = `its ${called} was made as ${maker ?? made.user ?? "nobody that is known"}`;
  if (hasEnded(made) && made.result !== "success") {
    return wrong(`${said}, and failed`, "read the log of that activity");
  }
  const { token } = facts;
  if (made.user === valueIn(facts.platform.operator)) {
    return wrong(`${said}, which is you`, "machinist rotate puts the machine user's token in");
  }
  if (token.kind === "seen" && token.facts.owner.id !== made.user) {
    return wrong(
      `${said}, and the token belongs to ${token.facts.owner.email}`,
      "machinist rotate puts the machine user's token in",
    );
  }
  return ok(token.kind === "seen" ? `${said}, the machine user` : said);
}

/** Whether an activity of that time would be among those that were read. */
function reachesBack(activities: readonly Activity[], from: number): boolean {
  if (Number.isNaN(from)) return false;
  if (activities.length < mostActivities) return true;
  return activities.some(({ createdAt }) => time(createdAt) <= from);
}

function time(moment: string | undefined): number {
  return moment === undefined ? Number.NaN : Date.parse(moment);
}

/** A moment as people read it, to the minute. */
export function moment(at: string | undefined): string {
  return at === undefined ? "at a time not known" : `${at.slice(0, 16).replace("T", " ")} UTC`;
}
