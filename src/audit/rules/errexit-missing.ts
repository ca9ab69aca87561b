import { addBuildLines } from "../../appfile/operations.ts";
import { scriptsOf } from "../../automation/scripts.ts";
import { uncheckedFailure } from "../../shell/unattended.ts";
import { fileFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A build goes on after a command has failed. */
export const errexitMissing = rule({
  id: "errexit-missing",
  severity: "info",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "The build hook goes on after a command that fails, and only the last one's failure ends the build.",
  why: "A hook is one script, and its last command alone decides whether it failed: what an earlier command failed to make is missing once the app is deployed. (Manual: “Hooks”.)",
  manual: "create-apps/hooks",
  example: { before: "npm ci\nnpm run build", after: "set -e\nnpm ci\nnpm run build" },
  ignore: "A command in it may fail; under set -e, that one would end the build.",
  check: ({ app }) =>
    scriptsOf(app)
      .filter(({ kind, caller }) => kind === "build" && caller === undefined)
      .flatMap((from) => {
        const first = uncheckedFailure(from.script.text);
        return first === undefined
          ? []
          : [
              {
                message: `${from.called} goes on when ${first.name} fails`,
                location: placeIn(from, first),
                fix: fileFix(
                  { title: "End the build at the first failure", disposition: "unsafe" },
                  () => addBuildLines(app, ["set -e"]),
                ),
              },
            ];
      }),
});
