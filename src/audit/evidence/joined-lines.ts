import type { Script } from "../../appfile/app-file.ts";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { blockOf } from "../../yaml/block.ts";

/** Whether YAML makes one line of several commands, as far as their look tells. */
export function joinsCommands(script: Script): boolean {
  return joinedPairs(script).some(([before, line]) => {
    if (goesOnBehind.test(before)) return false;
    const [program = ""] = before.split(/\s/u, 1);
    const isAgain = program.includes("/") && line.startsWith(`${program} `);
    return isAgain || startsCommand.test(line) || isSetting.test(before);
  });
}

/** Whether a backslash at the end of a line comes to stand in front of a blank, which the shell then takes for a part of a word. */
export function joinsBehindBackslash(script: Script): boolean {
  return joinedPairs(script).some(([before]) => endsInBackslash.test(before));
}

const endsInBackslash = /(?:^|[^\\])(?:\\\\)*\\$/u;
const goesOnBehind = /(?:\\|&&|\|\|?|;|\bthen|\bdo|\belse)$/u;

/** Each two lines of a script that YAML makes one: a blank line and a deeper one keep their line end. */
function joinedPairs(script: Script): readonly (readonly [string, string])[] {
  const lines = joinedLines(script);
  return lines.flatMap((line, index) => {
    const before = lines[index - 1] ?? "";
    const isJoined = before !== "" && line !== "" && !/^\s/u.test(before) && !/^\s/u.test(line);
    return isJoined ? [[before, line] as const] : [];
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

const clis = patternOfAny(allVendors.map(({ binary }) => binary));

const startsCommand = new RegExp(
  `^(?:#|set\\s+[-+]|(?:if|then|else|elif|fi|for|do|done|while|case|esac)\\b|(?:cd|export|exit|echo|curl|wget|composer|npm|npx|yarn|pnpm|php|drush|python3?|pip|${clis}|make|bash|sh|rm|cp|mv|mkdir|ln|chmod)\\s|\\.{1,2}/|[A-Z_]+=)`,
  "u",
);
