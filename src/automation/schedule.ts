/** At which times a cron starts; a field is undefined where the platform chooses its values, as with `H`. */
export interface Times {
  readonly minutes: ReadonlySet<number> | undefined;
  readonly hours: ReadonlySet<number> | undefined;
  /** Days of the month. */
  readonly days: ReadonlySet<number> | undefined;
  /** January is 1. */
  readonly months: ReadonlySet<number> | undefined;
  /** Sunday is 0. */
  readonly weekdays: ReadonlySet<number> | undefined;
  /** Whether a day counts when its date or its weekday fits, or only when both do. */
  readonly dayFits: "either" | "both";
  /** How often it starts on a day on which it does. */
  readonly startsADay: number;
}

/** What a spec says; `says` is the end of a sentence that starts with the spec. */
export type Schedule =
  | { readonly kind: "documented"; readonly times: Times }
  /** Every cron reads it so, but the manual doesn't say that the platform does; `instead` means the same. */
  | {
      readonly kind: "undocumented";
      readonly says: string;
      readonly times: Times;
      readonly instead: string;
    }
  /** Some cron may read it; what it means on the platform isn't known. */
  | { readonly kind: "unknown"; readonly says: string }
  /** Nobody can read it. */
  | { readonly kind: "wrong"; readonly says: string };

interface Field {
  /** As the field is called in a sentence. */
  readonly called: string;
  readonly least: number;
  readonly most: number;
  /** How many different values there are: Sunday has two. */
  readonly count: number;
  readonly names: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const fields = [
  { called: "the minute", least: 0, most: 59, count: 60, names: [] },
  { called: "the hour", least: 0, most: 23, count: 24, names: [] },
  { called: "the day of the month", least: 1, most: 31, count: 31, names: [] },
  { called: "the month", least: 1, most: 12, count: 12, names: ["", ...months] },
  {
    called: "the weekday",
    least: 0,
    most: 7,
    count: 7,
    names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
  },
] as const satisfies readonly Field[];

/** Short names that cron programs know (crontab(5)), and the five fields that mean the same. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
  ["@monthly", "0 0 1 * *"],
  ["@weekly", "0 0 * * 0"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@hourly", "0 * * * *"],
]);

/**
 * Reads the `spec` of a cron: five fields with numbers, `*`, lists, ranges, steps and `H` (platform manual, "Crons"; for
 * what the fields mean together, crontab(5)). Never throws.
 *
 * @param spec as the file has it; blanks and tabs around and between the fields don't count
 */
export function readSchedule(spec: string): Schedule {
  const text = spec.trim();
  if (text.startsWith("@")) return shortName(text);
  const parts = text === "" ? [] : text.split(/\s+/u);
  const [minute, hour, day, month, weekday] = parts;
  if (
    minute === undefined ||
    hour === undefined ||
    day === undefined ||
    month === undefined ||
    weekday === undefined ||
    parts.length > fields.length
  )
    return {
      kind: "wrong",
      says: `has ${parts.length} ${parts.length === 1 ? "field" : "fields"} instead of five`,
    };
  const [minutes, hours, days, ofMonths, weekdays] = [
    readField(minute, fields[0]),
    readField(hour, fields[1]),
    readField(day, fields[2]),
    readField(month, fields[3]),
    readField(weekday, fields[4]),
  ];
  const read = [minutes, hours, days, ofMonths, weekdays];
  const problem = read.find((field) => field.kind === "wrong") ?? read.find(isUnknown);
  if (problem?.kind === "wrong" || problem?.kind === "unknown") return problem;
  const times: Times = {
    minutes: valuesOf(minutes),
    hours: valuesOf(hours),
    days: valuesOf(days),
    months: valuesOf(ofMonths),
    weekdays: sundayOnce(valuesOf(weekdays)),
    // crontab(5): a field that starts with * is no restriction.
    dayFits: day.startsWith("*") || weekday.startsWith("*") ? "both" : "either",
    startsADay: countOf(minutes) * countOf(hours),
  };
  const named = read.find((field) => field.kind === "values" && field.named !== undefined);
  if (named?.kind !== "values" || named.named === undefined) return { kind: "documented", times };
  const instead = parts.map((part, index) => numbered(part, fields[index]?.names ?? [])).join(" ");
  return { kind: "undocumented", says: named.named, times, instead };
}

function shortName(text: string): Schedule {
  const says = "is a short name, which the manual doesn't know";
  const instead = shortNames.get(text.toLowerCase());
  const read = instead === undefined ? undefined : readSchedule(instead);
  return instead === undefined || read?.kind !== "documented"
    ? { kind: "unknown", says }
    : { kind: "undocumented", says, times: read.times, instead };
}

type ReadField =
  | {
      readonly kind: "values";
      readonly values: ReadonlySet<number>;
      /** Says that the field has names in place of numbers. */
      readonly named?: string;
    }
  /** The platform chooses that many values, and keeps them. */
  | { readonly kind: "chosen"; readonly count: number }
  | { readonly kind: "unknown"; readonly says: string }
  | { readonly kind: "wrong"; readonly says: string };

function isUnknown(field: ReadField): boolean {
  return field.kind === "unknown";
}

function valuesOf(field: ReadField): ReadonlySet<number> | undefined {
  return field.kind === "values" ? field.values : undefined;
}

function countOf(field: ReadField): number {
  if (field.kind === "chosen") return field.count;
  return field.kind === "values" ? field.values.size : 0;
}

/** Both 0 and 7 are Sunday (crontab(5)). */
function sundayOnce(weekdays: ReadonlySet<number> | undefined): ReadonlySet<number> | undefined {
  return weekdays && new Set([...weekdays].map((weekday) => weekday % 7));
}

function readField(text: string, field: Field): ReadField {
  const wrong = (why: string): ReadField => ({
    kind: "wrong",
    says: `has “${text}” for ${field.called}, ${why}`,
  });
  const [, by] = /^H(?:\/(\d+))?$/u.exec(text) ?? [];
  if (text.startsWith("H") && (text === "H" || by !== undefined)) {
    const step = by === undefined ? field.count : Number(by);
    if (step === 0) return wrong("and a step of 0 leads nowhere");
    return { kind: "chosen", count: Math.max(1, Math.floor(field.count / step)) };
  }
  const digits = numbered(text, field.names);
  if (!/^[\d*,/-]+$/u.test(digits))
    return {
      kind: "unknown",
      says: `has “${text}” for ${field.called}, which the manual doesn't know`,
    };
  const values = new Set<number>();
  for (const part of digits.split(",")) {
    const found = valuesOfPart(part, field);
    if (typeof found === "string") return wrong(found);
    for (const value of found) values.add(value);
  }
  return digits === text
    ? { kind: "values", values }
    : {
        kind: "values",
        values,
        named: `has the name “${text}” for ${field.called}, and the manual knows only numbers there`,
      };
}

/** The field with numbers in place of the names of months or weekdays. */
function numbered(text: string, names: readonly string[]): string {
  return text.replaceAll(/[a-z]+/giu, (word) => {
    const index = names.indexOf(word.toLowerCase());
    return index < 0 ? word : String(index);
  });
}

/** The values of `*`, a number or a range, each with or without a step; why there are none, if there are none. */
function valuesOfPart(part: string, { least, most }: Field): readonly number[] | string {
  const [whole, all, from, to, step = "1"] =
    /^(?:(\*)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/u.exec(part) ?? [];
  if (whole === undefined) return "which is no number, range or step";
  const first = all === undefined ? Number(from) : least;
  const isOpen = all !== undefined || part.includes("/");
  const last = to === undefined ? (isOpen ? most : first) : Number(to);
  const by = Number(step);
  if (first < least || last > most) return `and there are only ${least} to ${most}`;
  if (first > last) return "a range that ends before it begins";
  if (by === 0) return "and a step of 0 leads nowhere";
  const values: number[] = [];
  for (let value = first; value <= last; value += by) values.push(value);
  return values;
}

/** What is known of the times of a spec; undefined where nothing is. */
export function timesOf(spec: string): Times | undefined {
  const read = readSchedule(spec);
  return read.kind === "documented" || read.kind === "undocumented" ? read.times : undefined;
}
