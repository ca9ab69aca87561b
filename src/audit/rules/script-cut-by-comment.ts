import { scriptToPaste } from "../../appfile/by-hand.ts";
import { scriptsOf } from "../../automation/scripts.ts";
import { cuttingComment } from "../evidence/cutting-comment.ts";
import { byHand } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** YAML takes the end of a command for a comment. */
export const scriptCutByComment = rule({
  id: "script-cut-by-comment",
  severity: "warning",
  confidence: "medium",
  needs: "files",
  fixable: "by-hand",
  what: "The end of a command that stands without quotes is a comment to YAML, and isn't run.",
  why: "Outside of quotes, YAML ends a value at a blank with a # behind it. The shell never gets to see what comes after. (Manual: “What is YAML?”.)",
  manual: "learn/overview/yaml/what-is-yaml",
  example: {
    before: "start: ./deliver.sh --channel #releases --quiet",
    after: "start: './deliver.sh --channel \"#releases\" --quiet'",
  },
  ignore: "It is meant as a comment.",
  check: ({ app }) =>
    scriptsOf(app).flatMap((from) => {
      const { script } = from;
      const comment = cuttingComment(script);
      if (comment === undefined) return [];
      const { start, text } = comment;
      return [
        {
          message: `${from.called} ends before ${text}, which is a comment to YAML`,
          location: placeAt(script.in, start, start + text.length),
          fix: byHand("Put the command in quotes", {
            what: "Whether it is a comment, only you know",
            next: "put the command in single quotes, or take the # away",
            paste: scriptToPaste(
              script,
              script.text + script.in.text.slice(script.end, start) + text,
            ),
          }),
        },
      ];
    }),
});
