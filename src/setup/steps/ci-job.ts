import { previewOf } from "../../change/preview.ts";
import { taskVariable } from "../../cifile/job-frame.ts";
import { agrees, leftOut } from "../../dialogue/reply.ts";
import { basisOf } from "../../dialogue/session.ts";
import { noteToPaste, planCiJob, startInWords } from "../ci/job.ts";
import { ciSystemOf } from "../ci/target.ts";
import type { Step } from "../step.ts";
import { type CiTask, ciTasks, detailAnswers } from "../tasks/chosen.ts";

/** The job of a task in the CI system: a file of its own. */
export function ciJobOf(task: CiTask): Step {
  const { id, title } = task;
  return {
    id: `ci:${id}`,
    title: "CI job",
    plan: { settings: ["where", "project", "environment"] },
    needed: (session) => session.request.only.includes("cron") && ciTasks(session).includes(task),
    basis: ({ answers }) =>
      basisOf(answers.where, answers.project, answers.environment, ...detailAnswers(answers)),
    open: async (session, context) => {
      const system = ciSystemOf(session);
      if (system !== undefined && system !== "github" && system !== "gitlab") {
        const { file, lines } = noteToPaste(system, task, session, context);
        const shown = `text to paste into ${file}`;
        return {
          kind: "settled",
          previews: [
            {
              title: `Into ${file}`,
              lines: lines.map((text) => ({ kind: "added", text }) as const),
            },
          ],
          answer: {
            value: "by-hand",
            shown,
            because: "machinist doesn't write that file",
            stands: "by hand",
          },
        };
      }
      const plan = await planCiJob(task, session, context);
      if (plan.kind === "there")
        return {
          kind: "settled",
          answer: {
            value: "there",
            shown: plan.shown,
            because: "it is there already",
            stands: "there",
          },
        };
      return {
        kind: "question",
        question: {
          kind: "agreement",
          title: `${title}: write the job?`,
          help: [
            "A file of its own: no workflow or pipeline of yours is changed to hold the job.",
            "The CLI is a release whose checksum is looked at, and the token is in the one step that uses it.",
            "The job waits until the platform is done, so that it is green only then, and ends after an hour.",
          ],
          facts: [...plan.doubts, ...factsOf(task, system)],
          flag: "--yes",
          previews: plan.changes.map(previewOf),
          item: { title, says: `a job of its own, ${await startInWords(task, session)}` },
          agree: plan.changes.length === 1 ? "Write the file" : "Write the files",
          decline: "Leave it out",
        },
      };
    },
    take: async (session, reply, context) => {
      if (!agrees(reply)) return { kind: "answered", answer: leftOut, applied: false };
      const plan = await planCiJob(task, session, context);
      if (plan.kind === "there")
        return {
          kind: "answered",
          answer: {
            value: "there",
            shown: plan.shown,
            because: "it is there already",
            stands: "there",
          },
          applied: false,
        };
      const lines: string[] = [];
      for (const change of plan.changes) lines.push(await context.apply(change));
      return {
        kind: "answered",
        answer: { value: "there", shown: lines.join("; "), because: "you agreed" },
        applied: true,
      };
    },
  };
}

function factsOf({ id, work }: CiTask, system: "github" | "gitlab" | undefined): readonly string[] {
  return work.kind === "cron"
    ? [
        system === "gitlab"
          ? `A schedule of GitLab starts it, which no file holds: make one with the variable ${taskVariable}=${id} once the file is on the branch it is for.`
          : "Schedules start once the file is on the default branch.",
        "A cron of the project does the same and is hardly ever late: it is the better place for what must not be missed (--where cron).",
      ]
    : ["It pushes to the environment of the same name as the branch, and never by force."];
}
