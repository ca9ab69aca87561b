import type { Cron } from "../../appfile/app-file.ts";
import { byHand } from "../fix.ts";
import { placeAt } from "../places.ts";
import { rule } from "../rule.ts";
import { readSpec } from "../spec.ts";

/** A cron's schedule isn't one that the platform is known to read. */
export const cronSpecInvalid = rule({
  id: "cron-spec-invalid",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A cron has no schedule, or one that the platform can't read or isn't known to read.",
  why: "A schedule has five fields: minute, hour, day, month, weekday. The manual knows numbers, *, lists, steps and H; short names as @daily aren't documented. (Manual: “Crons”.)",
  manual: "create-apps/image-properties/crons",
  example: { before: "spec: '@daily'", after: "spec: '0 0 * * *'" },
  ignore: "The platform is known to take it, as the support may have said.",
  check: ({ app }) =>
    app.crons.flatMap((cron) => {
      if (cron.map === undefined) return [];
      const wrong = problemOf(cron);
      if (wrong === undefined) return [];
      const { says, ...certainty } = wrong;
      const { spec } = cron;
      return [
        {
          message: `The schedule of ${cron.name} ${says}`,
          ...certainty,
          location: placeAt(cron.in, spec?.start ?? cron.nameStart, spec?.end ?? cron.nameEnd),
          fix: byHand("Give it five fields", {
            what: "When it is to run, only you know",
            next: "write minute, hour, day of the month, month and weekday, in quotes: '0 5 * * *'",
          }),
        },
      ];
    }),
});

function problemOf({ spec, map }: Cron) {
  if (spec === undefined)
    return map?.has("spec") === false
      ? { says: "is missing", severity: "error" as const }
      : undefined;
  const read = readSpec(spec.value);
  if (read.kind === "wrong")
    return { says: `'${spec.value}' ${read.says}`, severity: "error" as const };
  if (read.kind === "undocumented")
    return {
      says: `'${spec.value}' ${read.says}`,
      severity: "warning" as const,
      confidence: "medium" as const,
    };
  return undefined;
}
