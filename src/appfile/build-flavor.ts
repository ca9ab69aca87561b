import type { AppFile } from "./app-file.ts";

/**
 * What the platform itself installs before the build hook, as a command; undefined where the flavor says "none", and
 * for images that have none (platform manual, "Single-runtime image", `build.flavor`).
 */
export function flavorCommand({
  map,
  type = "",
}: Pick<AppFile, "map" | "type">): string | undefined {
  const flavor = map.getIn(["build", "flavor"]) ?? "default";
  if (/^php(?::|$)/u.test(type) && (flavor === "default" || flavor === "composer"))
    return "composer install";
  return /^nodejs(?::|$)/u.test(type) && flavor === "default" ? "npm install" : undefined;
}
