import { parse, type Word } from "unbash";
import { programName, started } from "./simple-command.ts";
import { eachCommand } from "./tree.ts";

const interpreters = new Set(["sh", "dash", "bash", ".", "source"]);

/**
 * The paths of the project's own scripts that a script runs: `./build.sh`, `bash bin/build.sh`,
 * `. "$PLATFORM_APP_DIR/build.sh"`. They are relative to the app's directory, with `/`; what lies outside of it,
 * or can't be told from the text, is left out.
 */
export function calledScripts(script: string): readonly string[] {
  const paths = new Set<string>();
  eachCommand(parse(script), (command) => {
    const path = pathOf(started(command).words);
    if (path !== undefined) paths.add(path);
  });
  return [...paths];
}

function pathOf(words: readonly Word[]): string | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const file = interpreters.has(programName(first))
    ? rest.find(({ value }) => !value.startsWith("-"))
    : first.value.includes("/")
      ? first
      : undefined;
  if (file === undefined || rest.some(({ value }) => value === "-c")) return undefined;
  const path = file.value.replace(/^(?:\$\{?PLATFORM_APP_DIR\}?\/|\/app\/|\.\/)/u, "");
  const plain =
    !/[$`*?\\\s]/u.test(path) && !path.startsWith("/") && !path.split("/").includes("..");
  return plain ? path : undefined;
}
