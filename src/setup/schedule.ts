import { CronExpressionParser } from "cron-parser";
import cronstrue from "cronstrue";

/** What is wrong with a spec, or what it means. */
export interface ReadSpec {
  readonly problem?: string;
  /** What it says in words, then the next five runs, one a line. */
  readonly meaning: readonly string[];
}

/**
 * A reader of specs: five fields, as the manual's page on crons has them. Macros, six
 * fields and the letters L, W, ? and # are refused, since the platform does not document them.
 * @param timezone the app's, an IANA name; UTC when it has none. Runs are told in UTC, and in it as well
 */
export function readSchedule(timezone: string | undefined): (spec: string) => ReadSpec {
  return (spec) => {
    const fields = spec.trim().split(/\s+/u);
    if (fields.length !== 5) {
      return {
        problem: `A schedule has five fields, as in 0 5 * * *; this has ${fields.length}`,
        meaning: [],
      };
    }
    if (fields.some((field) => !/^[\dH*,/-]+$/u.test(field))) {
      return {
        problem: "Only digits, *, H, commas, ranges and steps are known to the platform",
        meaning: [],
      };
    }
    const dates = runsOf(spec, timezone, 6);
    if (dates === undefined) return { problem: "A field is out of its range", meaning: [] };
    const hashed = spec.includes("H") ? " (H: a minute of the platform's choice)" : "";
    return {
      meaning: [
        inWords(spec),
        ...tooOften(dates),
        ...dates.slice(0, 5).map((date) => `next: ${told(date, timezone)}${hashed}`),
      ],
    };
  };
}

/**
 * Whether two specs ever start in the same minute: among the next runs of the rarer one, as far as a year goes.
 */
export function runsTogether(one: string, other: string): boolean {
  if (one.includes("H") || other.includes("H")) return false;
  const [first, second] = [runsOf(one, undefined, 60), runsOf(other, undefined, 60)];
  if (first === undefined || second === undefined) return false;
  const times = new Set(first.map((date) => date.getTime()));
  return second.some((date) => times.has(date.getTime()));
}

/** The first run of a spec after a moment; undefined for a spec that can't be read, or whose time the platform chooses. */
export function nextRun(spec: string, timezone: string | undefined, after: Date): Date | undefined {
  if (spec.includes("H")) return undefined;
  try {
    const options = { tz: timezone ?? "UTC", currentDate: after };
    return CronExpressionParser.parse(spec.trim(), options).next().toDate();
  } catch {
    return undefined;
  }
}

function runsOf(
  spec: string,
  timezone: string | undefined,
  count: number,
): readonly Date[] | undefined {
  try {
    return CronExpressionParser.parse(spec.trim(), { tz: timezone ?? "UTC", hashSeed: "machinist" })
      .take(count)
      .map((date) => date.toDate());
  } catch {
    return undefined;
  }
}

/** The manual's H is a minute or hour that the platform chooses, and then keeps. */
function inWords(spec: string): string {
  if (spec.includes("H")) return "at a time that the platform chooses, for each field with H";
  return cronstrue.toString(spec.trim(), { use24HourTimeFormat: true });
}

const fiveMinutes = 5 * 60_000;

/** Most plans allow a run every five minutes, some only one an hour (manual, "Crons"). */
function tooOften(dates: readonly Date[]): readonly string[] {
  const gaps = dates.slice(1).map((date, index) => date.getTime() - (dates[index]?.getTime() ?? 0));
  return gaps.some((gap) => gap < fiveMinutes)
    ? ["more often than every 5 minutes, which most plans don't allow"]
    : [];
}

function told(date: Date, timezone: string | undefined): string {
  const utc = `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  if (timezone === undefined || timezone === "UTC") return utc;
  const there = date.toLocaleString("sv-SE", {
    timeZone: timezone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return `${utc}, ${there} ${timezone}`;
}
