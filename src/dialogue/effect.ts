/**
 * What becomes of the changes: they are applied; or only shown, as `--dry-run` asks; or only planned, to find out
 * before the first one is applied whether the last one could be; or put on the plan that a person is to agree to.
 */
export type Effect = "apply" | "show" | "rehearse" | "plan";
