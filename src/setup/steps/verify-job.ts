import { previewOf } from "../../change/preview.ts";
import { packageVariable, readerSecret } from "../../cifile/verify-job.ts";
import { agrees } from "../../dialogue/reply.ts";
import type { Answer } from "../../dialogue/session.ts";
import { basisOf } from "../../dialogue/session.ts";
import { Failure } from "../../failure.ts";
import { ownRelease, planVerifyJob, type VerifyJobPlan, verifySystemOf } from "../ci/verify-job.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";

/** The flag that agrees to it: it is no part of what `--yes` is for. */
const wantsVerifyJob = "--verify-job";

/** A job of CI that looks every day whether what was set up still works, for who wants one. */
export const verifyJob: Step = {
  id: "verify-job",
  title: "Daily look",
  plan: { settings: [] },
  needed: (session) =>
    !session.request.offline &&
    session.answers.environment !== undefined &&
    (isWished(session) || verifySystemOf(session) !== undefined),
  basis: ({ answers }) => basisOf(answers.project, answers.environment, answers.app),
  open: async (session, context) => {
    const system = verifySystemOf(session);
    if (system === undefined || context.checkout.root === undefined) {
      if (isWished(session)) throw noSystem();
      const because = "the folder is in no Git checkout";
      return { kind: "settled", answer: { value: "no", shown: "left to you", because } };
    }
    const plan = await planVerifyJob(system, session, context);
    if (plan.kind !== "changes") return { kind: "settled", answer: thereAlready(plan) };
    const { scheduleShort } = await import("../../automation/schedule-words.ts");
    const when = scheduleShort(plan.schedule, undefined);
    const isGitlab = system === "gitlab";
    const changes = plan.changes.length === 1 ? "Write the file" : "Write the files";
    return {
      kind: "question",
      question: {
        kind: "agreement",
        title: "Have a job look every day whether it still works?",
        help: [
          "It runs machinist verify, is red when a backup failed or never came, and writes what it found as Markdown: on GitHub into the summary of the run, on GitLab as a file of it. Who watches the repository gets the host's mail.",
          `Its token is that of an account that may look, in a secret of its own, ${readerSecret}. ${isGitlab ? "GitLab hands every variable of a project to each of its jobs: this one drops the machine user's token before anything is installed." : "The machine user's stays where its job is."}`,
          "It is a file of its own: no workflow or pipeline of yours is changed to hold the job.",
        ],
        facts: [
          isGitlab
            ? "It starts by a schedule that you make, once the file is on the default branch: GitLab keeps schedules apart from the file."
            : "It starts once the file is on the default branch.",
          ...(ownRelease === undefined
            ? [
                "This machinist is no release, so the file leaves open what npm is to install, and the job says so until you fill that in.",
              ]
            : []),
        ],
        flag: wantsVerifyJob,
        previews: plan.changes.map(previewOf),
        item: {
          title: "Daily look",
          says: isGitlab
            ? `a job of its own, for a schedule that you make: ${when}`
            : `a job of its own, ${when}`,
        },
        agree: changes,
        decline: "Leave it out",
        optional: true,
      },
    };
  },
  take: async (session, reply, context) => {
    if (!agrees(reply)) {
      const answer = { value: "no", shown: "left out", because: "you declined" };
      return { kind: "answered", answer, applied: false };
    }
    const system = verifySystemOf(session);
    if (system === undefined) throw noSystem();
    const plan = await planVerifyJob(system, session, context);
    if (plan.kind !== "changes")
      return { kind: "answered", answer: thereAlready(plan), applied: false };
    const lines: string[] = [];
    for (const change of plan.changes) lines.push(await context.apply(change));
    return {
      kind: "answered",
      answer: { value: wantsVerifyJob, shown: lines.join("; "), because: "you agreed" },
      applied: true,
    };
  },
};

/** A file that a person changed may look at anything, and one that lacks something fails every day. */
function thereAlready(plan: Exclude<VerifyJobPlan, { readonly kind: "changes" }>): Answer {
  const { kind, shown } = plan;
  switch (kind) {
    case "there":
      return {
        value: kind,
        shown: `${shown} does it`,
        because: "it is there already",
        stands: "there",
      };
    case "other":
      return {
        value: kind,
        shown: `${shown} is left as it is: what it does isn't looked at`,
        because: "it isn't as this setup would write it",
        stands: "not known",
      };
    case "unfilled":
      return {
        value: kind,
        shown: `${shown} fails every day until it says what npm is to install`,
        because: `${packageVariable} is empty there`,
        stands: "by hand",
      };
    case "no-secret":
      return {
        value: kind,
        shown: `${shown} fails every day until its secret is set`,
        because: `${readerSecret} is not set`,
        stands: "by hand",
      };
    case "secret-unread":
      return {
        value: kind,
        shown: `${shown} does it where its secret ${readerSecret} is set, which isn't known`,
        because: plan.why,
        stands: "not known",
      };
  }
}

function isWished({ request: { given } }: Session): boolean {
  return given["verify-job"] !== undefined;
}

function noSystem(): Failure {
  return new Failure("usage", {
    what: "Whether the jobs of this checkout run on GitHub or on GitLab can't be told",
    where: wantsVerifyJob,
    why: "no remote is on a host of that name, and neither .github/workflows nor .gitlab-ci.yml is there",
    next: "leave it out: docs/over-time.md has the job for any other system",
  });
}
