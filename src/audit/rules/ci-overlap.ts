import type { CiUse } from "../../automation/ci-jobs.ts";
import { changesPlatform } from "../../shell/cli-call.ts";
import { ciUsesIn, placeOfSpot } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { type Problem, type ProjectFacts, projectRule } from "../rule.ts";

/** What keeps runs of a job apart, and from more rights than they need, is left out. */
export const ciOverlap = projectRule({
  id: "ci-overlap",
  severity: "info",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A workflow's runs may overlap or cut each other off, start at the busiest minute, or have more rights than they need.",
  why: "Two runs on one environment wait for each other's activities; a run that is cancelled leaves its activity going. GitHub starts schedules late at full hours and may drop them. A workflow without permissions has those of the repository, and a token at its top is in every step of every job. (GitHub's pages “Control the concurrency of workflows” and “Events that trigger workflows”; zizmor: excessive-permissions.)",
  example: {
    before: "on:\n  schedule:\n    - cron: '0 3 * * *'",
    after:
      "on:\n  schedule:\n    - cron: '23 3 * * *'\npermissions: {}\nconcurrency:\n  group: platform-main\n  cancel-in-progress: false",
  },
  ignore: "The job only reads.",
  check: (facts) => [
    ...ciUsesIn(facts)
      .filter(({ job }) => job.system === "github")
      .flatMap(ofJob),
    ...ofFiles(facts),
  ],
});

function ofJob({ job, calls }: CiUse): readonly Problem[] {
  if (!calls.some(({ call }) => changesPlatform(call))) return [];
  const { concurrency } = job;
  const { events } = job.file.triggers;
  if (concurrency?.cancels === true)
    return [
      {
        message: `a newer run of ${job.called} ends the one under way, and leaves its activity going on the platform`,
        location: placeOfSpot(concurrency.spot),
        fix: said("Let the run under way finish", "write cancel-in-progress: false"),
      },
    ];
  const startsOften = events.size > 1 || events.has("schedule") || events.has("push");
  if (concurrency !== undefined || !startsOften) return [];
  return [
    {
      message: `${job.called} changes the platform, and nothing keeps two runs of it apart`,
      location: placeOfSpot(job.spot),
      fix: said(
        "Let one run at a time",
        "give the workflow a concurrency",
        "concurrency:\n  group: platform-main\n  cancel-in-progress: false",
      ),
    },
  ];
}

/** What is of a file as a whole is told once for each. */
function ofFiles(facts: ProjectFacts): readonly Problem[] {
  const uses = ciUsesIn(facts).filter(({ job }) => job.system === "github");
  return [...new Set(uses.map(({ job }) => job.file.source))].flatMap((source) => {
    const own = uses.filter(({ job }) => job.file.source === source);
    const [first] = own;
    if (first === undefined) return [];
    const { triggers } = first.job.file;
    const onTop = own
      .flatMap(({ tokens }) => tokens)
      .find(({ variable }) => variable.level === "workflow");
    const unlimited = own.find(({ job }) => !job.permissions);
    return [
      ...triggers.schedules
        .filter(({ text }) => /^\s*0\s/u.test(text))
        .map(({ text, spot }) => ({
          message: `the schedule ${text} starts at a full hour, when GitHub is late or drops runs`,
          location: placeOfSpot(spot),
          fix: said("Start at another minute", "take another minute than 0, such as 23"),
        })),
      ...(unlimited === undefined || triggers.spot === undefined
        ? []
        : [
            {
              message: `${unlimited.job.called} has the repository's usual permissions, which may be to write`,
              location: placeOfSpot(triggers.spot),
              fix: said(
                "Name the permissions",
                "name what it needs at the top of the file, or nothing",
                "permissions:\n  contents: read",
              ),
            },
          ]),
      ...(onTop === undefined
        ? []
        : [
            {
              message: `${onTop.name} is set for the whole workflow, so that every step of it has the token`,
              location: placeOfSpot(onTop.variable.spot),
              fix: said(
                "Set it where it is used",
                "move it to the env of the steps that call the CLI",
              ),
            },
          ]),
    ];
  });
}

function said(title: string, next: string, paste?: string): NonNullable<Problem["fix"]> {
  const what = "What else in the workflow counts on it, only you know";
  return byHand(title, { what, next, ...(paste === undefined ? {} : { paste }) });
}
