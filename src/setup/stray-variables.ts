import { ApiFailure } from "../platform/api-failure.ts";
import type { Variable } from "../platform/variables.ts";
import type { SetupContext } from "./context.ts";
import { environmentOf, projectOf, type Session } from "./session.ts";

/** A variable that holds a token in the wrong place. */
export interface StrayVariable {
  readonly variable: Variable;
  /** Without an environment it is one of the project. */
  readonly place: { readonly project: string; readonly environment?: string };
}

/**
 * The variables that were meant to hold the machine user's token and are at the wrong level (the project's) or under the
 * wrong name (without `env:`). Who may not see the project's variables finds none there.
 */
export async function strayVariables(
  session: Session,
  context: SetupContext,
): Promise<readonly StrayVariable[]> {
  const { tokenVariable, tokenEnv } = context.vendor;
  const [project, environment] = [projectOf(session), environmentOf(session)];
  const platform = context.platform();
  const [ofProject, bare] = await Promise.all([
    platform.projectVariables(project).catch(hiddenOrThrow),
    platform.variable(project, environment, tokenEnv),
  ]);
  const named = ofProject.filter(({ name }) => name === tokenVariable || name === tokenEnv);
  return [
    ...named.map((variable) => ({ variable, place: { project } })),
    ...(bare === undefined || bare.inherited
      ? []
      : [{ variable: bare, place: { project, environment } }]),
  ];
}

function hiddenOrThrow(error: unknown): readonly Variable[] {
  if (error instanceof ApiFailure && error.status === 403) return [];
  throw error;
}
