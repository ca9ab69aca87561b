import type { Times } from "./schedule.ts";

/** Whether no day ever fits, as for 31 February. */
export function neverStarts(times: Times): boolean {
  if (!hasDates(times)) return false;
  for (const date of calendar()) if (date !== undefined && isDay(times, date)) return false;
  return true;
}

/**
 * Whether two crons ever start in the same minute, as far as their specs say; where the platform chooses, nothing is claimed.
 *
 * @param zones the timezones in which they count, IANA names; UTC where one isn't named or known
 */
export function startTogether(
  one: Times,
  other: Times,
  [zone = "UTC", otherZone = "UTC"]: readonly (string | undefined)[] = [],
): boolean {
  if (zone !== otherZone) return meetInZones([one, zone], [other, otherZone]);
  const { minutes, hours } = one;
  if (!meet(minutes, other.minutes) || !meet(hours, other.hours)) return false;
  const [left, right] = [dates(one), dates(other)];
  return left?.some((fits, index) => fits === 1 && right?.[index] === 1) === true;
}

/** Whether a start of one is also a start of the other, in the first four years of a calendar. */
function meetInZones(one: readonly [Times, string], other: readonly [Times, string]): boolean {
  const [left, right] = [startsInZone(...one), startsInZone(...other)];
  let at = 0;
  for (const start of left) {
    while ((right[at] ?? Number.POSITIVE_INFINITY) < start) at += 1;
    if (right[at] === start) return true;
  }
  return false;
}

const calendarStart = Date.UTC(2025, 0, 1);
const mostStarts = 20_000;
const startsByZone = new WeakMap<Times, Map<string, readonly number[]>>();

/** The moments at which it starts in four years, as far as so many are enough, in milliseconds. */
function startsInZone(times: Times, zone: string): readonly number[] {
  const ofTimes = startsByZone.get(times) ?? new Map<string, readonly number[]>();
  startsByZone.set(times, ofTimes);
  const before = ofTimes.get(zone);
  if (before !== undefined) return before;
  const starts: number[] = [];
  for (const start of startsAfter(times, new Date(calendarStart - 1), zone)) {
    if (start.getTime() > calendarStart + 4 * 365 * dayMs || starts.length === mostStarts) break;
    starts.push(start.getTime());
  }
  ofTimes.set(zone, starts);
  return starts;
}

function meet(one: ReadonlySet<number> | undefined, other: ReadonlySet<number> | undefined) {
  if (one === undefined || other === undefined) return false;
  for (const value of one) if (other.has(value)) return true;
  return false;
}

/**
 * The least number of minutes between two starts, also over the turn of the hour and of the day; infinite when it starts
 * but once in two days or more. Where the platform chooses the minutes, they are taken to be spread evenly.
 */
export function shortestGap(times: Times): number {
  const { minutes, hours, startsADay } = times;
  const day = 24 * 60;
  if (minutes === undefined || hours === undefined)
    return startsADay < 2 ? Number.POSITIVE_INFINITY : Math.floor(day / startsADay);
  const starts = [...hours]
    .flatMap((hour) => [...minutes].map((minute) => hour * 60 + minute))
    .sort((a, b) => a - b);
  const [first = 0] = starts;
  const next = startsOnTwoDaysRunning(times) ? [first + day] : [];
  const later = [...starts.slice(1), ...next];
  return later.reduce(
    (least, start, index) => Math.min(least, start - (starts[index] ?? 0)),
    Number.POSITIVE_INFINITY,
  );
}

function startsOnTwoDaysRunning(times: Times): boolean {
  if (!hasDates(times)) return true;
  let isFit = false;
  for (const date of calendar()) {
    const fits = date !== undefined && isDay(times, date);
    if (fits && isFit) return true;
    isFit = fits;
  }
  return false;
}

/** A year of each kind: it begins on one of seven weekdays, and has a 29 February or not. */
const kindsOfYear = Array.from({ length: 14 }, (_, kind) => ({
  firstWeekday: kind % 7,
  isLeap: kind >= 7,
}));

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const knownDates = new WeakMap<Times, Uint8Array>();

/** For each day of each kind of year whether it fits; undefined where the platform chooses the days. */
function dates(times: Times): Uint8Array | undefined {
  const before = knownDates.get(times);
  if (before !== undefined) return before;
  if (!hasDates(times)) return undefined;
  const fits: number[] = [];
  for (const date of calendar()) fits.push(date !== undefined && isDay(times, date) ? 1 : 0);
  const found = Uint8Array.from(fits);
  knownDates.set(times, found);
  return found;
}

/** Whether the spec says on which days it starts, and leaves none of that to the platform. */
function hasDates({ days, months, weekdays }: Times): boolean {
  return days !== undefined && months !== undefined && weekdays !== undefined;
}

interface CalendarDay {
  readonly day: number;
  readonly month: number;
  readonly weekday: number;
}

let written: readonly (CalendarDay | undefined)[] | undefined;

/** The days of a year of each kind, in order; undefined between two years, whose days don't follow each other. */
function calendar(): readonly (CalendarDay | undefined)[] {
  written ??= kindsOfYear.flatMap(daysOf);
  return written;
}

function daysOf({ firstWeekday, isLeap }: (typeof kindsOfYear)[number]) {
  const days: (CalendarDay | undefined)[] = [];
  let weekday = firstWeekday;
  for (const [index, length] of monthLengths.entries()) {
    const last = isLeap && index === 1 ? 29 : length;
    for (let day = 1; day <= last; day += 1, weekday = (weekday + 1) % 7)
      days.push({ day, month: index + 1, weekday });
  }
  return [...days, undefined];
}

/** Whether it starts on this day. Where the platform chooses the days, it may. */
function isDay({ days, months: ofMonths, weekdays, dayFits }: Times, date: CalendarDay): boolean {
  if (ofMonths?.has(date.month) === false) return false;
  const [byDay, byWeekday] = [days?.has(date.day) !== false, weekdays?.has(date.weekday) !== false];
  return dayFits === "either" ? byDay || byWeekday : byDay && byWeekday;
}

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const dayMs = 24 * 60 * minuteMs;

/**
 * The starts after a moment, in their order, as far as eight years on; none where the platform chooses the time.
 * What falls into the hour that clocks skip in spring starts an hour later by the clock.
 *
 * @param timezone an IANA name; a name that isn't known counts as UTC
 */
export function* startsAfter(times: Times, after: Date, timezone = "UTC"): Generator<Date> {
  const { minutes, hours, days, months: ofMonths, weekdays } = times;
  if (!minutes || !hours || !days || !ofMonths || !weekdays) return;
  const clock = clockOf(timezone);
  const [inHour, inDay] = [ascending(minutes), ascending(hours)];
  // A day before and after: a timezone is off by less than one.
  const first = Math.floor(after.getTime() / dayMs) * dayMs - dayMs;
  let last = after.getTime();
  for (let day = first; day < first + 8 * 366 * dayMs; day += dayMs) {
    const date = new Date(day);
    const calendar = {
      day: date.getUTCDate(),
      month: date.getUTCMonth() + 1,
      weekday: date.getUTCDay(),
    };
    if (!isDay(times, calendar)) continue;
    for (const hour of inDay)
      for (const minute of inHour) {
        const start = clock(day + (hour * 60 + minute) * minuteMs);
        if (start <= last) continue;
        last = start;
        yield new Date(start);
      }
  }
}

/** The first start after a moment; undefined where the platform chooses the time, and where none comes within eight years. */
export function nextStart(times: Times, after: Date, timezone?: string): Date | undefined {
  const [next] = startsAfter(times, after, timezone);
  return next;
}

/** How often a cron starts between two moments; undefined where the platform chooses the time. */
export function startsBetween(
  times: Times,
  from: Date,
  to: Date,
  timezone?: string,
): number | undefined {
  const { minutes, hours, days, months: ofMonths, weekdays } = times;
  if (!minutes || !hours || !days || !ofMonths || !weekdays) return undefined;
  let starts = 0;
  for (const start of startsAfter(times, new Date(from.getTime() - 1), timezone)) {
    if (start > to) break;
    starts += 1;
  }
  return starts;
}

function ascending(values: ReadonlySet<number>): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

/** What turns a time on the clocks of a timezone, given as if it were UTC, into the moment it stands for. */
function clockOf(timezone: string): (local: number) => number {
  const clocks = clocksOf(timezone);
  if (clocks === undefined) return (local) => local;
  const offsets = new Map<number, number>();
  const offsetAt = (moment: number): number => {
    // Offsets change at full quarters of an hour.
    const quarter = Math.floor(moment / quarterMs) * quarterMs;
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const offset = Date.parse(`${clocks.format(quarter).replace(" ", "T")}Z`) - quarter;
    offsets.set(quarter, offset);
    return offset;
  };
  return (local) => {
    const before = offsetAt(local - dayMs);
    const possible = [before, offsetAt(local + dayMs)];
    const right = possible.find((offset) => offsetAt(local - offset) === offset);
    return local - (right ?? before);
  };
}

/** Writes a moment as `2026-03-01 05:00:00` on the clocks of a timezone; undefined for UTC and for a name that isn't known. */
export function clocksOf(timezone: string): Intl.DateTimeFormat | undefined {
  if (timezone === "UTC") return undefined;
  try {
    return new Intl.DateTimeFormat("sv-SE", {
      timeZone: timezone,
      dateStyle: "short",
      timeStyle: "medium",
    });
  } catch {
    return undefined;
  }
}
