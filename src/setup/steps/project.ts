import type { Choice, Preset } from "../../dialogue/question.ts";
import { answerOnly, replyText } from "../../dialogue/reply.ts";
import {
  claimsInWords,
  likelyProject,
  type ProjectTarget,
  projectTarget,
} from "../../git/project.ts";
import { ApiFailure } from "../../platform/api-failure.ts";
import type { ProjectSummary } from "../../platform/projects.ts";
import { productAgainst, shownClaim } from "../../vendors/detection.ts";
import type { SetupPlatform } from "../context/platform.ts";
import type { SetupRequest } from "../session.ts";
import type { Step } from "../step.ts";
import { namesPlace } from "../tasks/chosen.ts";
import { doubtfulProject, offlineProject, takeOfflineProject } from "./offline-place.ts";

/** The project that gets the machine user. */
export const project: Step = {
  id: "project",
  title: "Project",
  needed: namesPlace,
  basis: ({ answers }) => answers["sign-in"]?.value ?? "",
  open: async ({ request }, context) => {
    if (request.offline) return { kind: "question", question: offlineProject(context) };
    const [projects, recent] = await Promise.all([context.platform().projects(), context.recent()]);
    const target = projectTarget(context.checkout.projects);
    const preset = presetOf(projects, target);
    return {
      kind: "question",
      question: {
        kind: "choice",
        title: "Which project?",
        help: [
          "The machine user is invited to this project only. The manual advises a machine user of its own for each project and each kind of work.",
          "The list holds every project your account can see.",
        ],
        facts: factsOf(projects, target),
        flag: "--project",
        choices: recentFirst(
          projects,
          recent.map(({ id }) => id),
        ).map(choiceOf),
        ...(preset === undefined ? {} : { preset }),
        ...(target.kind === "doubtful" ? { otherwise: doubtfulProject(target.claims) } : {}),
      },
    };
  },
  take: async ({ request }, reply, context) => {
    const id = replyText(reply);
    if (request.offline) return takeOfflineProject(id);
    const projects = await context.platform().projects();
    const chosen = projects.find((candidate) => candidate.id === id);
    if (chosen === undefined) {
      return {
        kind: "again",
        problem: {
          sentence: `The project ${id} is not visible to ${context.platform().operator.email}`,
          reason: "api",
        },
      };
    }
    const product = await otherProduct(request, chosen, context.platform());
    if (product !== undefined)
      return { kind: "again", problem: { sentence: product, reason: "usage" } };
    await context.remember(chosen.id, chosen.title);
    return answerOnly({
      value: chosen.id,
      shown: `${chosen.title} (${chosen.id})`,
      because: "you chose",
    });
  },
};

function presetOf(projects: readonly ProjectSummary[], target: ProjectTarget): Preset | undefined {
  const found = likelyProject(target);
  if (found !== undefined && projects.some(({ id }) => id === found.id)) {
    return { value: found.id, because: found.because, certain: target.kind === "named" };
  }
  const [only, ...others] = projects;
  if (found !== undefined || only === undefined || others.length > 0) return undefined;
  return { value: only.id, because: "the only project you can see", certain: true };
}

/** The projects worked on lately stand first, the last one at the top; the others keep their order. */
function recentFirst(
  projects: readonly ProjectSummary[],
  recent: readonly string[],
): readonly ProjectSummary[] {
  const rank = ({ id }: ProjectSummary) =>
    recent.includes(id) ? recent.indexOf(id) : recent.length;
  return projects.toSorted((one, other) => rank(one) - rank(other));
}

function factsOf(projects: readonly ProjectSummary[], target: ProjectTarget): readonly string[] {
  if (projects.length === 0) return ["Your account can see no project."];
  const found = likelyProject(target);
  return [
    ...(target.kind === "doubtful"
      ? [`The checkout names ${claimsInWords(target.claims)}; nothing else says that it is meant.`]
      : []),
    ...(found !== undefined && !projects.some(({ id }) => id === found.id)
      ? [`The checkout belongs to ${claimsInWords([found])}, which your account can't see.`]
      : []),
  ];
}

function choiceOf({ id, title, region, organization, status }: ProjectSummary): Choice {
  const detail = [id, organization?.label, region].filter((part) => part !== undefined).join(", ");
  const choice: Choice = { value: id, label: title, detail };
  return status === "suspended" ? { ...choice, disabled: "suspended" } : choice;
}

/** What is wrong when the API has the project for one of another vendor than its files; a vendor that was named is right. */
async function otherProduct(
  { vendor: detected }: SetupRequest,
  { id, title }: ProjectSummary,
  { productCode }: SetupPlatform,
): Promise<string | undefined> {
  if (detected === undefined) return undefined;
  const code = await productCode(id).catch((error: unknown) => {
    // Who may not read the settings knows the product from the files alone.
    if (error instanceof ApiFailure && error.status !== undefined) return undefined;
    throw error;
  });
  const product = productAgainst(detected, code);
  if (product === undefined) return undefined;
  return `${title} is a project of ${product.name}, as the API says, and the checkout one of ${shownClaim(detected)}: say which with --vendor ${product.id} or --vendor ${detected.vendor.id}`;
}
