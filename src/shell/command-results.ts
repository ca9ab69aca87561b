import type { Command, CommandNode, Redirection, SyntaxNode } from "unbash";
import { parseScript } from "./parse/parse.ts";
import { eachNode } from "./parse/tree.ts";

/**
 * The file into which the output of a command goes, also through a pipe, as it is written in the script; undefined where
 * it goes to the shell's own output, or where that can't be told.
 *
 * @param command a place in the script
 */
export function outputFile(
  script: string,
  { start, end }: { readonly start: number; readonly end: number },
): string | undefined {
  let last: CommandNode | undefined;
  eachNode(parseScript(script), (node: SyntaxNode) => {
    const isAround = node.pos <= start && end <= node.end;
    if (node.type === "Command" && isAround) last ??= node;
    // The output of a pipe is that of its last command.
    if (node.type === "Pipeline" && isAround && last === undefined) last = node.commands.at(-1);
  });
  return last?.type === "Command" ? last.redirects.flatMap(target).at(-1) : undefined;
}

function target(redirect: Redirection): string | [] {
  if (redirect.type !== "Redirect" || !/^(?:>|>>|>\||&>|&>>)$/u.test(redirect.operator)) return [];
  const { descriptor } = redirect;
  const isFirst =
    descriptor === undefined || (descriptor.type === "FileDescriptor" && descriptor.value === 1);
  return isFirst ? (redirect.target?.value ?? []) : [];
}

/**
 * Whether a script looks at the status of a command that it goes on after: the next thing it does reads `$?` or what the
 * pipe left, or a trap for errors was set before. What stands further down reads the status of another command.
 *
 * @param command a place in the script
 */
export function readsStatusOf(
  script: string,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  const commands: Command[] = [];
  let behind = end;
  eachNode(parseScript(script), (node: SyntaxNode) => {
    if (node.type === "Command") commands.push(node);
    // The innermost one counts, which comes last.
    if (node.type === "Statement" && node.pos <= start && end <= node.end) behind = node.end;
  });
  const isTrapped = commands.some(
    ({ name, args, pos }) =>
      pos < start && name?.value === "trap" && args.some(({ text }) => text === "ERR"),
  );
  const next = commands.find(({ pos }) => pos >= behind);
  const read = script.slice(behind, next?.end).replace(/(?:^|\s)#[^\n]*/gu, "");
  return isTrapped || /\$\{?(?:\?|PIPESTATUS)/u.test(read);
}
