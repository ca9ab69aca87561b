import type { Cron } from "../../appfile/app-file.ts";
import { setKey } from "../../appfile/operations.ts";
import { isTagged, shapeOf } from "../../automation/job-shapes.ts";
import { readSchedule } from "../../automation/schedule.ts";
import { neverStarts } from "../../automation/starts.ts";
import { nodeAt, ownEntry } from "../../yaml/nodes.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, fileFix } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { type AuditFacts, rule } from "../rule.ts";

/** A cron's schedule isn't one that the platform is known to read, or one that never comes. */
export const cronSpecInvalid = rule({
  id: "cron-spec-invalid",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "A cron has no schedule, one that the platform isn't known to read, or one whose time never comes.",
  why: "A schedule has five fields: minute, hour, day, month, weekday. The manual knows numbers, *, lists, steps and H; names of days and short names such as @daily aren't documented, and on a day such as 31 February nothing ever starts. (Manual: “Crons”.)",
  manual: "create-apps/image-properties/crons",
  example: { before: "spec: '@daily'", after: "spec: '0 0 * * *'" },
  ignore: "The platform is known to take it, as the support may have said.",
  check: ({ app }) =>
    app.crons.flatMap((cron) => {
      if (cron.map === undefined) return [];
      const problem = problemOf(cron, app);
      if (problem === undefined) return [];
      const { says, ...rest } = problem;
      const entry = ownEntry(cron.map, "spec");
      const { start, end } = cron.spec ?? {
        start: entry?.keyStart ?? cron.nameStart,
        end: entry?.keyEnd ?? cron.nameEnd,
      };
      return [
        {
          message: `The schedule of ${cron.name} ${says}`,
          location: placeAt(cron.in, start, end),
          ...rest,
        },
      ];
    }),
});

function problemOf({ spec, map, name }: Cron, app: AuditFacts["app"]) {
  const held = nodeAt(map, ["spec"], app.source.document);
  if (isTagged(held)) return undefined;
  if (spec === undefined) {
    const shape = shapeOf(held);
    return shape === "nothing"
      ? { says: "is missing", fix: fiveFields }
      : { says: `is ${shape}, where one text is expected`, fix: fiveFields };
  }
  const read = readSchedule(spec.value);
  const says = (what: string) => `'${spec.value}' ${what}`;
  switch (read.kind) {
    case "documented":
      return neverStarts(read.times)
        ? { says: says("names a day that never comes, so that it never starts"), fix: anotherDay }
        : undefined;
    case "undocumented": {
      const { instead } = read;
      const title = `Write the schedule as '${instead}'`;
      const fix = fileFix({ title, disposition: "unsafe" }, () =>
        setKey(app, ["crons", name, "spec"], instead),
      );
      return { says: says(read.says), severity: "warning", confidence: "medium", fix } as const;
    }
    case "unknown":
      return {
        says: says(read.says),
        severity: "warning",
        confidence: "medium",
        fix: onlyWhatIsKnown,
      } as const;
    case "wrong":
      return { says: says(read.says), fix: fiveFields };
  }
}

const onlyYouKnow = "When it is to run, only you know";

const fiveFields: FixPlan = byHand("Write a schedule of five fields", {
  what: onlyYouKnow,
  next: "write minute, hour, day of the month, month and weekday, in quotes: '0 5 * * *'",
});

const anotherDay: FixPlan = byHand("Choose a day that there is", {
  what: onlyYouKnow,
  next: "name a day that each of its months has, as in '0 5 1 * *'",
});

const onlyWhatIsKnown: FixPlan = byHand("Write only what the manual knows", {
  what: onlyYouKnow,
  next: "use numbers, *, lists as 1,15, ranges as 1-5, steps as */6, or H for a value of the platform's choice",
});
