import { describe, expect, it, test } from "vitest";
import { readSchedule, type Times, timesOf } from "../../src/automation/schedule.ts";
import { scheduleInWords, scheduleShort } from "../../src/automation/schedule-words.ts";
import {
  neverStarts,
  nextStart,
  shortestGap,
  startsAfter,
  startsBetween,
  startTogether,
} from "../../src/automation/starts.ts";

function times(spec: string): Times {
  const found = timesOf(spec);
  if (found === undefined) throw new Error(`${spec} can't be read`);
  return found;
}

const sorted = (values: ReadonlySet<number> | undefined) =>
  values && [...values].sort((a, b) => a - b);

describe("what a schedule says", () => {
  it.each([
    ["0 5 * * *", [0], [5]],
    ["07 05 * * *", [7], [5]],
    ["\t*/20\t 1-3  * * * ", [0, 20, 40], [1, 2, 3]],
    ["5,10-12/2 */12 * * *", [5, 10, 12], [0, 12]],
    ["50/5 0 * * *", [50, 55], [0]],
  ])("reads the minutes and hours of '%s'", (spec, minutes, hours) => {
    const read = readSchedule(spec);
    expect(read.kind).toBe("documented");
    expect([sorted(times(spec).minutes), sorted(times(spec).hours)]).toEqual([minutes, hours]);
  });

  it.each(["0 5 * * 0,7", "0 5 * * 7", "0 5 * * 07"])("reads '%s' as Sundays", (spec) => {
    expect(sorted(times(spec).weekdays)).toEqual([0]);
  });

  it("leaves a field with H to the platform, and knows how often it starts all the same", () => {
    expect(times("H 5 * * *")).toMatchObject({ minutes: undefined, startsADay: 1 });
    expect(times("H/15 H * * *")).toMatchObject({ hours: undefined, startsADay: 4 });
  });

  it.each([
    ["0 5 * * mon-fri", "0 5 * * 1-5", "has the name “mon-fri” for the weekday"],
    ["0 5 1 JAN,Jul *", "0 5 1 1,7 *", "has the name “JAN,Jul” for the month"],
    ["@daily", "0 0 * * *", "is a short name"],
    ["@Weekly", "0 0 * * 0", "is a short name"],
  ])("reads '%s' as '%s', which the manual knows", (spec, instead, says) => {
    expect(readSchedule(spec)).toMatchObject({ kind: "undocumented", instead });
    expect(readSchedule(spec)).toHaveProperty("says", expect.stringContaining(says));
    expect(times(spec)).toEqual(times(instead));
  });

  it.each(["0 5 L * *", "0 5 * * 5#2", "0 5 ? * *", "0 5 15W * *", "H(0-7) 5 * * *", "@reboot"])(
    "says that the manual doesn't know '%s'",
    (spec) => {
      expect(readSchedule(spec).kind).toBe("unknown");
    },
  );

  it.each([
    ["", "has 0 fields instead of five"],
    ["5", "has 1 field instead of five"],
    ["0 0 5 * * *", "has 6 fields instead of five"],
    ["61 5 * * *", "has “61” for the minute, and there are only 0 to 59"],
    ["0 24 * * *", "has “24” for the hour, and there are only 0 to 23"],
    ["0 5 0 * *", "has “0” for the day of the month, and there are only 1 to 31"],
    ["0 5 * * 8", "has “8” for the weekday, and there are only 0 to 7"],
    ["30-10 5 * * *", "has “30-10” for the minute, a range that ends before it begins"],
    ["*/0 5 * * *", "has “*/0” for the minute, and a step of 0 leads nowhere"],
    ["H/0 5 * * *", "has “H/0” for the minute, and a step of 0 leads nowhere"],
    ["1,,2 5 * * *", "has “1,,2” for the minute, which is no number, range or step"],
  ])("says what is wrong with '%s'", (spec, says) => {
    expect(readSchedule(spec)).toEqual({ kind: "wrong", says });
  });
});

describe("when a schedule starts", () => {
  it.each(["0 0 31 2 *", "0 0 30 2 *", "0 5 31 4,6,9,11 *", "0 5 31 2 */2"])(
    "never on the day of '%s'",
    (spec) => {
      expect(neverStarts(times(spec))).toBe(true);
      expect(nextStart(times(spec), new Date("2026-01-01T00:00:00Z"))).toBeUndefined();
    },
  );

  it.each(["0 0 29 2 *", "0 0 31 2 1", "0 0 31 * *", "0 0 H 2 *"])("some day for '%s'", (spec) => {
    expect(neverStarts(times(spec))).toBe(false);
  });

  it.each([
    ["0 5 * * 0", "0 5 * * 7", true],
    // With both a date and a weekday, either will do.
    ["0 5 1 * 1", "0 5 15 * *", true],
    ["0 5 */2 * 1", "0 5 2 * *", false],
    ["0 5 1 * *", "0 5 2 * *", false],
    ["0 5 29 2 *", "0 5 * 2 1", true],
    ["*/20 * * * *", "40 3 * 6 *", true],
    ["10 5 * * *", "20 5 * * *", false],
    ["H 5 * * *", "0 5 * * *", false],
    ["0 5 31 2 *", "0 5 31 2 *", false],
  ])("'%s' and '%s' together: %s", (one, other, together) => {
    expect(startTogether(times(one), times(other))).toBe(together);
    expect(startTogether(times(other), times(one))).toBe(together);
  });

  it.each([
    ["0,58 * * * *", 2],
    ["*/5 * * * *", 5],
    ["0 5 * * *", 1440],
    ["59 23,0 * * *", 60],
    ["0 0,23 * * *", 60],
    ["2 0 * * 1-5", 1440],
    ["58 23 1,15 * *", Number.POSITIVE_INFINITY],
    ["0 5 * * 1", Number.POSITIVE_INFINITY],
    ["H/2 * * * *", 2],
  ])("'%s' at least %s minutes apart", (spec, gap) => {
    expect(shortestGap(times(spec))).toBe(gap);
  });

  it("counts the starts between two moments, both included", () => {
    const [from, to] = [new Date("2026-03-01T05:00:00Z"), new Date("2026-03-03T05:00:00Z")];
    expect(startsBetween(times("0 5 * * *"), from, to)).toBe(3);
    expect(startsBetween(times("H 5 * * *"), from, to)).toBeUndefined();
  });

  it("goes by the clocks of the app's timezone, also where they are put on or back", () => {
    const after = new Date("2026-03-28T00:00:00Z");
    const starts = startsAfter(times("30 2 * * *"), after, "Europe/Paris");
    const told = Array.from({ length: 3 }, () => starts.next().value?.toISOString());
    // On 29 March there is no 02:30 in Paris.
    expect(told).toEqual([
      "2026-03-28T01:30:00.000Z",
      "2026-03-29T01:30:00.000Z",
      "2026-03-30T00:30:00.000Z",
    ]);
    const autumn = new Date("2026-10-24T12:00:00Z");
    expect(nextStart(times("30 2 * * *"), autumn, "Europe/Paris")?.toISOString()).toBe(
      "2026-10-25T00:30:00.000Z",
    );
  });

  it("takes a timezone that isn't known for UTC", () => {
    const after = new Date("2026-03-01T00:00:00Z");
    expect(nextStart(times("0 5 * * *"), after, "Mars/Base")?.toISOString()).toBe(
      "2026-03-01T05:00:00.000Z",
    );
  });
});

describe("a schedule in words", () => {
  it.each([
    ["0 5 * * 07", "Sundays at 05:00 UTC"],
    ["0 5 * * 0,7", "Sundays at 05:00 UTC"],
  ])("tells '%s'", (spec, meaning) => {
    expect(scheduleInWords(spec, undefined).meaning[0]).toBe(meaning);
  });

  it("tells the next starts in UTC and on the app's clocks", () => {
    const { meaning, problem } = scheduleInWords("0 5 * * *", "Asia/Tokyo");
    expect(problem).toBeUndefined();
    expect(meaning.slice(1)).toHaveLength(5);
    expect(meaning[1]).toMatch(
      /^next: \d{4}-\d\d-\d\d 20:00 UTC, \d{4}-\d\d-\d\d 05:00 Asia\/Tokyo$/u,
    );
  });

  it("warns of starts that most plans don't allow", () => {
    expect(scheduleInWords("0,58 * * * *", undefined).meaning[1]).toBe(
      "more often than every 5 minutes, which most plans don't allow",
    );
  });

  it.each([
    ["0 5 * * sat", "; 0 5 * * 6 means the same"],
    ["0 5 31 2 *", "names a day that never comes"],
    ["0 5 * *", "has 4 fields instead of five"],
  ])("refuses '%s' and says why", (spec, why) => {
    expect(scheduleInWords(spec, undefined).problem).toContain(why);
  });
});

test.each([
  ["38 5 * * *", "every day at 05:38 UTC"],
  ["*/10 * * * *", "every 10 minutes"],
  ["0-59/15 * * * *", "every 15 minutes"],
  ["* * * * *", "every minute"],
  ["0 * * * *", "every hour"],
  ["23 * * * *", "every hour at minute 23, UTC"],
  ["*/20 * * * 1-5", "every 20 minutes, weekdays, UTC"],
  // The last gap of the hour is another one.
  ["0,20,50 * * * *", "at 0, 20, and 50 minutes past the hour, every hour, every day, UTC"],
])("the schedule '%s' is said shortly: %s", (spec, words) => {
  expect(scheduleShort(spec, undefined)).toBe(words);
});
