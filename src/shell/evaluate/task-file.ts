import { makeReader, type TaskLine } from "./makefile.ts";
import type { TaskRun } from "./tasks.ts";

/** Whether a path is that of a file that declares tasks, and isn't a script itself. */
export function isTaskFile(path: string): boolean {
  return /(?:^|\/)(?:package\.json|composer\.json|(?:GNUm|m|M)akefile)$/u.test(path);
}

/** What a file that declares tasks says of each of them; read once, however many calls there are. */
export class TaskFiles {
  readonly #readers = new Map<string, Reader>();

  /**
   * The lines that a call runs, in order, with those that run before; undefined where the file doesn't say. Of what a
   * package manager runs by the way, none where nothing is declared.
   *
   * @param file the path, whose last part tells what kind of file it is
   */
  lines(file: string, text: string, run: TaskRun): readonly TaskLine[] | undefined {
    const reader = this.#readers.get(file) ?? readerOf(file, text);
    this.#readers.set(file, reader);
    const key = JSON.stringify(run);
    const before = reader.known.get(key);
    if (before !== undefined) return before.lines;
    const lines = reader.lines(run);
    reader.known.set(key, { lines });
    return lines;
  }
}

interface Reader {
  readonly lines: (run: TaskRun) => readonly TaskLine[] | undefined;
  readonly known: Map<string, { readonly lines: readonly TaskLine[] | undefined }>;
}

function readerOf(file: string, text: string): Reader {
  const known: Reader["known"] = new Map();
  if (/makefile$/iu.test(file)) {
    const lines = makeReader(text);
    return { known, lines: (run) => (run.kind === "task" ? lines(run.name) : []) };
  }
  const scripts = scriptsIn(text);
  if (scripts === undefined) return { known, lines: () => undefined };
  const isComposer = file.endsWith("composer.json");
  return {
    known,
    lines: (run) => (isComposer ? composerRun(scripts, run) : packageRun(scripts, run)),
  };
}

/** The scripts that a file declares; undefined for one that is no list of texts. */
type Scripts = ReadonlyMap<string, readonly string[] | undefined>;

function scriptsIn(text: string): Scripts | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parts: ReadonlyMap<string, unknown> = new Map(Object.entries(Object(json)));
  return new Map(
    Object.entries(Object(parts.get("scripts"))).map(
      ([name, lines]): readonly [string, readonly string[] | undefined] => {
        // Symfony declares its console commands in a mapping, which its plugin for Composer runs: none of them is a script.
        if (isSymfonys(lines)) return [name, []];
        const texts: readonly unknown[] = Array.isArray(lines) ? lines : [lines];
        const known = texts.filter((text) => typeof text === "string");
        return [name, known.length === texts.length ? known : undefined];
      },
    ),
  );
}

function isSymfonys(lines: unknown): boolean {
  const kinds =
    typeof lines === "object" && !Array.isArray(lines) ? Object.values(Object(lines)) : [];
  return kinds.length > 0 && kinds.every((kind) => kind === "symfony-cmd");
}

function line(
  text: string | undefined,
  isSure: boolean,
  variables: TaskLine["variables"],
): TaskLine {
  return { text, shell: "dash", isNeeded: true, isSure, variables };
}

const unset: TaskLine["variables"] = new Map();

/** `prebuild` and `postbuild` run with `build` (npm documentation, "scripts"); not with every package manager. */
function packageRun(scripts: Scripts, run: TaskRun): readonly TaskLine[] | undefined {
  if (run.kind === "task" && (run.name === undefined || scripts.get(run.name) === undefined))
    return undefined;
  const events =
    run.kind === "events"
      ? run.events
      : ["pre", "", "post"].map((word) => ({
          name: `${word}${run.name}`,
          isSure: word === "" || run.around === "always",
        }));
  return events.flatMap(({ name, isSure }) =>
    scripts.has(name)
      ? (scripts.get(name) ?? [undefined]).map((text) => line(text, isSure, unset))
      : [],
  );
}

function composerRun(scripts: Scripts, run: TaskRun): readonly TaskLine[] | undefined {
  const variables = new Map<string, string>();
  if (run.kind === "task")
    return run.name === undefined
      ? undefined
      : composerLines({ scripts, variables, isSure: true }, run.name, []);
  return run.events.flatMap(({ name, isSure }) =>
    scripts.has(name)
      ? (composerLines({ scripts, variables, isSure }, name, []) ?? [
          line(undefined, isSure, unset),
        ])
      : [],
  );
}

/** Nobody has scripts call each other more often. */
const deepest = 4;

interface Composer {
  readonly scripts: Scripts;
  /** What was set so far; it stays for all that follows. */
  readonly variables: Map<string, string>;
  readonly isSure: boolean;
}

/** `@name` runs another script, `@php` and `@composer` the programs, `Name\\Space::method` PHP (Composer documentation, "Scripts"). */
function composerLines(
  composer: Composer,
  task: string,
  callers: readonly string[],
): readonly TaskLine[] | undefined {
  const { scripts, variables, isSure } = composer;
  const lines = scripts.get(task);
  if (lines === undefined || callers.includes(task) || callers.length > deepest) return undefined;
  return lines.flatMap((text): readonly TaskLine[] => {
    const run = (source: string | undefined) => line(source, isSure, new Map(variables));
    if (/^@no_additional_args$/u.test(text) || ofPackage.test(text)) return [];
    const [, name, value = ""] = /^@putenv\s+(\w+)(?:=(.*))?$/su.exec(text) ?? [];
    if (name !== undefined) {
      variables.set(name, value);
      return [];
    }
    if (/^@(?:php|composer)\s/u.test(text)) return [run(text.slice(1))];
    const other = /^@(\S+)$/u.exec(text)?.[1];
    if (other !== undefined)
      return composerLines(composer, other, [...callers, task]) ?? [run(undefined)];
    return [run(/^@|^[\w\\]+::\w+$/u.test(text) ? undefined : text)];
  });
}

/** Methods of packages that many projects have, which prepare files and caches. */
const ofPackage =
  /^\\?(?:Composer|Drupal|DrupalProject|Illuminate|Incenteev|Pimcore|Sensio|TYPO3)\\[\w\\]+::\w+$/u;
