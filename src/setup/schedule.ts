import { CronExpressionParser } from "cron-parser";

/** What is wrong with a spec, or when it runs next. */
export interface ReadSpec {
  readonly problem?: string;
  /** The next five runs, one a line. */
  readonly next: readonly string[];
}

/**
 * A reader of specs: five fields, as the manual's page on crons has them. Macros, six
 * fields and the letters L, W, ? and # are refused, since the platform does not document them.
 * @param timezone an IANA name; times are shown in it
 */
export function readSchedule(timezone: string): (spec: string) => ReadSpec {
  return (spec) => {
    const fields = spec.trim().split(/\s+/u);
    if (fields.length !== 5) {
      return {
        problem: `A schedule has five fields, as in 0 5 * * *; this has ${fields.length}`,
        next: [],
      };
    }
    if (fields.some((field) => !/^[\dH*,/-]+$/u.test(field))) {
      return {
        problem: "Only digits, *, H, commas, ranges and steps are known to the platform",
        next: [],
      };
    }
    try {
      const dates = CronExpressionParser.parse(fields.join(" "), {
        tz: timezone,
        hashSeed: "machinist",
      }).take(5);
      const hashed = spec.includes("H") ? " (H is chosen by the platform)" : "";
      return {
        next: dates.map(
          (date) => `next: ${date.toISOString()?.slice(0, 16).replace("T", " ")} UTC${hashed}`,
        ),
      };
    } catch {
      return { problem: "A field is out of its range", next: [] };
    }
  };
}
