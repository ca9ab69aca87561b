import { scriptsOf } from "../../automation/scripts.ts";
import { emptyCommits } from "../../shell/unattended.ts";
import { byHand } from "../findings/fix.ts";
import { placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A source operation ends with an error where there is nothing to commit. */
export const sourceOperationCommitFails = rule({
  id: "source-operation-commit-fails",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A source operation commits without asking whether anything has changed.",
  why: "git commit fails when there is nothing to commit, and the operation ends as failed with it, though all is well: on most nights an update finds nothing. (Manual: “Source operations”; git-commit.)",
  manual: "create-apps/source-operations",
  example: {
    before: "composer update\ngit add composer.lock\ngit commit -m 'Update'",
    after:
      "composer update\ngit add composer.lock\ngit diff --cached --quiet || git commit -m 'Update'",
  },
  ignore: "There is always something to commit.",
  check: ({ app }) =>
    scriptsOf(app)
      .filter(({ kind }) => kind === "source_operation")
      .flatMap((from) =>
        emptyCommits(from.script.text).map((place) => ({
          message: `${from.called} fails when there is nothing to commit`,
          location: placeIn(from, place),
          fix: byHand("Commit only what has changed", {
            what: "What else depends on the commit, only you know",
            next: "put git diff --cached --quiet || in front of the commit",
          }),
        })),
      ),
});
