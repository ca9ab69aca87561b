import type { Variable, VariableFlags } from "../../platform/variables.ts";
import type { SetupContext } from "../context.ts";
import { environmentOf, projectOf, type Session } from "../session.ts";

/**
 * How the token has to be set: hidden, on this environment alone, for crons and not for builds (manual, "Authenticate
 * with API tokens"; installing and checking the version need no login, so the build doesn't need it).
 */
const tokenFlags: Omit<VariableFlags, "applicationScope"> = {
  sensitive: true,
  enabled: true,
  inheritable: false,
  visibleAtBuild: false,
  visibleAtRuntime: true,
};

/** The variable with the token as the chosen environment has it by itself; undefined when it is inherited or missing. */
export async function ownTokenVariable(
  session: Session,
  context: SetupContext,
): Promise<Variable | undefined> {
  const variable = await context
    .platform()
    .variable(projectOf(session), environmentOf(session), context.vendor.tokenVariable);
  return variable?.inherited === true ? undefined : variable;
}

/**
 * The flags that the variable should have. Where several apps are in the checkout, the app with the cron alone gets it;
 * a scope that is there already is only widened to that app.
 */
export async function wantedFlags(
  session: Session,
  context: SetupContext,
  there: VariableFlags | undefined,
): Promise<VariableFlags> {
  const app = session.answers.app?.value;
  const several = app !== undefined && (await context.apps()).length > 1;
  const scope = there?.applicationScope;
  if (scope === undefined) return { ...tokenFlags, applicationScope: several ? [app] : [] };
  const lacks = app !== undefined && scope.length > 0 && !scope.includes(app);
  return { ...tokenFlags, applicationScope: lacks ? [...scope, app] : scope };
}
