import type { TextQuestion } from "../../dialogue/question.ts";
import { answerOnly } from "../../dialogue/reply.ts";
import { Failure } from "../../failure.ts";
import { isProjectId } from "../../git/names.ts";
import { claimsInWords, type ProjectClaim, projectTarget } from "../../git/project.ts";
import type { SetupContext } from "../context.ts";
import type { Session } from "../session.ts";
import type { TakenSetupReply } from "../step.ts";
import { chosenTasks } from "../tasks/chosen.ts";
import { problemOfBranch, productionDoubt, productionOffer } from "./branch.ts";

/** Asks for the project that a job of CI names in its lines, where no API is asked for those there are. */
export function offlineProject({ checkout }: SetupContext): TextQuestion {
  const target = projectTarget(checkout.projects);
  return {
    kind: "text",
    title: "Which project is the job for?",
    help: [
      "A job of a CI system names its project. Its id stands in the address of the project's console.",
    ],
    facts: [
      ...(target.kind === "doubtful"
        ? [
            `The checkout names ${claimsInWords(target.claims)}; nothing else says that it is meant.`,
          ]
        : []),
      "Offline, nobody is asked whether there is such a project.",
    ],
    flag: "--project",
    check: problemOfProject,
    ...(target.kind === "named"
      ? { preset: { value: target.claim.id, because: target.claim.because, certain: true } }
      : {}),
    otherwise:
      target.kind === "doubtful"
        ? doubtfulProject(target.claims)
        : new Failure("usage", {
            what: "Which project the job is for is not known",
            where: "--project",
            why: "a job of a CI system names its project, the checkout names none, and offline nobody is asked",
            next: "name the project with --project, or leave out --offline",
          }),
  };
}

/** Takes what was said to be the project. */
export function takeOfflineProject(id: string): TakenSetupReply {
  const sentence = problemOfProject(id);
  if (sentence !== undefined) return { kind: "again", problem: { sentence, reason: "usage" } };
  return answerOnly({ value: id, shown: id, because: "you said so" });
}

function problemOfProject(id: string): string | undefined {
  return isProjectId(id)
    ? undefined
    : "The id of a project has small letters and digits only, and stands in the address of its console";
}

/** A file of the checkout may have been put there by anybody: it chooses no project on which something is changed. */
export function doubtfulProject(claims: readonly ProjectClaim[]): Failure {
  return new Failure("usage", {
    what: "Which project is meant is not certain",
    where: "--project",
    why: `the checkout names ${claimsInWords(claims)}`,
    next: "name the project with --project",
  });
}

/**
 * Asks for the environment that a job of CI names in its lines, where no API is asked for those there are. The branch
 * that is production is offered, but for a task that belongs elsewhere.
 */
export function offlineEnvironment(session: Session, { checkout }: SetupContext): TextQuestion {
  const belongsElsewhere = chosenTasks(session).some(
    ({ dedicated, unsuited }) => dedicated === true || unsuited !== undefined,
  );
  const preset = belongsElsewhere ? undefined : productionOffer(checkout);
  const next = "name the environment with --environment, or leave out --offline";
  return {
    kind: "text",
    title: "On which environment does the job work?",
    help: ["A job of a CI system names its environment, which is named after its branch."],
    facts: [],
    flag: "--environment",
    ...(belongsElsewhere
      ? {
          otherwise: new Failure("usage", {
            what: "Which environment the job works on is not known",
            where: "--environment",
            why: "the task has an environment of its own, and not the one that is production",
            next,
          }),
        }
      : productionDoubt(checkout, { where: "--environment", next })),
    ...(preset === undefined ? {} : { preset }),
    check: problemOfBranch,
  };
}

/** Takes what was said to be the environment. */
export function takeOfflineEnvironment(value: string): TakenSetupReply {
  const sentence = problemOfBranch(value);
  if (sentence !== undefined) return { kind: "again", problem: { sentence, reason: "usage" } };
  return answerOnly({ value, shown: value, because: "you said so" });
}
