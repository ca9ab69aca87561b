import * as v from "valibot";

const text = v.string();

/** The form of the JSON document of `--version --json`. */
export const versionForm = v.object({
  version: v.literal(1),
  command: v.literal("version"),
  machinist: text,
  node: text,
  platform: text,
  arch: text,
});
