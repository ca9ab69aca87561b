import type { YAMLMap } from "yaml";
import { isMap } from "yaml";
import { type Patch, replaceInScript } from "../../appfile/operations.ts";
import { type CiPart, type CiUse, ciUses } from "../../automation/ci-jobs.ts";
import { fileChange } from "../../change/file-change.ts";
import type { CiJob, CiStep, Spot } from "../../cifile/ci-file.ts";
import { pathTo } from "../../cifile/nodes.ts";
import { proofOf } from "../../shell/behaviour.ts";
import { eolAt, lineStart } from "../../yaml/lines.ts";
import { ownEntry, valueAt } from "../../yaml/nodes.ts";
import { entryToPaste } from "../../yaml/paste.ts";
import { firstProven } from "../../yaml/proof.ts";
import type { FileLocation, FixPlan } from "../finding.ts";
import type { ProjectFacts } from "../rule.ts";
import { byHand, type LookedAt, type Promising, plannedFix, purposeOf } from "./fix.ts";
import { placeAt, placeInScript } from "./places.ts";

/** The jobs of CI that have to do with the CLI; none where CI isn't looked at. */
export function ciUsesIn({ ci }: ProjectFacts): readonly CiUse[] {
  return ci === undefined ? [] : ciUses(ci);
}

/** The place of a stretch of a CI file. */
export function placeOfSpot({ in: source, start, end }: Spot): FileLocation {
  return placeAt(source, start, end);
}

/** The place of a stretch of a script that a step runs. */
export function placeInPart(
  { script }: CiPart,
  stretch: { readonly start: number; readonly end: number },
): FileLocation {
  return placeInScript(script, stretch);
}

/** A step as people find it: "the step Deploy of the job release". */
export function stepOfJob({ called }: CiStep, job: CiJob): string {
  return `${called} of ${job.called}`;
}

/** A fix that replaces a stretch of a script that a step runs. */
export function partFix(
  part: CiPart,
  job: CiJob,
  title: LookedAt | Promising,
  replacement: { readonly start: number; readonly end: number; readonly text: string },
): FixPlan {
  if (job.file.generated) return generatedFix(title.title);
  const plan = () => [fileChange(replaceInScript(part.script, replacement), purposeOf(title))];
  return plannedFix(title, plan, ({ promises }) => {
    const { start, end, text } = replacement;
    const shell = part.step.shell.kind === "bash" ? ("bash" as const) : ("dash" as const);
    const before = { text: part.text, shell, stage: "runtime", files: new Map() } as const;
    const edited = part.text.slice(0, start) + text + part.text.slice(end);
    return proofOf(before, { ...before, text: edited }, promises);
  });
}

/** A fix that puts a key with its value into the mapping of a job or a step, in front of one that it has. */
export function keyFix(
  { spot, file }: { readonly spot: Spot; readonly file: CiJob["file"] },
  map: YAMLMap,
  title: LookedAt & { readonly because?: string },
  added: { readonly key: string; readonly value: string | number; readonly before: string },
): FixPlan {
  if (file.generated) return generatedFix(title.title);
  const plan = () => [fileChange(keyPatch(spot.in, map, added), purposeOf(title))];
  return plannedFix(title, plan, () => ({ kind: "unproven", because: "it is new" }));
}

function keyPatch(
  source: Spot["in"],
  map: YAMLMap,
  {
    key,
    value,
    before,
  }: { readonly key: string; readonly value: string | number; readonly before: string },
): Patch {
  const line = `${key}: ${value}`;
  const byHandHere = {
    next: `put ${line} ${map.flow === true ? "between the { }" : `above ${before}`}`,
    paste: entryToPaste([key], value, { text: source.text, map }),
  };
  const entry = isMap(map) && map.flow !== true ? ownEntry(map, before) : undefined;
  const path = pathTo(source, map);
  const old = valueAt(source.value, path);
  const offset = entry?.keyStart ?? 0;
  const indent = " ".repeat(offset - lineStart(source.text, offset));
  const text = `${line}${eolAt(source.text, offset)}${indent}`;
  const next = new Map(
    old instanceof Map
      ? [...old].flatMap(([name, each]) =>
          name === before
            ? [[key, value] as const, [name, each] as const]
            : [[name, each] as const],
        )
      : [],
  );
  return firstProven(
    [{ kind: "yaml", in: source, edits: [{ offset, length: 0, text }], path, value: next }],
    byHandHere,
  );
}

function generatedFix(title: string): FixPlan {
  return byHand(title, {
    what: "A tool wrote this file, and would write it again",
    next: "change what the tool writes it from",
  });
}
