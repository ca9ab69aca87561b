import type { Word } from "unbash";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { cliCommand } from "../cli-commands.ts";
import { namesInstaller } from "../install/ways.ts";
import { programName } from "../parse/simple-command.ts";

/** Programs of other languages, which run a script that they are given by its path or as a text. */
export const languages = /^(?:node|ruby|perl|python[\d.]*|php[\d.]*|[gmn]?awk)$/u;

/** The file that a program of another language is given to run: `bin/backup.php` of `php -d a=b bin/backup.php`. */
export function programFile(words: readonly Word[]): Word | undefined {
  const [first, ...rest] = words;
  const name = first === undefined ? "" : programName(first);
  if (!languages.test(name) || name.endsWith("awk")) return undefined;
  for (let next = 0; next < rest.length; next++) {
    const word = rest[next];
    if (word === undefined || !word.value.startsWith("-")) return word;
    // What follows these is a program, or a setting.
    if (/^-(?:-eval|[a-z]*[cem])$/u.test(word.value)) return undefined;
    if (name.startsWith("php") && word.value === "-r") return undefined;
    if (/^-(?:d|r|-require)$/u.test(word.value)) next += 1;
  }
  return undefined;
}

/**
 * What a program of another language has to do with the CLI, as far as its texts tell: "calls platform backup:create" of
 * `exec("platform backup:create --yes")` and of `["platform", "backup:create"]`, or "installs the CLI". Undefined where
 * they tell nothing.
 *
 * @param text the program
 */
export function traceOfCli(text: string): string | undefined {
  for (const [, binary, name = ""] of text.matchAll(written))
    if (cliCommand(name) !== undefined) return `calls ${binary} ${name}`;
  return namesInstaller(text) ? "installs the CLI" : undefined;
}

const written = new RegExp(
  `["'\`](?:[^\\s"'\`]*/)?(${patternOfAny(allVendors.map(({ binary }) => binary))})(?:\\.phar)?(?:["']\\s*,\\s*(?:\\[\\s*)?["']|[ \\t]+)(?:-[^\\s"'\`]+(?:["']\\s*,\\s*["']|[ \\t]+))*([a-z][\\w-]*:[\\w:-]+|redeploy|sync|backup)\\b`,
  "gu",
);
