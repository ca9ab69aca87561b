import { joinHook } from "../../appfile/operations.ts";
import { misshapenHooks } from "../../automation/job-shapes.ts";
import { byHand, fileFix } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** What stands where a hook is expected is no script. */
export const hookMalformed = rule({
  id: "hook-malformed",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "A hook is a list or a mapping, or hooks is no mapping at all.",
  why: "Below hooks stand build, deploy and post_deploy, and each holds one text, the script. The platform refuses a file in another form. (Manual: “Hooks”.)",
  manual: "create-apps/hooks",
  example: {
    before: `hooks:
    build:
        - composer install
        - npm run build`,
    after: `hooks:
    build: |
        composer install
        npm run build`,
  },
  ignore: "Never: the file is refused.",
  check: ({ app }) =>
    misshapenHooks(app).map(({ hook, shape, in: file, entry }) => ({
      message:
        hook === undefined
          ? `hooks holds ${shape}, where a mapping of hooks is expected`
          : `The ${hook} hook is ${shape}, where one text is expected`,
      location: placeAt(file, entry.keyStart, entry.keyEnd),
      fix:
        hook !== undefined && shape === "a list"
          ? fileFix({ title: "Write it as one script", disposition: "unsafe" }, () =>
              joinHook(app, hook),
            )
          : byHand("Write it as the manual has it", {
              what: "What it was meant to be, only you know",
              next: "write build, deploy or post_deploy below hooks, and below that its script",
            }),
    })),
});
