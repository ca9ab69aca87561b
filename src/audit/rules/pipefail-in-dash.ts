import { inScript, scriptsOf } from "../../automation/scripts.ts";
import { pipefails } from "../../shell/dash.ts";
import { scriptFix } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A script asks dash for an option of bash, and ends there. */
export const pipefailInDash = rule({
  id: "pipefail-in-dash",
  severity: "error",
  confidence: "medium",
  needs: "files",
  fixable: "safe",
  what: "A script sets pipefail, which dash doesn't know.",
  why: "Hooks, crons and other commands run in dash. Asked for pipefail it stops with an error, and nothing after that line runs. (Manual: “Hooks”.)",
  manual: "create-apps/hooks",
  example: {
    before: "set -eo pipefail\nmake",
    after: "set -e\nmake",
  },
  ignore: "The image's dash is new enough to know pipefail.",
  check: ({ app }) =>
    scriptsOf(app)
      .filter(({ shell }) => shell === "dash")
      .flatMap((from) =>
        pipefails(from.script.text).map((replacement) => ({
          message: `${from.called} sets pipefail, and dash stops there`,
          location: placeIn(from, replacement),
          fix: scriptFix(
            from,
            {
              title: "Take pipefail out",
              promises: { kind: "meant", place: inScript(from, replacement) },
            },
            replacement,
          ),
        })),
      ),
});
