import { lineAt } from "../../appfile/lines.ts";
import { byHand } from "../fix.ts";
import { placeAt } from "../places.ts";
import { rule } from "../rule.ts";
import { scriptsOf } from "../scripts.ts";

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
      if (script.style !== "plain") return [];
      const { text } = script.in;
      const line = lineAt(text, script.end);
      const [, blanks = "", rest] =
        /^([ \t]+)(#.*)$/u.exec(text.slice(script.end).split(/\r?\n/u, 1)[0] ?? "") ?? [];
      // A comment of a person starts with a blank; options in it speak for a command all the same.
      if (rest === undefined || !/^#\S|\s-{1,2}[a-z]/u.test(rest) || /^#+(?:\s|$)/u.test(rest))
        return [];
      const start = script.end + blanks.length;
      return [
        {
          message: `${from.called} ends before ${rest}, which is a comment to YAML`,
          location: placeAt(script.in, start, start + rest.length),
          fix: byHand("Put the command in quotes", {
            what: "Whether it is a comment, only you know",
            next: "put the command in single quotes, or take the # away",
            paste: line.trim(),
          }),
        },
      ];
    }),
});
