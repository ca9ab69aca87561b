import type { Script } from "../../appfile/app-file.ts";
import { blockOf } from "../../appfile/block.ts";
import { keepLines } from "../../appfile/operations.ts";
import { fileFix } from "../fix.ts";
import { placeAt } from "../places.ts";
import { rule } from "../rule.ts";
import { scriptsOf } from "../scripts.ts";

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
      .filter(({ script }) => joinsCommands(script))
      .map((from) => ({
        message: `${from.called} has several lines, and becomes one`,
        location: placeAt(from.script.in, from.script.start, from.script.start + 1),
        fix: fileFix({ title: "Keep the lines apart", disposition: "unsafe" }, () =>
          keepLines(from.script),
        ),
      })),
});

/** Whether a line after the first one starts a command of its own, as far as its look tells. */
function joinsCommands(script: Script): boolean {
  const lines = joinedLines(script);
  return lines.some((line, index) => {
    const before = lines[index - 1] ?? "";
    // A blank line and a deeper one keep their line end.
    const joined = before !== "" && !/^\s/u.test(before) && !/^\s/u.test(line);
    const goesOn = /(?:\\|&&|\|\|?|;|\bthen|\bdo|\belse)$/u.test(before);
    return joined && !goesOn && (startsCommand.test(line) || isSetting.test(before));
  });
}

/** The lines of a script that YAML makes one: below `>`, or without anything behind the key. */
function joinedLines({ style, yaml, start, end, in: file }: Script): readonly string[] {
  if (style === "plain")
    return file.text
      .slice(start, end)
      .split("\n")
      .map((line) => line.trim());
  const block = style === "folded" && yaml !== undefined ? blockOf(yaml.node) : undefined;
  const indent = block?.indent;
  return block === undefined || indent === undefined
    ? []
    : block.body.split(/\r?\n/u).map((line) => line.slice(indent).trimEnd());
}

const isSetting = /^set\s+[-+]\w+$/u;

const startsCommand =
  /^(?:#|set\s+[-+]|(?:if|then|else|elif|fi|for|do|done|while|case|esac)\b|(?:cd|export|exit|echo|curl|wget|composer|npm|npx|yarn|pnpm|php|drush|python3?|pip|platform|upsun|make|bash|sh|rm|cp|mv|mkdir|ln|chmod)\s|\.{1,2}\/|[A-Z_]+=)/u;
