import type { CommandNode, SyntaxNode } from "unbash";
import { cliCall } from "../cli-call.ts";
import { commandWords, programName, wordsWithoutWrappers } from "../parse/simple-command.ts";

/**
 * Whether commands of a pipe print what the CLI lists of the whole project, also filtered: that is the same on every
 * environment.
 *
 * @param commands those of the pipe, in order
 */
export function listsProject(commands: readonly CommandNode[]): boolean {
  const [first, ...filters] = commands.map((node) =>
    node.type === "Command" ? wordsWithoutWrappers(commandWords(node)).words : [],
  );
  const call = first === undefined ? undefined : cliCall(first);
  if (first === undefined || call === undefined || !ofProject.has(call.name)) return false;
  return [first, ...filters].every(
    (words, index) =>
      words.every(({ parts = [] }) => !parts.some(isExpanded)) &&
      (index === 0 || (words[0] !== undefined && filtering.has(programName(words[0])))),
  );
}

/** Lists that say nothing of the environment in which they are asked for (source of the CLI). */
const ofProject = new Set(["environment:list", "integration:list", "project:list", "user:list"]);

const filtering = new Set("awk cat cut grep head jq sed sort tail tr uniq".split(" "));

function isExpanded(part: SyntaxNode): boolean {
  if (part.type === "DoubleQuoted") return part.parts.some(isExpanded);
  return !/^(?:Literal|SingleQuoted|Glob)$/u.test(part.type);
}
