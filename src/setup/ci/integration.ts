import { type Fact, known } from "../../fact.ts";
import { ApiFailure } from "../../platform/api-failure.ts";
import type { SourceIntegration } from "../../platform/integrations.ts";
import type { SetupContext } from "../context.ts";
import { projectOf, type Session } from "../session.ts";

/**
 * The source integration of the project, by which a Git host deploys it already: the platform takes no other push then
 * (manual, "Source integrations"). Unread where the account may not see it.
 */
export async function sourceIntegrationOf(
  session: Session,
  context: SetupContext,
): Promise<Fact<SourceIntegration>> {
  try {
    const [first] = await context.platform().sourceIntegrations(projectOf(session));
    return first === undefined ? { kind: "absent" } : known(first);
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.reason === "signedOut") throw error;
    return { kind: "unread", why: error.parts.why ?? error.parts.what };
  }
}
