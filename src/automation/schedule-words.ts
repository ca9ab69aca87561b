import cronstrue from "cronstrue";
import { readSchedule, type Times } from "./schedule.ts";
import { clocksOf, neverStarts, shortestGap, startsAfter } from "./starts.ts";

/** What is wrong with a schedule that somebody types, or what it means. */
export interface ScheduleInWords {
  /** A whole sentence. */
  readonly problem?: string;
  /** What it says, then the next five starts, one a line. */
  readonly meaning: readonly string[];
}

/**
 * Tells what a schedule means, for somebody who is to choose one. What the manual doesn't know is refused.
 *
 * @param spec five fields, as typed
 * @param timezone the app's, an IANA name; UTC when it has none. Starts are told in UTC, and in it as well
 */
export function scheduleInWords(spec: string, timezone: string | undefined): ScheduleInWords {
  const read = readSchedule(spec);
  if (read.kind === "undocumented")
    return refused(`“${spec.trim()}” ${read.says}; ${read.instead} means the same`);
  if (read.kind !== "documented") return refused(`“${spec.trim()}” ${read.says}`);
  const { times } = read;
  if (neverStarts(times)) return refused(`“${spec.trim()}” names a day that never comes`);
  const isOften = shortestGap(times) < 5;
  return {
    meaning: [
      hasChosen(times)
        ? "at a time that the platform chooses, for each field with H"
        : scheduleShort(spec, timezone),
      // The manual's page on crons: some plans start a cron every minute, most every five.
      ...(isOften ? ["more often than every 5 minutes, which most plans don't allow"] : []),
      ...nextStarts(times, timezone).map((start) => `next: ${told(start, timezone)}`),
    ],
  };
}

/**
 * A schedule in a few words: "every day at 05:00 UTC", "every 10 minutes". As it is where it means nothing.
 *
 * @param timezone as of `scheduleInWords`
 */
export function scheduleShort(spec: string, timezone: string | undefined): string {
  const read = readSchedule(spec);
  if (read.kind !== "documented") return spec;
  if (hasChosen(read.times)) return spec;
  const zone = timezone ?? "UTC";
  const daily = onceADay(read.times);
  if (daily !== undefined) return `${daily} ${zone}`;
  const allDay = throughTheDay(read.times, zone);
  if (allDay !== undefined) return allDay;
  const words = cronstrue.toString(plainly(spec, read.times.weekdays), {
    use24HourTimeFormat: true,
    verbose: true,
  });
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}, ${zone}`;
}

const weekdayNames = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
] as const;

/** "every day at 05:00", "weekdays at 03:00": of a schedule with one start on each of its days, in all months. */
function onceADay({ minutes, hours, days, months, weekdays }: Times): string | undefined {
  const [minute, ...otherMinutes] = minutes ?? [];
  const [hour, ...otherHours] = hours ?? [];
  if (minute === undefined || hour === undefined || months?.size !== 12) return undefined;
  if (otherMinutes.length + otherHours.length > 0) return undefined;
  const on = daysInWords(days, weekdays);
  const clock = [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
  return on === undefined ? undefined : `${on} at ${clock}`;
}

/**
 * "every 10 minutes", "every hour at minute 23, UTC": of a schedule that starts in all hours, evenly. The time zone is
 * named where it changes what that means.
 */
function throughTheDay(
  { minutes, hours, days, months, weekdays }: Times,
  zone: string,
): string | undefined {
  const on = daysInWords(days, weekdays);
  if (minutes === undefined || hours?.size !== 24 || months?.size !== 12) return undefined;
  const often = stepInWords([...minutes].toSorted((one, other) => one - other));
  if (on === undefined || often === undefined) return undefined;
  const isEverywhere = on === "every day" && !often.includes(" at ");
  return [often, ...(on === "every day" ? [] : [on]), ...(isEverywhere ? [] : [zone])].join(", ");
}

function stepInWords(minutes: readonly number[]): string | undefined {
  const [first = 0] = minutes;
  const step = 60 / minutes.length;
  if (minutes.some((minute, index) => minute !== first + index * step)) return undefined;
  if (step === 60) return first === 0 ? "every hour" : `every hour at minute ${first}`;
  return step === 1 ? "every minute" : `every ${step} minutes`;
}

function daysInWords(days: Times["days"], weekdays: Times["weekdays"]): string | undefined {
  if (days === undefined || weekdays === undefined) return undefined;
  if (days.size === 31 && weekdays.size === 7) return "every day";
  if (days.size === 31) {
    const chosen = [...weekdays].toSorted((one, other) => one - other);
    if (chosen.join() === "1,2,3,4,5") return "weekdays";
    return listed(chosen.map((day) => `${weekdayNames[day] ?? ""}s`));
  }
  if (weekdays.size < 7 || days.size > 4) return undefined;
  return `on the ${listed([...days].toSorted((one, other) => one - other).map(ordinal))}`;
}

function listed(words: readonly string[]): string {
  const [last = ""] = words.slice(-1);
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

function ordinal(day: number): string {
  const ending = day > 10 && day < 14 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
  return `${day}${ending}`;
}

function refused(problem: string): ScheduleInWords {
  return { problem, meaning: [] };
}

/** Whether the platform chooses a part of it. */
function hasChosen({ minutes, hours, days, months, weekdays }: Times): boolean {
  return [minutes, hours, days, months, weekdays].includes(undefined);
}

/** As cronstrue reads it: no number begins with 0, and Sunday is there once. */
function plainly(spec: string, weekdays: Times["weekdays"]): string {
  const parts = spec
    .trim()
    .replaceAll(/\b0+(?=\d)/gu, "")
    .split(/\s+/u);
  const hasSeven = parts.at(-1)?.includes("7") === true;
  return [...parts.slice(0, -1), hasSeven ? [...(weekdays ?? [])].join(",") : parts.at(-1)].join(
    " ",
  );
}

function nextStarts(times: Times, timezone: string | undefined): readonly Date[] {
  const starts: Date[] = [];
  for (const start of startsAfter(times, new Date(), timezone)) {
    if (starts.push(start) === 5) break;
  }
  return starts;
}

function told(start: Date, timezone = "UTC"): string {
  const utc = `${start.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const there = clocksOf(timezone)?.format(start).slice(0, 16);
  return there === undefined ? utc : `${utc}, ${there} ${timezone}`;
}
