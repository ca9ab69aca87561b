import { planUndo, type UndoEntry, type UndoPlan } from "../../change/undo.ts";
import { markedIn, type Plan, type PlanItem } from "../../dialogue/plan.ts";
import { Failure, failureLines } from "../../failure.ts";
import type { Connection } from "../../platform/connection.ts";
import { agreeOn } from "../faces/agree.ts";
import type { Face } from "../faces/choose.ts";
import { tellPreview } from "../faces/preview.ts";
import type { Io } from "../terminal/io.ts";

/** How it is decided what is taken back. */
interface Deciding {
  readonly place: string;
  readonly connection: Connection | undefined;
  readonly face: Face;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly only?: readonly number[];
}

/** What is taken back, and whether that was agreed to. */
interface Decided {
  readonly entries: readonly UndoEntry[];
  readonly agreed: boolean;
  /** What a person took out of the plan that they agreed to. */
  readonly unmarked: readonly UndoEntry[];
}

/**
 * Tells what the run changed, and gives what is to be taken back: the changes of `--only`, all of them, or what a person
 * leaves marked on the plan. Throws a `Failure` ("usage") for a number that no change has, and where agreement is missing.
 */
export async function decideWhat(plan: UndoPlan, deciding: Deciding, io: Io): Promise<Decided> {
  const { face, yes, dryRun, only, place, connection } = deciding;
  const numbers = chosenNumbers(plan, only);
  const isAsked = face !== "flags" && !yes && !dryRun;
  const { entries } =
    numbers.length < plan.entries.length
      ? await planUndo(place, io.env, connection, numbers)
      : plan;
  if (isAsked && entries.some(({ kind }) => kind === "ready"))
    return onPlan({ ...plan, entries }, deciding, face, io);
  tellSummary(plan, io.out);
  for (const entry of entries) if (entry.kind === "blocked") tellBlocked(entry, io.out);
  const ready = entries.flatMap((entry) => (entry.kind === "ready" ? entry : []));
  for (const { preview } of ready) tellPreview(preview, io.out);
  if (yes || dryRun || ready.length === 0)
    return { entries, agreed: entries.length > 0, unmarked: [] };
  throw new Failure("usage", {
    what: "Not answered: take this back?",
    why: "there is no terminal to ask in",
    next: "agree beforehand with --yes",
  });
}

/** The numbers of the changes that are in question. */
function chosenNumbers(
  { entries }: UndoPlan,
  only: readonly number[] | undefined,
): readonly number[] {
  const unknown = only?.find((number) => !entries.some((entry) => entry.number === number));
  if (unknown === undefined) return only ?? entries.map(({ number }) => number);
  throw new Failure("usage", {
    what: `The run has no change ${unknown} that is not taken back`,
    where: "--only",
    next: `name numbers from 1 to ${entries.length}, with commas between them`,
  });
}

/** Tells each change of the run in one line, under the number by which it can be chosen. */
function tellSummary(plan: UndoPlan, say: (line: string) => void): void {
  say(`The run of ${startOf(plan)} UTC, the last change first:`);
  for (const entry of plan.entries) {
    const detail = detailOf(entry);
    say(`  ${entry.number}. ${entry.title}${detail === "" ? "" : `: ${detail}`}`);
  }
}

function startOf({ started = "" }: UndoPlan): string {
  return minuteOf(started);
}

/** A moment in ISO 8601 as people read it, to the minute. */
export function minuteOf(moment: string): string {
  return moment.slice(0, 16).replace("T", " ");
}

function detailOf(entry: UndoEntry): string {
  if (entry.kind === "ready") return "";
  return entry.kind === "blocked"
    ? `can't be taken back: ${entry.failure.parts.what}`
    : entry.reason;
}

function tellBlocked(
  { number, title, failure, preview }: UndoEntry & { readonly kind: "blocked" },
  say: (line: string) => void,
): void {
  say(`${number}. ${title}: can't be taken back`);
  for (const line of failureLines(failure.parts)) say(`  ${line}`);
  if (preview !== undefined) tellPreview(preview, say);
}

/** Has a person look at every change, and take those out of the plan that are to stay. */
async function onPlan(
  plan: UndoPlan,
  { place, connection }: Deciding,
  face: Exclude<Face, "flags">,
  io: Io,
): Promise<Decided> {
  let chosen = plan.entries;
  const planOf = async (marks: ReadonlyMap<string, boolean>): Promise<Plan> => {
    const isOut = ({ number }: UndoEntry) => marks.get(String(number)) === false;
    const numbers = plan.entries.flatMap((entry) => (isOut(entry) ? [] : entry.number));
    // What one change comes to may depend on whether another one of the same file goes along.
    if (numbers.length > 0) chosen = (await planUndo(place, io.env, connection, numbers)).entries;
    const items = plan.entries.map((entry) =>
      itemOf(chosen.find(({ number }) => number === entry.number) ?? entry, !isOut(entry)),
    );
    return {
      headline: `Take back the run of ${startOf(plan)} UTC. Nothing is done yet.`,
      items,
      button: takingBack(markedIn({ items }).length),
    };
  };
  const agreed = await agreeOn(planOf, face, { title: "machinist undo", place: [] }, io);
  const isIn = (id: string) =>
    agreed?.items.some((item) => item.id === id && (item.kind !== "change" || item.marked));
  const entries = chosen.filter(({ number }) => isIn(String(number)));
  if (agreed === undefined || markedIn(agreed).length === 0)
    return { entries: plan.entries, agreed: false, unmarked: [] };
  const unmarked = plan.entries.filter(({ number }) => !isIn(String(number)));
  return { entries, agreed: true, unmarked };
}

function takingBack(count: number): string {
  if (count === 0) return "Leave everything as it is";
  return count === 1 ? "Take 1 change back" : `Take ${count} changes back`;
}

/** A change of the run as it stands on the plan of an undo, under its number. @param marked whether it is to be taken back */
export function itemOf(entry: UndoEntry, marked: boolean): PlanItem {
  const { number, title } = entry;
  const listed = {
    id: String(number),
    step: "undo",
    title,
    says: detailOf(entry),
    help: [],
    settings: [],
    progress: "to do",
  } as const;
  switch (entry.kind) {
    case "ready": {
      const previews = [entry.preview];
      return { ...listed, kind: "change", marked, final: false, facts: [], previews };
    }
    case "blocked": {
      const previews = entry.preview === undefined ? [] : [entry.preview];
      return { ...listed, kind: "by hand", facts: failureLines(entry.failure.parts), previews };
    }
    case "settled":
    case "stays":
      return { ...listed, kind: "there", facts: [entry.reason], previews: [] };
  }
}
