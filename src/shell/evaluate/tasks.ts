import type { Word } from "unbash";
import { programName } from "../parse/simple-command.ts";
import { within } from "./app-path.ts";
import { fixedText } from "./word.ts";

/** A call of what the project declares in a file of its own: `npm run build`, `composer deploy`, `make assets`. */
export interface TaskCall {
  /** As people would type it. */
  readonly says: string;
  /** Where it may be declared, the first one that is there; empty when that isn't read, or its folder isn't known. */
  readonly files: readonly string[];
  readonly runs: TaskRun;
  /** Whether the task is given words of its own. */
  readonly hasArguments: boolean;
}

/** What a call runs of what a file declares. */
export type TaskRun =
  | {
      readonly kind: "task";
      /** Undefined for what the program does without one. */
      readonly name: string | undefined;
      /** Whether the scripts around it run with it, those whose names begin with `pre` and `post`. */
      readonly around: "always" | "perhaps";
    }
  /** What a package manager runs by the way, of what is declared of these. */
  | { readonly kind: "events"; readonly events: readonly TaskEvent[] };

/** A script that a package manager runs by the way. */
interface TaskEvent {
  readonly name: string;
  /** Whether it runs each time. */
  readonly isSure: boolean;
}

/**
 * Reads `npm run build`, `composer deploy`, `make -C web assets` and `npm ci`; undefined for what a package manager does
 * by itself alone, and for any other command.
 *
 * @param folder where the shell is, relative to the app's directory; undefined when it isn't known
 */
export function taskCall(words: readonly Word[], folder: string | undefined): TaskCall | undefined {
  const [program, ...rest] = withoutPhp(words);
  if (program === undefined) return undefined;
  const name = programName(program).replace(/^composer\.phar$/u, "composer");
  const runner = runners.get(name);
  if (runner === undefined && !others.has(name)) return undefined;
  const operands = withoutValues(rest, runner?.folderOption);
  const [first, second] = operands;
  if (runner?.own !== undefined && (first === undefined || runner.own.has(first.value))) {
    const events = eventsOf(runner, first?.value ?? "", rest, operands.length);
    const inFolder = folderOf(rest, folder, runner.folderOption);
    if (events.length === 0) return undefined;
    return {
      says: first === undefined ? name : `${name} ${first.value}`,
      files:
        inFolder === undefined ? [] : runner.files.flatMap((file) => within(inFolder, file) ?? []),
      runs: { kind: "events", events },
      hasArguments: false,
    };
  }
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
    runs: { kind: "task", name: text, around: runner?.around ?? "always" },
    hasArguments:
      operands.length > (isRun ? 2 : 1) ||
      rest.some(({ value }) => value === "--") ||
      rest.some(({ value }) => value.startsWith("-") && !harmless.test(value)) ||
      (passesAll.has(name) && task !== undefined && task !== rest.at(-1)),
  };
}

/** `php composer.phar install` as `composer.phar install`, also with options of PHP in front. */
function withoutPhp(all: readonly Word[]): readonly Word[] {
  const [program] = all;
  if (program === undefined || !/^php[\d.]*$/u.test(programName(program))) return all;
  const composer = all.findIndex((word) => /^composer(?:\.phar)?$/u.test(programName(word)));
  const before = all.slice(1, Math.max(1, composer));
  const areOptions = before.every(({ value }) => value.startsWith("-") || value.includes("="));
  return composer > 0 && areOptions ? all.slice(composer) : all;
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
  /** What it runs by the way, by what it does; without a word it does "". */
  readonly events?: ReadonlyMap<string, readonly TaskEvent[]>;
  readonly around?: "perhaps";
  /** The option that says in which folder the file is. */
  readonly folderOption?: RegExp;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/u));
}

const makefiles = ["GNUmakefile", "makefile", "Makefile"];
const packages = ["package.json"];
const prefix = /^--?(?:prefix|C|dir|cwd)$/u;

/** Names of scripts; those behind a `?` don't run each time. */
function events(text: string): readonly TaskEvent[] {
  return text
    .split(/\s+/u)
    .map((name) => ({ name: name.replace("?", ""), isSure: !name.startsWith("?") }));
}

/** npm documentation, "Life cycle operation order"; the other package managers run some of them. */
const whenInstalled = events(
  "preinstall install postinstall ?prepublish ?preprepare prepare ?postprepare",
);
const whenAdded = whenInstalled.map(({ name }) => ({ name, isSure: false }));

/** Composer documentation, "Scripts": without a lock file, installing is updating; those of packages run for each one. */
const ofPackages =
  "?pre-package-install ?post-package-install ?pre-package-update ?post-package-update ?pre-package-uninstall ?post-package-uninstall";
const whenDumped = "pre-autoload-dump post-autoload-dump";
const composerUpdate = events(
  `?pre-command-run pre-update-cmd ${ofPackages} ${whenDumped} post-update-cmd`,
);
const composerEvents = new Map([
  ...["install", "i"].map((word): [string, readonly TaskEvent[]] => [
    word,
    events(
      `?pre-command-run pre-install-cmd ?pre-update-cmd ${ofPackages} ${whenDumped} post-install-cmd ?post-update-cmd`,
    ),
  ]),
  ...["update", "u", "upgrade", "require", "remove"].map((word): [string, readonly TaskEvent[]] => [
    word,
    composerUpdate,
  ]),
  ...["dump-autoload", "dumpautoload"].map((word): [string, readonly TaskEvent[]] => [
    word,
    events(whenDumped),
  ]),
]);

function installing(words: string): ReadonlyMap<string, readonly TaskEvent[]> {
  return new Map(
    words.split(" ").map((word) => [word, word === "add" ? whenAdded : whenInstalled]),
  );
}

/** What a package manager runs by the way. `npm install NAME` runs nothing of the project's own. */
function eventsOf(
  { events = none }: Runner,
  word: string,
  rest: readonly Word[],
  operands: number,
): readonly TaskEvent[] {
  const isOff = rest.some(({ value }) => noScripts.test(value));
  const found = events.get(word) ?? [];
  return isOff ? [] : operands > 1 ? found.map(({ name }) => ({ name, isSure: false })) : found;
}

const none: ReadonlyMap<string, readonly TaskEvent[]> = new Map();
const noScripts = /^(?:--ignore-scripts|--no-scripts|-g|--global)$/u;

const runners: ReadonlyMap<string, Runner> = new Map<string, Runner>([
  ["make", { files: makefiles, folderOption: /^(?:-C|--directory)$/u }],
  ["gmake", { files: makefiles, folderOption: /^(?:-C|--directory)$/u }],
  [
    "composer",
    {
      files: ["composer.json"],
      folderOption: /^(?:-d|--working-dir)$/u,
      events: composerEvents,
      own: words(
        `about audit bump check-platform-reqs clear-cache config create-project diagnose dump-autoload dumpautoload fund
        global i info init install licenses outdated reinstall remove require search self-update selfupdate show status
        suggests u update upgrade validate why why-not`,
      ),
    },
  ],
  [
    "npm",
    {
      files: packages,
      folderOption: prefix,
      own: words("add audit cache ci clean-install config i install ls prune set version"),
      events: installing("i install ci clean-install add"),
    },
  ],
  [
    "pnpm",
    {
      files: packages,
      folderOption: prefix,
      own: words("add audit config fetch i install ls prune store"),
      events: installing("i install add"),
      around: "perhaps",
    },
  ],
  [
    "yarn",
    {
      files: packages,
      folderOption: prefix,
      own: words("add cache config global install set version"),
      // Without a word it installs.
      events: new Map([...installing("install add"), ["", whenInstalled]]),
      around: "perhaps",
    },
  ],
  ["bun", { files: packages, own: words("add i install pm"), events: installing("i install add") }],
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
