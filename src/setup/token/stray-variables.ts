import { ApiFailure } from "../../platform/api-failure.ts";
import type { Variable } from "../../platform/variables.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";

/** A variable that holds a token in the wrong place. */
interface StrayVariable {
  readonly variable: Variable;
  /** Without an environment it is one of the project. */
  readonly place: { readonly project: string; readonly environment?: string };
}

/** The variables that were found, and whether all places could be looked at. */
interface StrayVariables {
  readonly found: readonly StrayVariable[];
  readonly isWhole: boolean;
}

/**
 * The variables that were meant to hold the machine user's token and are at the wrong level (the project's) or under the
 * wrong name (without `env:`); and whether those of the project could be looked at.
 */
export async function strayVariables(
  session: Session,
  context: SetupContext,
): Promise<StrayVariables> {
  const { tokenVariable, tokenEnv } = context.vendor;
  const [project, environment] = [projectOf(session), environmentOf(session)];
  const platform = context.platform();
  const [ofProject, bare] = await Promise.all([
    platform.projectVariables(project).catch(hiddenOrThrow),
    platform.variable(project, environment, tokenEnv),
  ]);
  const named = ofProject?.filter(({ name }) => name === tokenVariable || name === tokenEnv) ?? [];
  return {
    isWhole: ofProject !== undefined,
    found: [
      ...named.map((variable) => ({ variable, place: { project } })),
      ...(bare === undefined || bare.inherited
        ? []
        : [{ variable: bare, place: { project, environment } }]),
    ],
  };
}

/** Those that the account may see; undefined where it may not see any. */
function hiddenOrThrow(error: unknown): readonly Variable[] | undefined {
  if (error instanceof ApiFailure && error.status === 403) return undefined;
  throw error;
}
