import type { ChoiceQuestion } from "../../dialogue/question.ts";
import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { whyNoJob } from "../ci/job.ts";
import { workPlaces } from "../ci/systems.ts";
import { offlineLeavesOut, unusedIn } from "../flag-uses.ts";
import type { Session } from "../session.ts";
import type { Step } from "../step.ts";
import { pushTasks } from "../tasks/chosen.ts";

const labels: Readonly<
  Record<(typeof workPlaces)[number], readonly [label: string, detail: string]>
> = {
  cron: ["A cron of the project", "on the platform; starts within minutes of its time"],
  github: ["GitHub Actions", "a workflow of its own, with the token as a secret"],
  gitlab: ["GitLab CI", "a job of its own, with the token as a masked variable"],
  bitbucket: ["Bitbucket Pipelines", "text to paste"],
  circleci: ["CircleCI", "text to paste"],
  jenkins: ["Jenkins", "text to paste"],
  azure: ["Azure Pipelines", "text to paste"],
};

/** Where the work is done: by a cron of the project, or by a job of a CI system. */
export const where: Step = {
  id: "where",
  title: "Where",
  guesses: true,
  needed: (session) =>
    session.request.given.where !== undefined ||
    session.request.ciSystem !== undefined ||
    pushTasks(session).length > 0,
  basis: (session) =>
    pushTasks(session)
      .map(({ id }) => id)
      .join(" "),
  open: async (session, { vendor }) => ({
    kind: "question",
    question: {
      kind: "choice",
      title: "Where does the work run?",
      help: [
        "A cron of the project needs nothing else, is hardly ever late, and is never switched off. It is the better place for a backup that must not be missed.",
        "A job of a CI system is the place for what belongs to a deployment or to tests, and for those who want to see every run beside their code. GitHub starts schedules late at busy times, may drop them, and switches them off in public repositories after 60 days without a commit.",
      ],
      facts: [],
      flag: "--where",
      choices: workPlaces.map((value) => {
        const [label, detail] = labels[value];
        const { ciSystem } = session.request;
        const found = ciSystem?.system === value ? `, ${ciSystem.because}` : "";
        const disabled = value === "cron" ? whyNoCron(session) : whyNoJob(vendor);
        return {
          value,
          label,
          detail: detail + found,
          ...(disabled === undefined ? {} : { disabled }),
        };
      }),
      ...presetOf(session),
    },
  }),
  take: async (session, reply, { vendor }) => {
    const { flagsGiven = [] } = session.request;
    const value = replyText(reply);
    const place = workPlaces.find((each) => each === value);
    if (place === undefined) {
      const sentence = `There is no such place; the places are ${workPlaces.join(", ")}`;
      return { kind: "again", problem: { sentence, reason: "usage" } };
    }
    const unfit = place === "cron" ? whyNoCron(session) : whyNoJob(vendor);
    if (unfit !== undefined)
      return { kind: "again", problem: { sentence: unfit, reason: "usage" } };
    const sentence = unusedIn(
      {
        place: place === "cron" ? "cron" : "ci",
        offline: session.request.offline ? offlineLeavesOut : undefined,
      },
      flagsGiven,
    );
    if (sentence !== undefined) return { kind: "again", problem: { sentence, reason: "usage" } };
    return answerOnly({ value, shown: labels[place][0], because: "you chose" });
  },
};

/** Why no cron does the work: it runs where the code has been deployed. */
function whyNoCron(session: Session): string | undefined {
  const [push] = pushTasks(session);
  return push && `${push.title}: a cron runs what is deployed, and deploys nothing`;
}

/** Which of the systems is meant is a guess where a file or a remote alone says so. */
function presetOf(session: Session): Pick<ChoiceQuestion, "preset"> {
  if (whyNoCron(session) === undefined)
    return { preset: { value: "cron", because: "the platform's own way", certain: true } };
  const { ciSystem } = session.request;
  if (ciSystem === undefined) return {};
  return { preset: { value: ciSystem.system, because: ciSystem.because, certain: false } };
}
