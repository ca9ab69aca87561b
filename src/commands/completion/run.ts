import { Failure } from "../../failure.ts";
import { readBranches } from "../../git/checkout.ts";
import { recentProjects } from "../../settings.ts";
import { type Flag, flagName, valuesOf } from "../flags/flag.ts";
import { type CommandText, commandTable, sharedFlags } from "../flags/table.ts";
import { meantBy } from "../meant-by.ts";
import type { Io } from "../terminal/io.ts";

/** What can stand behind a flag: a value, several with commas between them, a path, what this machine knows at the time, or anything. */
type Behind =
  | { readonly kind: "values" | "list"; readonly values: readonly string[] }
  | { readonly kind: "path" }
  | { readonly kind: "known"; readonly what: Known }
  | { readonly kind: "anything" };

interface CompletedFlag {
  /** As it is typed: "--no-wait". */
  readonly name: string;
  readonly words: string;
  /** Undefined where nothing stands behind it. */
  readonly behind: Behind | undefined;
}

interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
  /** The values of its argument; none where it is a path, undefined where it takes none. */
  readonly argument: readonly string[] | undefined;
}

/** What can stand in the first place beside a command. */
const help = { name: "help", summary: "the help, or that of a command" };
const ofOne = "show the help of this command";
const atTop: ReadonlyMap<string, string> = new Map([
  ["--help", "show the help"],
  ["--version", "show the version"],
]);

const scripts = { bash, zsh, fish } as const;

type Known = "projects" | "environments";

/** What this machine knows: the projects worked on lately, and the branches of the checkout. */
const known: Readonly<Record<Known, (env: NodeJS.ProcessEnv) => Promise<readonly string[]>>> = {
  projects: async (env) => (await recentProjects(env)).map(({ id }) => id),
  environments: async (env) => [...((await readBranches(process.cwd(), env)).branches ?? [])],
};

/** Flags whose values this machine knows. */
const knownBehind: Readonly<Record<string, Known>> = {
  project: "projects",
  environment: "environments",
  branch: "environments",
};

/**
 * Prints the script that completes command lines of a shell, or, for such a script, what is known of the projects or the
 * environments, one a line. Throws a `Failure` ("usage") for anything else.
 */
export async function completionCommand(
  wanted: string | undefined,
  { document, env }: Pick<Io, "document" | "env">,
): Promise<void> {
  const what = Object.entries(known).find(([name]) => name === wanted);
  if (what !== undefined) return document((await what[1](env)).join("\n"));
  const script = Object.entries(scripts).find(([name]) => name === wanted);
  if (script === undefined)
    throw new Failure("usage", {
      what: wanted === undefined ? "No shell is named" : "There is no completion for that",
      next: `${meantBy(wanted ?? "", Object.keys(scripts))}name bash, zsh or fish: machinist completion bash`,
    });
  document(script[1](await completedCommands()).join("\n"));
}

async function completedCommands(): Promise<readonly CompletedCommand[]> {
  const texts: readonly (readonly [string, CommandText])[] = Object.entries(commandTable);
  return Promise.all(
    texts.map(async ([name, { summary, positional, flags }]) => ({
      name,
      summary,
      flags: await Promise.all(
        Object.entries<Flag>({ ...flags, ...sharedFlags }).map(async ([key, flag]) => ({
          name: flagName(key, flag),
          words: flag.words,
          behind: await behind(key, flag),
        })),
      ),
      argument: positional === undefined ? undefined : await argumentValues(name),
    })),
  );
}

async function behind(key: string, flag: Flag): Promise<Behind | undefined> {
  const { takes } = flag;
  if (takes.kind === "nothing" || takes.kind === "negation") return undefined;
  if (takes.kind === "file" || takes.kind === "folder") return { kind: "path" };
  const values = await valuesOf(flag);
  if (values.length > 0) return { kind: takes.kind === "list" ? "list" : "values", values };
  const what = knownBehind[key];
  return what === undefined ? { kind: "anything" } : { kind: "known", what };
}

async function argumentValues(command: string): Promise<readonly string[]> {
  if (command === "completion") return Object.keys(scripts);
  if (command !== "rules") return [];
  const { catalogue } = await import("../../audit/registry.ts");
  return catalogue.map(({ id }) => id);
}

function bash(all: readonly CompletedCommand[]): readonly string[] {
  const behindOf = ({ behind: what }: CompletedFlag): string => {
    if (what?.kind === "values") return `_machinist_words '${what.values.join(" ")}'`;
    if (what?.kind === "list") return `_machinist_list '${what.values.join(" ")}'`;
    if (what?.kind === "known")
      return `_machinist_words "$(machinist completion ${what.what} 2>/dev/null)"`;
    return what?.kind === "path" ? "_machinist_paths" : ":";
  };
  const names = all.map(({ name }) => name);
  return [
    "# Completes machinist in bash: source <(machinist completion bash)",
    // Also the bash of macOS, 3.2, takes this: it has neither mapfile nor compopt.
    `_machinist_words() { local IFS=$' \\n'; COMPREPLY=($(compgen -W "$1" -- "$current")); }`,
    `_machinist_list() { local IFS=$' \\n' given=; case $current in *,*) given=\${current%,*}, ;; esac; COMPREPLY=($(compgen -P "$given" -W "$1" -- "\${current##*,}")); }`,
    `_machinist_paths() { local IFS=$'\\n'; compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current")); }`,
    "_machinist() {",
    `  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= word`,
    // Bash makes three words of --flag=value.
    `  if [ "$current" = = ]; then current=; elif [ "$before" = = ]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi`,
    `  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do`,
    `    case $word in ${names.join("|")}) command=$word; break ;; esac`,
    "  done",
    "  COMPREPLY=()",
    '  case "$command $before" in',
    ...all.flatMap(({ name, flags }) =>
      flags.flatMap((flag) =>
        flag.behind === undefined
          ? []
          : [`    '${name} ${flag.name}') ${behindOf(flag)}; return ;;`],
      ),
    ),
    "  esac",
    '  case "$command:$current" in',
    `    :*) _machinist_words '${[...names, help.name, ...atTop.keys()].join(" ")}' ;;`,
    ...all.flatMap(({ name, flags, argument }) => [
      `    ${name}:-*) _machinist_words '${[...flags.map((flag) => flag.name), "--help"].join(" ")}' ;;`,
      ...(argument === undefined
        ? []
        : [
            `    ${name}:*) ${argument.length === 0 ? "_machinist_paths" : `_machinist_words '${argument.join(" ")}'`} ;;`,
          ]),
    ]),
    "  esac",
    "}",
    "complete -F _machinist machinist",
  ];
}

function zsh(all: readonly CompletedCommand[]): readonly string[] {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const plain = (text: string) => text.replaceAll(/[[\]:]/gu, "\\$&");
  const behindOf = ({ behind: what }: CompletedFlag): string => {
    if (what?.kind === "values") return `:value:(${what.values.join(" ")})`;
    if (what?.kind === "list") return `:value:_values -s , value ${what.values.join(" ")}`;
    if (what?.kind === "known") return `:value:($(machinist completion ${what.what} 2>/dev/null))`;
    return what?.kind === "path" ? ":path:_files" : what === undefined ? "" : ":value:";
  };
  return [
    "#compdef machinist",
    "# Completes machinist in zsh, behind its compinit: source <(machinist completion zsh)",
    "_machinist() {",
    "  local -a commands=(",
    ...[...all, help].map(({ name, summary }) => `    ${quoted(`${name}:${plain(summary)}`)}`),
    "  )",
    `  local -a options=(${[...atTop].map(([flag, does]) => quoted(`${flag}:${does}`)).join(" ")})`,
    '  if (( CURRENT == 2 )) && [[ "$words[2]" == -* ]]; then _describe -o option options; return; fi',
    '  if (( CURRENT == 2 )) || { (( CURRENT == 3 )) && [ "$words[2]" = help ]; }; then',
    "    _describe command commands",
    "    return",
    "  fi",
    "  shift words",
    "  (( CURRENT-- ))",
    '  case "$words[1]" in',
    ...all.map(
      ({ name, flags, argument }) =>
        `    ${name}) _arguments ${[
          ...flags.map((flag) => {
            const name = flag.behind === undefined ? flag.name : `${flag.name}=`;
            return quoted(`${name}[${plain(flag.words)}]${behindOf(flag)}`);
          }),
          quoted(`--help[${ofOne}]`),
          ...(argument === undefined
            ? []
            : [
                quoted(argument.length === 0 ? "*:path:_files" : `1:value:(${argument.join(" ")})`),
              ]),
        ].join(" ")} ;;`,
    ),
    "  esac",
    "}",
    'if [ "$funcstack[1]" = _machinist ]; then _machinist "$@"; else compdef _machinist machinist; fi',
  ];
}

function fish(all: readonly CompletedCommand[]): readonly string[] {
  const quoted = (text: string) => `'${text.replaceAll(/[\\']/gu, "\\$&")}'`;
  const behindOf = ({ behind: what }: CompletedFlag): string => {
    if (what?.kind === "values") return ` -x -a ${quoted(what.values.join(" "))}`;
    if (what?.kind === "list") return ` -x -a '(__machinist_list ${what.values.join(" ")})'`;
    if (what?.kind === "known") return ` -x -a '(machinist completion ${what.what} 2>/dev/null)'`;
    return what?.kind === "path" ? " -r -F" : what === undefined ? "" : " -x";
  };
  const first = "complete -c machinist -n __fish_use_subcommand";
  const after = (command: string) =>
    `complete -c machinist -n '__fish_seen_subcommand_from ${command}'`;
  return [
    "# Completes machinist in fish: machinist completion fish | source",
    "function __machinist_list",
    "    set -l given (commandline -ct | string replace -r '^--[^=]*=' '' | string replace -rf ',[^,]*$' ',')",
    `    printf '%s\\n' "$given"$argv`,
    "end",
    `${first} -f -a ${help.name} -d ${quoted(help.summary)}`,
    ...[...atTop].map(([flag, does]) => `${first} -l ${flag.slice(2)} -d ${quoted(does)}`),
    `${after(help.name)} -f -a ${quoted(all.map(({ name }) => name).join(" "))}`,
    ...all.flatMap(({ name, summary, flags, argument }) => {
      const within = after(name);
      return [
        `${first} -f -a ${name} -d ${quoted(summary)}`,
        ...flags.map(
          (flag) => `${within} -l ${flag.name.slice(2)}${behindOf(flag)} -d ${quoted(flag.words)}`,
        ),
        `${within} -l help -d ${quoted(ofOne)}`,
        ...(argument === undefined || argument.length === 0
          ? []
          : [`${within} -f -a ${quoted(argument.join(" "))}`]),
      ];
    }),
  ];
}
