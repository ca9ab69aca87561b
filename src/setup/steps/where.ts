import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { workPlaces } from "../ci/systems.ts";
import { unusedIn } from "../flag-uses.ts";
import type { Step } from "../step.ts";

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
  needed: ({ request }) => request.given.where !== undefined || request.ciSystem !== undefined,
  basis: () => "",
  open: async ({ request }) => ({
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
        const found = request.ciSystem?.system === value ? `, ${request.ciSystem.because}` : "";
        return { value, label, detail: detail + found };
      }),
      preset: { value: "cron", because: "the platform's own way", certain: true },
    },
  }),
  take: async ({ request: { flagsGiven = [] } }, reply) => {
    const value = replyText(reply);
    const place = workPlaces.find((each) => each === value);
    if (place === undefined) {
      const sentence = `There is no such place; the places are ${workPlaces.join(", ")}`;
      return { kind: "again", problem: { sentence, reason: "usage" } };
    }
    const extent = { place: place === "cron" ? "cron" : "ci" } as const;
    const sentence = unusedIn(extent, flagsGiven);
    if (sentence !== undefined) return { kind: "again", problem: { sentence, reason: "usage" } };
    return answerOnly({ value, shown: labels[place][0], because: "you chose" });
  },
};
