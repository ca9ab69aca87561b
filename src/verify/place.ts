import { findEnvironment, onlyThisPart } from "../audit/main-environment.ts";
import { projectTarget } from "../git/project.ts";
import { ApiFailure } from "../platform/api-failure.ts";
import { listedEnvironments } from "../platform/environments.ts";
import { readProject } from "../platform/projects.ts";
import { projectOf } from "../setup/session.ts";
import type { OpenedSetupStep, Step } from "../setup/step.ts";
import { environment } from "../setup/steps/environment.ts";
import { project } from "../setup/steps/project.ts";

/** The project that is looked at: where the list of projects can't be read, the one that is named, without a question. */
export const projectLookedAt: Step = {
  ...project,
  open: async (session, context) => {
    try {
      return await project.open(session, context);
    } catch (error) {
      const failure = onlyThisPart(error);
      const target = projectTarget(context.checkout.projects);
      const { project: given } = session.request.given;
      if (given !== undefined) return settled(given, "you said so (--project)");
      if (target.kind !== "named") throw failure;
      return settled(target.claim.id, target.claim.because);
    }
  },
};

/** The environment that is looked at: where the list can't be read, the one that is named, or the default branch's. */
export const environmentLookedAt: Step = {
  ...environment,
  open: async (session, context) => {
    const opened = await environment.open(session, context).catch(onlyThisPart);
    const isOpen =
      !(opened instanceof ApiFailure) &&
      (opened.kind === "settled" ||
        !("choices" in opened.question) ||
        opened.question.choices.length > 0);
    if (isOpen) return opened;
    const { connection } = context.platform();
    const id = projectOf(session);
    const given = session.request.given.environment;
    const { environment: found } = await findEnvironment(
      connection,
      id,
      given,
      await listedEnvironments(connection, id).catch(onlyThisPart),
      async () => (await readProject(connection, id)).defaultBranch,
    );
    return settled(
      found.id,
      given === undefined ? "the production environment" : "you said so (--environment)",
    );
  },
};

function settled(value: string, because: string): OpenedSetupStep {
  return { kind: "settled", answer: { value, shown: value, because } };
}
