import type { FleetProject } from "../../../audit/fleet.ts";
import { previewOf } from "../../../change/preview.ts";
import { markedIn, type Plan, type PlanItem } from "../../../dialogue/plan.ts";
import { Failure } from "../../../failure.ts";
import { printable } from "../../../printable.ts";
import { agreeOn } from "../../faces/agree.ts";
import type { Face } from "../../faces/choose.ts";
import { tellPreview } from "../../faces/preview.ts";
import type { Io } from "../../terminal/io.ts";
import { isFinal } from "../fix-items.ts";
import type { ProjectFixes } from "./fix.ts";

/** How a person agrees to fixes: asked in a terminal, or beforehand. */
export interface Manner {
  readonly face: Face;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/**
 * Makes sure before a long audit that its fixes can be agreed to. Throws a `Failure` ("usage") where there is nobody to
 * ask, and no answer was given.
 */
export function assertAnswerable({ face, yes, dryRun }: Manner): void {
  if (yes || dryRun || face !== "flags") return;
  throw new Failure("usage", {
    what: "Not answered: may the projects be changed?",
    why: "there is no terminal to ask in",
    next: "look with --dry-run first, then agree beforehand with --yes",
  });
}

/**
 * Gives the projects whose fixes may be made: all of them where that is said beforehand, else those that a person leaves
 * marked on the plan; none in a dry run, which only shows them.
 */
export async function agreedFixes(
  planned: readonly ProjectFixes[],
  { face, yes, dryRun }: Manner,
  say: (line: string) => void,
  io: Io,
): Promise<readonly ProjectFixes[]> {
  const changes = planned.flatMap((fixes) => fixes.changes);
  say("");
  if (changes.length === 0) {
    say("Nothing can be put right through the API; what is in files takes a checkout.");
    return [];
  }
  if (yes || dryRun || face === "flags") {
    const words = `${count(changes.length, "change")} in ${count(planned.length, "project")}`;
    say(`Through the API, --fix makes ${words}:`);
    for (const change of changes) tellPreview(previewOf(change), say);
    if (dryRun) say("Dry run: nothing was changed.");
    return dryRun ? [] : planned;
  }
  const agreed = await agreeOn(
    async (marks) => planOf(planned, marks),
    face,
    { title: "machinist audit --fix", place: [count(planned.length, "project")] },
    io,
  );
  const marked = new Set(agreed === undefined ? [] : markedIn(agreed).map(({ id }) => id));
  if (marked.size === 0) say("Nothing was changed.");
  else
    for (const { project } of planned)
      if (!marked.has(project.id)) say(`left out: ${shownProject(project)}; it was not marked`);
  return planned.filter(({ project }) => marked.has(project.id));
}

/** Each project is an item: its fixes follow from each other. */
function planOf(planned: readonly ProjectFixes[], marks: ReadonlyMap<string, boolean>): Plan {
  const items = planned.map((fixes): PlanItem => {
    const { project, changes } = fixes;
    const final = isFinal(changes);
    return {
      ...{ id: project.id, step: "fix", kind: "change", final },
      marked: marks.get(project.id) ?? !final,
      title: shownProject(project),
      // What can't be taken back first: a row has no room for all of it.
      says: changes
        .toSorted((one, other) => Number(isFinal([other])) - Number(isFinal([one])))
        .map((change) => previewOf(change).title)
        .join("; "),
      facts: [],
      help: [],
      previews: changes.map(previewOf),
      settings: [],
      progress: "to do",
    };
  });
  // What can't be taken back stands in a block of its own, at the end.
  const inOrder = [false, true].flatMap((final) =>
    items.filter((item) => item.kind === "change" && item.final === final),
  );
  const markedIds = new Set(markedIn({ items }).map(({ id }) => id));
  const marked = planned.filter(({ project }) => markedIds.has(project.id));
  const made = marked.reduce((sum, { changes }) => sum + changes.length, 0);
  return {
    headline: `Through the API, ${count(planned.length, "project")} can be put right. Nothing is done yet.`,
    items: inOrder,
    button:
      made === 0
        ? "Go on without a change"
        : `Make ${count(made, "change")} in ${count(marked.length, "project")}`,
  };
}

function shownProject({ id, title }: FleetProject): string {
  return title === undefined ? id : printable(`${title} (${id})`);
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
