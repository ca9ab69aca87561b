/** The minutes, hours, days and months at which a cron starts; undefined where the platform chooses, as with `H`. */
export interface Times {
  readonly minutes: ReadonlySet<number> | undefined;
  readonly hours: ReadonlySet<number> | undefined;
  readonly days: ReadonlySet<number> | undefined;
  readonly months: ReadonlySet<number> | undefined;
  readonly weekdays: ReadonlySet<number> | undefined;
}

/** What a spec says, or what is wrong with it, as the end of a sentence that starts with the spec. */
export type ReadSpec =
  | { readonly kind: "times"; readonly times: Times }
  /** The platform can't read it. */
  | { readonly kind: "wrong"; readonly says: string }
  /** The manual doesn't say that the platform can read it. */
  | { readonly kind: "undocumented"; readonly says: string };

const ranges = {
  minutes: [0, 59],
  hours: [0, 23],
  days: [1, 31],
  months: [1, 12],
  weekdays: [0, 7],
} as const;

const names = ["minutes", "hours", "days", "months", "weekdays"] as const;

/** Reads the `spec` of a cron: five fields with numbers, `*`, lists, ranges, steps and `H` (manual, "Crons"). */
export function readSpec(spec: string): ReadSpec {
  const fields = spec.trim().split(/\s+/u);
  if (spec.trim().startsWith("@"))
    return { kind: "undocumented", says: "is a short name; the manual knows only five fields" };
  if (fields.length !== names.length)
    return {
      kind: "wrong",
      says: `has ${fields.length} ${fields.length === 1 ? "field" : "fields"} instead of five`,
    };
  const times: Partial<Record<(typeof names)[number], ReadonlySet<number> | undefined>> = {};
  for (const [index, name] of names.entries()) {
    const field = fields[index] ?? "";
    if (!/^[\d*,/-]+$/u.test(field) && !/^H(?:\/\d+)?$/u.test(field))
      return {
        kind: "undocumented",
        says: `has “${field}” for ${name}, which the manual doesn't know`,
      };
    const values = field.startsWith("H") ? undefined : valuesOf(field, ranges[name]);
    if (values?.size === 0) return { kind: "wrong", says: `has “${field}” for ${name}` };
    times[name] = values;
  }
  const { minutes, hours, days, months, weekdays } = times;
  return { kind: "times", times: { minutes, hours, days, months, weekdays } };
}

/** The numbers of a field; none when one of its parts isn't a number, a range or a step in bounds. */
function valuesOf(field: string, [least, most]: readonly [number, number]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const part of field.split(",")) {
    const [, all, from, to, step = "1"] =
      /^(?:(\*)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/u.exec(part) ?? [];
    const first = all === undefined ? Number(from) : least;
    const open = all !== undefined || part.includes("/");
    const last = to === undefined ? (open ? most : first) : Number(to);
    const by = Number(step);
    const inBounds = first >= least && last <= most && first <= last && by > 0;
    if (!inBounds) return new Set();
    for (let value = first; value <= last; value += by) found.add(value);
  }
  return found;
}

/** Whether two crons ever start in the same minute, as far as their specs say. */
export function meet(one: Times, other: Times): boolean {
  return names.every((name) => {
    const [left, right] = [one[name], other[name]];
    return left !== undefined && right !== undefined && [...left].some((value) => right.has(value));
  });
}

/** How often a cron starts on a day on which it does; undefined when that isn't known. */
export function timesADay({ minutes, hours }: Times): number | undefined {
  return minutes === undefined || hours === undefined ? undefined : minutes.size * hours.size;
}

/** The least number of minutes between two starts within one hour; 60 when there is only one. */
export function shortestGap({ minutes }: Times): number {
  const sorted = [...(minutes ?? [])].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((minute, index) => minute - (sorted[index] ?? 0));
  return Math.min(60, ...gaps);
}

const [hourMs, dayMs] = [3_600_000, 86_400_000];

/**
 * How often a cron starts from one moment to another, counted in UTC; undefined where the platform chooses the time. Days
 * of which only the date or only the weekday fits are left out.
 */
export function startsBetween(times: Times, from: Date, to: Date): number | undefined {
  const { minutes, hours, days, months, weekdays } = times;
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  let starts = 0;
  const first = Math.floor(from.getTime() / dayMs) * dayMs;
  for (let day = first; day <= to.getTime(); day += dayMs) {
    const date = new Date(day);
    const weekday = date.getUTCDay();
    const isWeekday = weekdays.has(weekday) || (weekday === 0 && weekdays.has(7));
    if (!isWeekday || !days.has(date.getUTCDate()) || !months.has(date.getUTCMonth() + 1)) continue;
    for (const hour of hours)
      for (const minute of minutes) {
        const start = day + hour * hourMs + minute * 60_000;
        if (start >= from.getTime() && start <= to.getTime()) starts += 1;
      }
  }
  return starts;
}
