import type {
  StoredEnvironment,
  StoredProject,
  StoredVariable,
  VariableSettings,
} from "../store.ts";

/** A variable as one environment has it. */
export interface EffectiveVariable {
  readonly variable: StoredVariable;
  /** It comes from a parent environment and has no counterpart here. */
  readonly inherited: boolean;
}

/**
 * What the API takes a setting to be when a create request leaves it out. On environments
 * `visible_build` is off: the official CLI leaves it out when it means that.
 */
export const defaultSettings: VariableSettings = {
  attributes: {},
  is_json: false,
  is_sensitive: false,
  is_enabled: true,
  is_inheritable: true,
  visible_build: false,
  visible_runtime: true,
  application_scope: [],
};

/** An environment's own variables, and the inheritable ones of its parents that it doesn't override. */
export function effectiveVariables(
  project: StoredProject,
  environment: StoredEnvironment,
): readonly EffectiveVariable[] {
  const own = [...environment.variables.values()].map((variable) => ({
    variable,
    inherited: false,
  }));
  const parent =
    environment.parent === undefined ? undefined : project.environments.get(environment.parent);
  if (parent === undefined) return own;
  const inherited = effectiveVariables(project, parent)
    .filter(({ variable }) => variable.is_inheritable && !environment.variables.has(variable.name))
    .map(({ variable }) => ({ variable, inherited: true }));
  return [...own, ...inherited];
}
