import type { Word } from "unbash";
import { programName } from "../parse/simple-command.ts";
import { within } from "./app-path.ts";
import { makeLines, type TaskLine } from "./makefile.ts";
import { fixedText } from "./word.ts";

/** A call of what the project declares in a file of its own: `npm run build`, `composer deploy`, `make assets`. */
export interface TaskCall {
  /** As people would type it. */
  readonly says: string;
  /** Where it may be declared, the first one that is there; empty when the program's files aren't read. */
  readonly files: readonly string[];
  /** The name of what is run; undefined for what the program does without one. */
  readonly task: string | undefined;
  /** Whether the task is given words of its own. */
  readonly hasArguments: boolean;
}

/**
 * Reads `npm run build`, `composer deploy` and `make -C web assets`; undefined for what a package manager does by
 * itself, and for any other command.
 *
 * @param folder where the shell is, relative to the app's directory; undefined when it isn't known
 */
export function taskCall(
  [program, ...rest]: readonly Word[],
  folder: string | undefined,
): TaskCall | undefined {
  if (program === undefined) return undefined;
  const name = programName(program);
  const runner = runners.get(name);
  if (runner === undefined && !others.has(name)) return undefined;
  const operands = withoutValues(rest, runner?.folderOption);
  const [first, second] = operands;
  if (runner?.own !== undefined && (first === undefined || runner.own.has(first.value)))
    return undefined;
  const isRun = runner?.own !== undefined && /^run(?:-script)?$/u.test(first?.value ?? "");
  const task = isRun ? second : first;
  if (isRun && task === undefined) return undefined;
  const text = task && fixedText(task);
  const inFolder = folderOf(rest, folder, runner?.folderOption);
  const isPlain = text !== undefined || (task === undefined && name.endsWith("make"));
  const files = runner !== undefined && isPlain && inFolder !== undefined ? runner.files : [];
  return {
    says: [name, ...(isRun ? ["run"] : []), ...(task === undefined ? [] : [task.value])].join(" "),
    files: files.flatMap((file) => within(inFolder ?? "", file) ?? []),
    task: text,
    hasArguments:
      operands.length > (isRun ? 2 : 1) ||
      rest.some(({ value }) => value === "--") ||
      rest.some(({ value }) => value.startsWith("-") && !harmless.test(value)) ||
      (passesAll.has(name) && task !== undefined && task !== rest.at(-1)),
  };
}

/** Options that change neither what is run nor from which file, or whose folder is read apart. */
const harmless =
  /^(?:-s|-j\d*|-B|-q|--(?:silent|quiet|jobs|always-make|no-print-directory|no-interaction|ansi|no-ansi|if-present|prefix|dir|cwd|directory|working-dir)(?:=.*)?|-[CdnN])$/u;

/** Those that hand on each word behind the task's name. */
const passesAll = words("yarn pnpm bun");

interface Runner {
  readonly files: readonly string[];
  /** What a package manager does by itself; anything else is a script that the project declares. */
  readonly own?: ReadonlySet<string>;
  /** The option that says in which folder the file is. */
  readonly folderOption?: RegExp;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/u));
}

const makefiles = ["GNUmakefile", "makefile", "Makefile"];
const packages = ["package.json"];
const prefix = /^--?(?:prefix|C|dir|cwd)$/u;

const runners: ReadonlyMap<string, Runner> = new Map<string, Runner>([
  ["make", { files: makefiles, folderOption: /^(?:-C|--directory)$/u }],
  ["gmake", { files: makefiles, folderOption: /^(?:-C|--directory)$/u }],
  [
    "composer",
    {
      files: ["composer.json"],
      folderOption: /^(?:-d|--working-dir)$/u,
      own: words(
        `about audit bump check-platform-reqs clear-cache config create-project diagnose dump-autoload dumpautoload fund
        global i info init install licenses outdated reinstall remove require search self-update selfupdate show status
        suggests u update validate why why-not`,
      ),
    },
  ],
  [
    "npm",
    {
      files: packages,
      folderOption: prefix,
      own: words("add audit cache ci config i install ls prune set version"),
    },
  ],
  [
    "pnpm",
    {
      files: packages,
      folderOption: prefix,
      own: words("add audit config fetch i install ls prune store"),
    },
  ],
  [
    "yarn",
    {
      files: packages,
      folderOption: prefix,
      own: words("add cache config global install set version"),
    },
  ],
  ["bun", { files: packages, own: words("add i install pm") }],
]);

/** Programs that run what a file of their own says, in a language that isn't read here. */
const others = words("just task rake ant phing gulp grunt robo invoke tox nox mage");

/** The words that are no options, without the folder that an option names. */
function withoutValues(all: readonly Word[], option: RegExp | undefined): readonly Word[] {
  return all.filter(
    ({ value }, index) =>
      !value.startsWith("-") && option?.test(all[index - 1]?.value ?? "") !== true,
  );
}

function folderOf(
  all: readonly Word[],
  folder: string | undefined,
  option: RegExp | undefined,
): string | undefined {
  const at = all.findIndex(({ value }) => option?.test(value.replace(/=.*$/su, "")) === true);
  const word = all[at];
  if (word === undefined || folder === undefined) return folder;
  const glued = /=(.*)$/su.exec(word.value)?.[1];
  const next = all[at + 1];
  const target = glued ?? (next && fixedText(next));
  return target === undefined || /[$`]|^\//u.test(target) ? undefined : within(folder, target);
}

/** Whether a path is that of a file that declares tasks, and isn't a script itself. */
export function isTaskFile(path: string): boolean {
  return /(?:^|\/)(?:package\.json|composer\.json|(?:GNUm|m|M)akefile)$/u.test(path);
}

/**
 * The lines that a task runs, in order, with those that it runs before; undefined where the file doesn't say.
 *
 * @param file the path, whose last part tells what kind of file it is
 */
export function taskLines(
  file: string,
  text: string,
  task: string | undefined,
): readonly TaskLine[] | undefined {
  if (/makefile$/iu.test(file)) return makeLines(text, task);
  const scripts = scriptsIn(text);
  if (scripts === undefined || task === undefined) return undefined;
  return file.endsWith("composer.json")
    ? composerLines(scripts, task, [])
    : packageLines(scripts, task);
}

function scriptsIn(text: string): ReadonlyMap<string, readonly string[]> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parts: ReadonlyMap<string, unknown> = new Map(Object.entries(Object(json)));
  return new Map(
    Object.entries(Object(parts.get("scripts"))).flatMap(([name, lines]) => {
      const texts: readonly unknown[] = Array.isArray(lines) ? lines : [lines];
      const known = texts.filter((text) => typeof text === "string");
      return known.length === texts.length ? [[name, known] as const] : [];
    }),
  );
}

function line(text: string | undefined): TaskLine {
  return { text, shell: "dash", isNeeded: true };
}

/** `prebuild` and `postbuild` run with `build` (npm documentation, "scripts"). */
function packageLines(
  scripts: ReadonlyMap<string, readonly string[]>,
  task: string,
): readonly TaskLine[] | undefined {
  if (!scripts.has(task)) return undefined;
  return [`pre${task}`, task, `post${task}`].flatMap((name) =>
    (scripts.get(name) ?? []).map((text) => line(text)),
  );
}

/** Nobody has scripts call each other more often. */
const deepest = 4;

/** `@name` runs another script, `@php` and `@composer` the programs, `Name\Space::method` PHP (Composer documentation, "Scripts"). */
function composerLines(
  scripts: ReadonlyMap<string, readonly string[]>,
  task: string,
  callers: readonly string[],
): readonly TaskLine[] | undefined {
  const lines = scripts.get(task);
  if (lines === undefined || callers.includes(task) || callers.length > deepest) return undefined;
  return lines.flatMap((text): readonly TaskLine[] => {
    if (/^@no_additional_args$/u.test(text)) return [];
    // A guard would see what is set for all that follows.
    if (/^@putenv\s/u.test(text))
      return /^@putenv\s+PLATFORM_/u.test(text) ? [line(undefined)] : [];
    if (/^@(?:php|composer)\s/u.test(text)) return [line(text.slice(1))];
    const other = /^@(\S+)$/u.exec(text)?.[1];
    if (other !== undefined)
      return composerLines(scripts, other, [...callers, task]) ?? [line(undefined)];
    return [line(/^@|^[\w\\]+::\w+$/u.test(text) ? undefined : text)];
  });
}
