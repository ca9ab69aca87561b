import { keepLines } from "../../appfile/operations.ts";
import { scriptsOf } from "../../automation/scripts.ts";
import { joinsBehindBackslash, joinsCommands } from "../evidence/joined-lines.ts";
import { fileFix } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** The lines of a script become one. */
export const scriptFolded = rule({
  id: "script-folded",
  severity: "error",
  confidence: "medium",
  needs: "files",
  fixable: "unsafe",
  what: "A script of several lines is written so that YAML makes one line of them.",
  why: "Below >, and below a key with nothing behind it, the lines are joined with blanks: the second command becomes arguments of the first, and a comment swallows all that follows. | keeps the lines. (Manual: “What is YAML?”, “Hooks”.)",
  manual: "learn/overview/yaml/what-is-yaml",
  example: { before: "build: >\n    set -e\n    make", after: "build: |\n    set -e\n    make" },
  ignore: "It is one command that is written over several lines.",
  check: ({ app }) =>
    scriptsOf(app)
      .filter(({ script }) => joinsCommands(script) || joinsBehindBackslash(script))
      .map((from) => ({
        message: joinsCommands(from.script)
          ? `${from.called} has several lines, and becomes one`
          : `${from.called} becomes one line, in which its backslash makes the blank behind it a part of the next word`,
        location: placeAt(from.script.in, from.script.start, from.script.start + 1),
        fix: fileFix({ title: "Keep the lines apart", disposition: "unsafe" }, () =>
          keepLines(from.script),
        ),
      })),
});
