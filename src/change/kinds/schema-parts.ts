import * as v from "valibot";

/** Parts of what the journal keeps that several kinds have. */
export const strings = v.pipe(v.array(v.string()), v.readonly());

/** The flags of a variable, as the journal keeps them. */
export const flagsSchema = v.object({
  sensitive: v.boolean(),
  enabled: v.boolean(),
  inheritable: v.boolean(),
  visibleAtBuild: v.boolean(),
  visibleAtRuntime: v.boolean(),
  applicationScope: strings,
});

/** An environment's variable. */
export const variableEntries = { project: v.string(), environment: v.string(), name: v.string() };
