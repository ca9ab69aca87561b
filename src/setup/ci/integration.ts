import { type Fact, known } from "../../fact.ts";
import { ApiFailure } from "../../platform/api-failure.ts";
import { type SourceIntegration, sourceIntegrations } from "../../platform/integrations.ts";
import type { SetupContext } from "../context.ts";
import { projectOf, type Session } from "../session.ts";

const asked = new WeakMap<SetupContext, Map<string, Promise<Fact<SourceIntegration>>>>();

/**
 * The source integration of the project, by which a Git host deploys it already: the platform takes no other push then
 * (manual, "Source integrations"). Unread where the account may not see it. Asked once for a project.
 */
export function sourceIntegrationOf(
  session: Session,
  context: SetupContext,
): Promise<Fact<SourceIntegration>> {
  const project = projectOf(session);
  const answers = asked.get(context) ?? new Map<string, Promise<Fact<SourceIntegration>>>();
  asked.set(context, answers);
  const answer = answers.get(project) ?? ask(project, context);
  answers.set(project, answer);
  return answer;
}

async function ask(project: string, context: SetupContext): Promise<Fact<SourceIntegration>> {
  try {
    const [first] = await sourceIntegrations(context.platform().connection, project);
    return first === undefined ? { kind: "absent" } : known(first);
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.reason === "signedOut") throw error;
    return { kind: "unread", why: error.parts.why ?? error.parts.what };
  }
}
