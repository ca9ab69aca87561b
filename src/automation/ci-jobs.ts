import type { Script } from "../appfile/app-file.ts";
import { fileScript } from "../appfile/script.ts";
import type { CiJob, CiStep, CiVariable, RunStep } from "../cifile/ci-file.ts";
import type { CiReading } from "../cifile/read.ts";
import {
  type CiCall,
  type CiCommand,
  type CiScript,
  readCiScript,
  withoutExpressions,
} from "../shell/ci-script.ts";
import { flagValue } from "../shell/cli-call.ts";
import { type Installation, installations } from "../shell/installation.ts";
import type { Binary } from "../shell/installer.ts";
import { type CliCommand, calledScripts } from "../shell/script.ts";
import { namesToken } from "../shell/token-leak.ts";
import {
  allVendors,
  containerPrefixes,
  patternOfAny,
  vendorOfBinary,
} from "../vendors/registry.ts";
import { mentionsVendor, sshHost } from "../vendors/traces.ts";
import { environmentNamed } from "./target.ts";

/** A script that a step of a CI job runs: its own, or one of the repository that it calls. */
export interface CiPart {
  readonly step: RunStep;
  readonly script: Script;
  /** The script as the shell may take it, its expressions opaque; offsets are those of the script. */
  readonly text: string;
  readonly reading: CiScript;
  /** Whether it is the step's own. */
  readonly own: boolean;
}

/** A call of the CLI in a CI job. */
export interface CiJobCall {
  readonly call: CiCall;
  readonly part: CiPart;
}

/** A place that installs the CLI in a CI job, by a script. */
export interface CiInstallation {
  readonly installation: Installation;
  readonly part: CiPart;
}

/** A push of Git itself to the platform. */
interface CiGitPush {
  readonly command: CiCommand;
  readonly part: CiPart;
}

/** A job of CI with what it does on the platform. */
export interface CiUse {
  readonly job: CiJob;
  /** What its steps run, in their order. */
  readonly parts: readonly CiPart[];
  readonly calls: readonly CiJobCall[];
  readonly installs: readonly CiInstallation[];
  readonly gitPushes: readonly CiGitPush[];
  /** The names that the CLI has there, as far as known, by scripts and by actions. */
  readonly binaries: ReadonlySet<Binary>;
  /** Whether a known action uses the CLI in the job. */
  readonly usesByAction: boolean;
  /** The variables of a token that its steps have, each once by its place. */
  readonly tokens: readonly CiToken[];
}

/** A variable of a token that reaches a step or a job. */
interface CiToken {
  readonly name: string;
  readonly variable: CiVariable;
}

/** The variables that a CLI reads its API token from. */
const tokenNames: ReadonlySet<string> = new Set(allVendors.map(({ tokenEnv }) => tokenEnv));

/** Whether a variable is one that a CLI reads its API token from. */
export function isTokenVariable(name: string): boolean {
  return tokenNames.has(name);
}

/** The variable that a CLI reads its token from, by the name under which it is called. */
export function tokenVariableOf(binary: Binary): string | undefined {
  return vendorOfBinary(binary)?.tokenEnv;
}

/** All jobs of a reading as they were gone through, and those of them that have to do with the CLI. */
interface GoneThrough {
  readonly all: readonly CiUse[];
  readonly uses: readonly CiUse[];
}

const known = new WeakMap<CiReading, GoneThrough>();

/** The jobs of CI that use the CLI, install it or have its token, in the order of the files. Each reading is gone through once. */
export function ciUses(reading: CiReading): readonly CiUse[] {
  return goneThrough(reading).uses;
}

function goneThrough(reading: CiReading): GoneThrough {
  const before = known.get(reading);
  if (before !== undefined) return before;
  const texts = new Map([...reading.called].map(([path, { text }]) => [path, text]));
  const all = reading.files.flatMap(({ jobs }) => jobs).map((job) => useOf(job, reading, texts));
  const found = { all, uses: all.filter(concernsCli) };
  known.set(reading, found);
  return found;
}

/** A script of a CI job of which commands may be left out. */
export interface CutShort {
  readonly job: CiJob;
  readonly part: CiPart;
  /** Why, a clause. */
  readonly why: string;
}

/** The scripts that aren't read to their end, of the jobs that have to do with the CLI or may have, by what they name. */
export function ciCutShort(reading: CiReading): readonly CutShort[] {
  return goneThrough(reading).all.flatMap((use) =>
    use.parts.flatMap((part) => {
      const { problem } = part.reading;
      const isMeant = mentionsVendor(part.text) || concernsCli(use);
      return problem === undefined || !isMeant ? [] : [{ job: use.job, part, why: problem }];
    }),
  );
}

function concernsCli(use: CiUse): boolean {
  const { parts, calls, installs, gitPushes, binaries, usesByAction, tokens } = use;
  const isUsed = calls.length > 0 || installs.length > 0 || binaries.size > 0 || usesByAction;
  return (
    isUsed ||
    gitPushes.length > 0 ||
    tokens.length > 0 ||
    parts.some(({ text }) => namesToken(text))
  );
}

function useOf(job: CiJob, reading: CiReading, texts: ReadonlyMap<string, string>): CiUse {
  const parts = job.steps.flatMap((step) => partsOf(step, reading, texts));
  const textsBeside = (part: CiPart) =>
    parts.filter((each) => each !== part).map(({ text }) => text);
  const installs = parts.flatMap((part) =>
    installations(part.text, textsBeside(part)).map((installation) => ({ installation, part })),
  );
  const actions = job.steps.flatMap((step) => (step.kind === "action" ? step : []));
  const byAction = actions.flatMap(({ installs: binary }) => binary ?? []);
  const byScript = installs.flatMap(({ installation }) => installation.binary ?? []);
  return {
    job,
    parts,
    calls: parts.flatMap((part) => part.reading.calls.map((call) => ({ call, part }))),
    installs,
    gitPushes: parts.flatMap(gitPushesIn),
    binaries: new Set([...byAction, ...byScript]),
    usesByAction: actions.some(({ known: action }) => action?.usesCli === true),
    tokens: tokensOf(job),
  };
}

/** The pushes of Git to the platform: to an address there, or to the remote that the CLI makes. */
function gitPushesIn(part: CiPart): readonly CiGitPush[] {
  return part.reading.commands.flatMap((command) => {
    const [program, ...words] = command.words.map(({ value }) => value);
    const to = words.filter((word) => !word.startsWith("-"));
    const isPush = program === "git" && to[0] === "push";
    const isThere = to.slice(1).some((word) => sshHost.test(word) || cliRemotes.has(word));
    return isPush && isThere ? [{ command, part }] : [];
  });
}

/** What the CLI calls the platform among the remotes of a checkout. */
const cliRemotes: ReadonlySet<string> = new Set(allVendors.flatMap(({ git }) => git.remote ?? []));

function partsOf(
  step: CiStep,
  reading: CiReading,
  texts: ReadonlyMap<string, string>,
): readonly CiPart[] {
  if (step.kind !== "run" || step.shell.kind === "other") return [];
  const text = withoutExpressions(step.script.text);
  const own: CiPart = {
    step,
    script: step.script,
    text,
    reading: readCiScript(text, step.shell),
    own: true,
  };
  const found = new Map<string, CiPart>();
  let next: readonly string[] = [text];
  while (next.length > 0) {
    const paths = next
      .flatMap((each) => calledScripts(each).paths)
      .map((path) => inFolder(path, step.folder ?? "", texts))
      .filter((path) => texts.has(path) && !found.has(path));
    next = [];
    for (const path of new Set(paths)) {
      const file = reading.called.get(path);
      if (file === undefined) continue;
      // Whether it ends at a failure is for its own first lines to say.
      const shell = { errexit: true, pipefail: true };
      const part = { step, script: fileScript(file), text: file.text, own: false };
      found.set(path, { ...part, reading: readCiScript(file.text, shell) });
      next = [...next, file.text];
    }
  }
  return [own, ...found.values()];
}

function inFolder(path: string, folder: string, texts: ReadonlyMap<string, string>): string {
  const inside = folder === "" ? path : `${folder.replace(/^\.\/|\/$/gu, "")}/${path}`;
  return texts.has(inside) ? inside : path;
}

function tokensOf(job: CiJob): readonly CiToken[] {
  const all = [job.env, ...job.steps.map(({ env }) => env)].flatMap((env) => [...env]);
  const found = new Map<string, CiToken>();
  for (const [name, variable] of all)
    if (isTokenVariable(name) && variable.text !== "") {
      const { spot } = variable;
      found.set(`${spot.in.shown} ${spot.start}`, { name, variable });
    }
  return [...found.values()];
}

/** Whether a step has a token in its environment, and by which variables. */
export function tokensOn({ env }: Pick<CiStep, "env">): readonly string[] {
  return [...env].flatMap(([name, { text }]) =>
    isTokenVariable(name) && text !== "" ? [name] : [],
  );
}

/** The variables that a script sets for what it runs, or for the steps behind it, by its commands. */
export function variablesSetBy({ commands }: CiScript): ReadonlySet<string> {
  return new Set(commands.flatMap(setBy));
}

/** Whether a job of CI pushes code with the CLI. */
export function pushesFromCi(reading: CiReading): boolean {
  return ciUses(reading).some(({ calls }) =>
    calls.some(({ call }) => call.name === "environment:push"),
  );
}

/** A call in CI as one of a script of the platform, which nothing guards. */
export function asCommand({ call }: CiJobCall): CliCommand {
  return { ...call, guard: { kind: "unguarded", flaws: [] }, ways: [], shell: "bash" };
}

/**
 * Whether a call in CI acts on an environment of a project. There is none of its own: what it doesn't name, a variable of
 * its step may. What isn't given of the place may be any.
 */
export function actsFromCi(
  { call, part: { step } }: CiJobCall,
  {
    project,
    environment,
  }: { readonly project?: string | undefined; readonly environment?: string | undefined },
): "yes" | "no" | "unknown" {
  const said = [
    [flagValue(call, "--project", "p") ?? variableOf(step, "PROJECT"), project],
    [environmentNamed(call) ?? variableOf(step, "BRANCH"), environment],
  ] as const;
  const named = said.map(([written, wanted]) =>
    written === undefined || wanted === undefined || !/^[\w./-]+$/u.test(written) || written === "."
      ? "unknown"
      : written === wanted
        ? "yes"
        : "no",
  );
  if (named.includes("no")) return "no";
  return named.includes("unknown") ? "unknown" : "yes";
}

/** What the CLI takes for the project and the environment where a call names none (manual, "CLI"). */
function variableOf({ env }: CiStep, name: "PROJECT" | "BRANCH"): string | undefined {
  const variables = [...env].filter(([key]) => containerVariable.exec(key)?.[1] === name);
  return variables[0]?.[1].text;
}

const containerVariable = new RegExp(`^${patternOfAny(containerPrefixes)}(PROJECT|BRANCH)$`, "u");

/**
 * The name of the secret that a job takes its token from; undefined where that is none, or more than one. For GitLab, the
 * settings give a variable to every job, unless the file sets it. What a workflow of GitHub is called with has a name there
 * that says nothing of the repository's secrets.
 */
export function secretNameOf(use: CiUse, tokenEnv: string): string | undefined {
  const { job, tokens } = use;
  if (job.system === "gitlab")
    return tokens.length === 0 ? (variableHandedOn(use, tokenEnv) ?? tokenEnv) : undefined;
  const [name, second] = new Set(tokens.map(({ variable }) => secretIn(variable)));
  const isHandedOver = name !== undefined && job.file.triggers.secrets?.has(name.toUpperCase());
  return second === undefined && !isHandedOver ? name : undefined;
}

/** The variable whose value a script of a job exports as the token; undefined where none does. */
function variableHandedOn({ parts }: CiUse, tokenEnv: string): string | undefined {
  const exported = new RegExp(`^[ \\t]*export ${tokenEnv}="\\$(\\w+)"[ \\t]*$`, "mu");
  return parts.flatMap(({ text }) => exported.exec(text)?.[1] ?? [])[0];
}

/** The secret of GitHub that a variable takes its value from; undefined where it takes it from elsewhere. */
function secretIn({ text }: Pick<CiVariable, "text">): string | undefined {
  return /^\s*\$\{\{\s*secrets\.(\w+)\s*\}\}\s*$/u.exec(text)?.[1];
}

/** Those that are there for what comes behind it: exported, or written where the CI system looks for them. */
export function variablesLeftBy({ commands }: CiScript): ReadonlySet<string> {
  return new Set(commands.flatMap((command) => (isLeft(command) ? setBy(command) : [])));
}

function setBy(command: CiCommand): readonly string[] {
  const named = command.words
    .slice(1)
    .flatMap(({ text }) => /^["']?([A-Za-z_]\w*)=/u.exec(text)?.[1] ?? []);
  return isLeft(command) ? [...command.set, ...named] : command.set;
}

function isLeft({ program, into }: CiCommand): boolean {
  const isToEnvironment = into.some((target) => /GITHUB_ENV|BASH_ENV|\.env\b/u.test(target));
  return program === "export" || program === "declare" || isToEnvironment;
}
