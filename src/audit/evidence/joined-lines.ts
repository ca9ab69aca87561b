import type { Script } from "../../appfile/app-file.ts";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { blockOf } from "../../yaml/block.ts";

/** Whether YAML makes one line of several commands, as far as their look tells. */
export function joinsCommands(script: Script): boolean {
  const lines = joinedLines(script);
  return lines.some((line, index) => {
    const before = lines[index - 1] ?? "";
    // A blank line and a deeper one keep their line end.
    const joined = before !== "" && line !== "" && !/^\s/u.test(before) && !/^\s/u.test(line);
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

const clis = patternOfAny(allVendors.map(({ binary }) => binary));

const startsCommand = new RegExp(
  `^(?:#|set\\s+[-+]|(?:if|then|else|elif|fi|for|do|done|while|case|esac)\\b|(?:cd|export|exit|echo|curl|wget|composer|npm|npx|yarn|pnpm|php|drush|python3?|pip|${clis}|make|bash|sh|rm|cp|mv|mkdir|ln|chmod)\\s|\\.{1,2}/|[A-Z_]+=)`,
  "u",
);
