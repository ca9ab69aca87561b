import { answerOnly, replyText } from "../../dialogue/reply.ts";
import { parts } from "../parts.ts";
import { ageOf } from "../saved-setup.ts";
import type { SavedSetup, SetupRequest } from "../session.ts";
import type { Step } from "../step.ts";

/** Whether a setup that was left before its end is gone on with. */
export const goOn: Step = {
  id: "go-on",
  once: true,
  title: "Go on",
  needed: ({ request }) => request.saved !== undefined,
  basis: () => "",
  open: async ({ request: { saved } }) => {
    if (saved === undefined) throw new RangeError("there is no setup to go on with");
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: `Go on with the setup of ${saved.project.shown}?`,
        help: [
          "What you answered is kept, and no token. What is there already is looked at again, so nothing is done twice.",
          "Started anew, what was done stays done; machinist undo takes it back.",
        ],
        facts: [`It was left ${sinceWords(ageOf(saved))}, at the step “${saved.at}”.`],
        flag: "",
        alwaysAsked: true,
        choices: [
          { value: "go-on", label: "Go on where it was left" },
          { value: "anew", label: "Start anew" },
        ],
        preset: { value: "go-on", because: "it did not come to its end", certain: true },
      },
    };
  },
  take: async ({ request }, reply) => {
    const value = replyText(reply);
    const { saved } = request;
    if (value === "anew" || saved === undefined) {
      return answerOnly({ value, shown: "started anew", because: "you chose" });
    }
    if (value !== "go-on") {
      return {
        kind: "again",
        problem: { sentence: "The answer is go-on or anew", reason: "usage" },
      };
    }
    return {
      kind: "answered",
      answer: { value, shown: `at the step “${saved.at}”`, because: "you chose" },
      applied: false,
      request: resumed(request, saved),
    };
  },
};

/** What is asked for when a saved setup is gone on with. What a flag says now counts more than what was said then. */
function resumed(request: SetupRequest, saved: SavedSetup): SetupRequest {
  const { only, installer, cliVersion = saved.cliVersion } = request;
  const { email } = saved.answers;
  const before = { ...saved.answers, project: saved.project.id };
  return {
    ...request,
    only: only.length < parts.length ? only : saved.only,
    installer:
      installer === "bash" && request.cliVersion === undefined ? saved.installer : installer,
    ...(cliVersion === undefined ? {} : { cliVersion }),
    cronNames: { ...saved.cronNames, ...request.cronNames },
    given: { ...before, ...request.given },
    invited: email === undefined ? [] : [{ project: saved.project.id, email }],
    givenBefore: Object.keys(before).filter((id) => !(id in request.given)),
  };
}

/** @param days with fractions */
function sinceWords(days: number): string {
  const whole = Math.floor(days);
  if (days * 24 < 1) return "less than an hour ago";
  if (whole < 1) return `${Math.floor(days * 24)} h ago`;
  return whole === 1 ? "a day ago" : `${whole} days ago`;
}
