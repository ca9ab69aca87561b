import type { Command, CommandNode, Redirection, Word } from "unbash";
import { programName } from "../parse/simple-command.ts";
import { type Copying, copyingOf } from "./copying.ts";
import type { CommandOutput, Scope } from "./scope.ts";
import { inputOf, printedBy } from "./shell-input.ts";

/** What a command does to files. */
type FileEffect =
  | {
      readonly kind: "put";
      readonly file: Word;
      readonly printed: CommandOutput;
      /** Whether it goes behind what is there. */
      readonly adds?: boolean;
      /** Whether what was there may stay. */
      readonly keeps?: boolean;
    }
  | { readonly kind: "copy"; readonly copying: Copying }
  | { readonly kind: "delete"; readonly what: Word; readonly isDeep: boolean };

/** A text that a script writes and nobody knows before it runs. */
export const unknownOutput = {
  kind: "unknown",
  says: "runs a file that it writes itself, with a text that only the shell knows",
  what: "text",
} as const;

/**
 * What a command does to files, in its order: by its redirections, and by what it is.
 *
 * @param before the commands of the pipe that stand in front of it
 */
export function effectsOnFiles(
  words: readonly Word[],
  node: Command,
  before: readonly CommandNode[],
  scope: Scope,
): readonly FileEffect[] {
  const [first, ...rest] = words;
  const name = first === undefined ? "" : programName(first);
  const operands = () => rest.filter(({ value }) => !value.startsWith("-"));
  const has = (option: RegExp) => rest.some(({ value }) => option.test(value));
  const redirected = targetsOf(node.redirects).map(({ target, adds }): FileEffect => {
    const printed = printedBy(words, node.redirects, before, scope);
    return { kind: "put", file: target, printed, adds };
  });
  const copying = copyingOf(name, rest);
  const copied: readonly FileEffect[] = copying === undefined ? [] : [{ kind: "copy", copying }];
  const own = (): readonly FileEffect[] => {
    if (name === "tee") {
      const printed = inputOf(node.redirects, before, scope) ?? unknownOutput;
      return operands().map((file) => ({ kind: "put", file, printed, adds: has(/^-\w*a/u) }));
    }
    if (name === "rm" || name === "unlink") {
      const isDeep = has(/^-[a-zA-Z]*[rR]|^--recursive$/u);
      return operands().map((what) => ({ kind: "delete", what, isDeep }));
    }
    // A download may fail, and what edits a file may find nothing to edit.
    const keeps = true;
    if (name === "curl" || name === "wget") {
      const file = downloadTo(rest);
      const printed = { ...unknownOutput, what: "program" } as const;
      return file === undefined ? [] : [{ kind: "put", file, printed, keeps }];
    }
    if (name === "sed" && has(/^(?:-\w*i|--in-place)/u))
      return operands().map((file) => ({ kind: "put", file, printed: unknownOutput, keeps }));
    return [];
  };
  return [...redirected, ...copied, ...own()];
}

/** The files that the output of a command goes to. */
export function targetsOf(redirects: readonly Redirection[]) {
  return redirects.flatMap((redirect) => {
    if (redirect.type !== "Redirect" || redirect.target === undefined) return [];
    const { descriptor, operator, target } = redirect;
    const isOutput =
      descriptor === undefined || (descriptor.type === "FileDescriptor" && descriptor.value === 1);
    return isOutput && /^(?:>|>>|>\|)$/u.test(operator)
      ? [{ target, adds: operator === ">>" }]
      : [];
  });
}

/** `curl -o FILE` and `wget -O FILE`. */
function downloadTo(rest: readonly Word[]): Word | undefined {
  const option = rest.findIndex(({ value }) =>
    /^-[a-zA-Z]*[oO]$|^--output(?:-document)?$/u.test(value),
  );
  return option === -1 ? undefined : rest[option + 1];
}
