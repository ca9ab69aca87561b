import type { Configuration } from "../../../audit/configuration.ts";
import { factsAfter } from "../../../audit/facts-after.ts";
import type { Finding } from "../../../audit/finding.ts";
import { type FleetProject, type ReadProject, readFleet } from "../../../audit/fleet.ts";
import type { PlatformFacts } from "../../../audit/rule.ts";
import { verdictOnProject } from "../../../audit/verdict.ts";
import { applyChange } from "../../../change/apply.ts";
import type { Change } from "../../../change/change.ts";
import type { Journal } from "../../../change/journal.ts";
import type { PlanItem } from "../../../dialogue/plan.ts";
import { Failure, failureLines } from "../../../failure.ts";
import type { Connection } from "../../../platform/connection.ts";
import type { Vendor } from "../../../vendors/vendor.ts";
import { makeFixes, type UnderFix, wantedFixes } from "../fix.ts";
import { type FixChange, fixItems } from "../fix-items.ts";
import type { UnsafeFixes } from "../options.ts";

/** What can be put right in one of many projects by its API alone. */
export interface ProjectFixes {
  readonly project: FleetProject;
  /** As they follow from each other. */
  readonly changes: readonly Change[];
  /** What other projects say about it, as it was shown. */
  readonly elsewhere: PlatformFacts["elsewhere"];
  /** What `--fix` sets out to do in it, and what it could do as well. */
  readonly items: readonly PlanItem[];
  /** What counts before and after them; of each no more than is needed, since projects are many. */
  readonly found: readonly Graded[];
  readonly left: readonly Graded[];
}

type Graded = Pick<Finding, "severity">;

/** How fixes are chosen. */
export interface FixChoice {
  readonly configuration: Configuration;
  readonly unsafeFixes: UnsafeFixes;
}

/** The fixes of one project, tried and not made; there may be none. Nothing in a file is ever among them. */
export async function planFixes(reading: ReadProject, choice: FixChoice): Promise<ProjectFixes> {
  const trial = new ProjectUnderFix(reading, choice.configuration);
  const graded = () => trial.findings().map(({ severity }) => ({ severity }));
  const found = graded();
  const asked: FixChange[] = [];
  const isAsked = isWanted(choice);
  await makeFixes(trial, isAsked, async (change, finding) => {
    asked.push({ change, finding });
    return "";
  });
  return {
    project: reading.project,
    changes: asked.map(({ change }) => change),
    items: fixItems(asked, trial.findings().filter(isOfApi), isAsked),
    elsewhere: reading.facts.elsewhere,
    found,
    left: graded(),
  };
}

/**
 * Makes the fixes that were shown, one project after the other. Each project is read again first: where other changes
 * would follow by now, nothing is done. What one project refuses doesn't stop the others.
 * Throws a `Failure` where the others would fail as well.
 *
 * @param o.say what was done, or why not
 * @param o.made is told each change that was made
 * @returns the projects that were not put right
 */
export async function makePlanned(
  planned: readonly ProjectFixes[],
  choice: FixChoice,
  o: {
    readonly connection: Connection;
    readonly vendor: Vendor;
    /** The account that is signed in. */
    readonly operator: string;
    readonly journal: Journal;
    readonly say: (line: string) => void;
    readonly made: () => void;
  },
): Promise<readonly ProjectFixes[]> {
  const open: ProjectFixes[] = [];
  for (const fixes of planned) {
    try {
      const audited = await readAgain(fixes, choice, o);
      await makeFixes(audited, isWanted(choice), async (change) => {
        const { line } = await applyChange(change, o);
        o.made();
        o.say(line);
        return line;
      });
    } catch (failure) {
      if (!(failure instanceof Failure) || !isOfOneProject(failure)) throw failure;
      open.push(fixes);
      o.say(`Project ${fixes.project.id} was not put right:`);
      for (const line of failureLines(failure.parts)) o.say(`  ${line}`);
    }
  }
  return open;
}

function isWanted({ unsafeFixes }: FixChoice): (finding: Finding) => boolean {
  const isAsked = wantedFixes(unsafeFixes);
  return (finding) => isAsked(finding) && isOfApi(finding);
}

/** Whether a finding can be put right by the API alone. */
function isOfApi({ fix: plan }: Finding): boolean {
  const fix = plan?.();
  return fix?.kind === "changes" && fix.changes.every((change) => "project" in change);
}

function isOfOneProject({ reason }: Failure): boolean {
  return reason === "api" || reason === "uneditable";
}

/** The project as it is now. Throws a `Failure` when it can't be read, or no longer is what the fixes were shown for. */
async function readAgain(
  { project, changes, elsewhere }: ProjectFixes,
  choice: FixChoice,
  o: { readonly connection: Connection; readonly vendor: Vendor; readonly operator: string },
): Promise<ProjectUnderFix> {
  for await (const found of readFleet(o.connection, [project], o)) {
    if (found.kind === "failed") throw found.failure;
    const facts = { ...found.facts, ...(elsewhere && { elsewhere }) };
    const reading: ReadProject = { ...found, facts };
    const now = await planFixes(reading, choice);
    if (JSON.stringify(now.changes) === JSON.stringify(changes))
      return new ProjectUnderFix(reading, choice.configuration);
  }
  throw new Failure("uneditable", {
    what: "It was changed meanwhile; nothing was done",
    where: `project ${project.id}`,
    next: "start again, to see what would be changed now",
  });
}

/** One project of many, kept up to date while its fixes are tried or made. */
class ProjectUnderFix implements UnderFix {
  #reading: ReadProject;
  readonly #configuration: Configuration;

  constructor(reading: ReadProject, configuration: Configuration) {
    this.#reading = reading;
    this.#configuration = configuration;
  }

  findings(): readonly Finding[] {
    return verdictOnProject(this.#reading, this.#configuration).findings;
  }

  changed(change: Change): void {
    this.#reading = { ...this.#reading, facts: factsAfter(this.#reading.facts, change) };
  }
}
