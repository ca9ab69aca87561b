import { severities } from "../../audit/finding.ts";
import { formatNames } from "../../report/names.ts";
import { workPlaces } from "../../setup/ci/systems.ts";
import { parts } from "../../setup/parts.ts";
import { ciTaskIds, cronTaskIds, taskIds } from "../../setup/tasks/task.ts";
import { allVendors } from "../../vendors/registry.ts";
import type { Flag, Flags, Takes } from "./flag.ts";
import {
  anyText,
  branchName,
  cliRelease,
  emailAddress,
  environmentId,
  type FlagJudge,
  operationName,
  ownCommands,
  projectId,
  repositoryName,
  taskCronName,
  taskNames,
  taskSchedule,
} from "./judges.ts";

/** What `--help` says of a command, and the flags it takes. */
export interface CommandText {
  readonly summary: string;
  /** Its argument, if it takes one. */
  readonly positional?: { readonly name: string; readonly summary: string };
  /** Two command lines, and what each is for. */
  readonly examples: readonly [Example, Example];
  readonly flags: Flags;
}

/** A command line without the `machinist` before it. */
export interface Example {
  readonly line: string;
  readonly does: string;
}

const nothing = { kind: "nothing" } as const satisfies Takes;
const negation = { kind: "negation" } as const satisfies Takes;
const text = <S extends string>(shown: S, judge: FlagJudge) =>
  ({ kind: "text", shown, judge }) as const;
/** A text out of which its command reads more. */
const readText = <S extends string>(shown: S) => ({ kind: "text", shown }) as const;
const file = { kind: "file", shown: "file" } as const satisfies Takes;

/** The flags that every command takes. */
export const sharedFlags = {
  vendor: {
    words: "whose project it is; by default the vendor that its files tell",
    group: "every",
    takes: { kind: "choice", shown: "vendor", values: allVendors.map(({ id }) => id) },
  },
  accessible: { words: "ask in plain lines, for screen readers", group: "every", takes: nothing },
  color: { words: "no colours", group: "every", takes: negation },
  verbose: { words: "tell each request on standard error", group: "every", takes: nothing },
} as const satisfies Flags;

/** The argument of the commands that work on a checkout. */
const checkout = {
  name: "directory",
  summary: "the checkout; by default this folder",
} as const;

const project = {
  words: "the project; by default the checkout's",
  group: "project",
  takes: text("id", projectId),
  answers: { step: "project" },
} as const satisfies Flag;
const environment = {
  words: "the environment; by default the production environment",
  group: "project",
  takes: text("id", environmentId),
  answers: { step: "environment" },
} as const satisfies Flag;
const repository = {
  words: "the repository whose CI is meant, where the remotes name several",
  group: "project",
  takes: text("name", repositoryName),
} as const satisfies Flag;
const app = {
  words: "the app, when the checkout has several",
  group: "project",
  takes: text("name", anyText),
  answers: { step: "app" },
} as const satisfies Flag;
const appFile = {
  words: "the app configuration file, when it has another name",
  group: "project",
  takes: { kind: "file", shown: "path" },
} as const satisfies Flag;
const email = {
  words: "the address of the machine user's account",
  group: "account",
  takes: text("address", emailAddress),
  answers: { step: "email" },
} as const satisfies Flag;
const record = {
  words: "add a record of the run to this file, as Markdown for a ticket",
  group: "output",
  takes: file,
} as const satisfies Flag;
const dryRun = {
  words: "show everything, change nothing",
  group: "run",
  takes: nothing,
} as const satisfies Flag;
const yes = {
  words: "agree to the changes beforehand",
  group: "run",
  takes: nothing,
} as const satisfies Flag;
const noWait = {
  words: "don't wait for the redeployments",
  group: "run",
  takes: negation,
} as const satisfies Flag;
const json = {
  words: "one JSON document on standard output",
  group: "output",
  takes: nothing,
} as const satisfies Flag;

/** A flag that hands the machine user's token over. */
const tokenOnStdin = <W extends string>(words: W) =>
  ({ words, group: "account", takes: nothing, secret: true }) as const;

const keptInKeychain = <W extends string>(words: W) =>
  ({ words, group: "account", takes: nothing, answers: { step: "keychain", as: "keep" } }) as const;

const extraRights = <W extends string>(words: W) =>
  ({
    words,
    group: "account",
    takes: nothing,
    answers: { step: "token-check", as: "accept" },
  }) as const;

/** Every command, in the order of `--help`. */
export const commandTable = {
  setup: {
    summary: "the guided setup; every question has a flag",
    positional: checkout,
    examples: [
      { line: "setup", does: "asks what it can't know, and shows all that will happen first" },
      {
        line: "setup --task backup --email ops+shop@example.org --dry-run",
        does: "shows what a nightly backup takes, and changes nothing",
      },
    ],
    flags: {
      project: { ...project, words: "the project", use: { online: true, namedInCi: true } },
      otherProject: {
        words: "edit the checkout's files although it belongs to another project",
        group: "project",
        takes: nothing,
        answers: { step: "other-project", as: "yes" },
        use: { online: true, namedInCi: true },
      },
      environment: {
        ...environment,
        use: { online: true, namedInCi: true, offline: "name its branch with --branch" },
      },
      app: { ...app, use: { tasks: cronTaskIds, inCi: ["source-operation"] } },
      appFile: { ...appFile, use: { tasks: cronTaskIds, inCi: ["source-operation"] } },
      task: {
        words: `what the machine user does: ${taskIds.join(", ")}`,
        group: "work",
        takes: { kind: "list", shown: "tasks", values: taskIds, judge: taskNames },
        answers: { step: "task" },
      },
      where: {
        words: "where the work runs: a cron of the project, or a job of a CI system",
        group: "work",
        takes: { kind: "choice", shown: "place", values: workPlaces },
        answers: { step: "where" },
        use: { tasks: ciTaskIds },
      },
      repository: { ...repository, group: "work", use: { place: "ci" } },
      command: {
        words: "for the task custom: the commands its cron runs",
        group: "work",
        takes: text("shell", ownCommands),
        answers: { step: "commands" },
        use: { tasks: ["custom"] },
      },
      operation: {
        words: "for the task source-operation: which one",
        group: "work",
        takes: text("name", operationName),
        answers: { step: "operation" },
        use: { tasks: ["source-operation"], parts: ["cron"] },
      },
      live: {
        words: "for the task backup: hold no requests back",
        group: "work",
        takes: nothing,
        answers: { step: "backup-kind", as: "live" },
        use: { tasks: ["backup"], parts: ["cron"] },
      },
      schedule: {
        words: "when the cron runs: five fields, as in '0 5 * * *'; of several tasks: task=spec",
        group: "work",
        takes: { kind: "texts", shown: "spec", judge: taskSchedule },
        answers: { stepOfEachTask: "schedule" },
        use: { tasks: cronTaskIds, parts: ["cron"] },
      },
      cronName: {
        words: "the name of the cron; of several tasks: task=name",
        group: "work",
        takes: { kind: "texts", shown: "name", judge: taskCronName },
        use: { tasks: cronTaskIds, parts: ["cron"], place: "cron" },
      },
      guard: {
        words: "what keeps the cron off previews",
        group: "work",
        takes: { kind: "choice", shown: "kind", values: ["branch", "type"] },
        answers: { step: "guard" },
        use: { tasks: cronTaskIds, parts: ["cron"], place: "cron" },
      },
      branch: {
        words: "the guard's branch; by default the default branch",
        group: "work",
        takes: text("name", branchName),
        answers: { step: "branch" },
        use: { tasks: cronTaskIds, parts: ["cron"], place: "cron" },
      },
      installer: {
        words: "bash for the vendor's installer of today, php for the line of the older manual",
        group: "work",
        takes: { kind: "choice", shown: "kind", values: ["bash", "php"] },
        use: { tasks: cronTaskIds, parts: ["installer"], place: "cron" },
      },
      cliVersion: {
        words: "install this release of the CLI",
        group: "work",
        takes: text("version", cliRelease),
        use: { tasks: cronTaskIds, parts: ["installer"], place: "cron" },
      },
      only: {
        words: parts.join(","),
        group: "work",
        takes: { kind: "list", shown: "parts", values: parts },
      },
      offline: {
        words: "no account: only what lives in the file",
        group: "work",
        takes: nothing,
      },
      email: { ...email, use: { online: true } },
      machineTokenStdin: {
        ...tokenOnStdin("read the machine user's API token from standard input"),
        use: { parts: ["machine-user", "token", "variable"] },
      },
      changeRole: {
        words: "give the account of --email another role when it is on the project already",
        group: "account",
        takes: nothing,
        answers: { step: "machine-user", as: "--change-role" },
        use: { parts: ["machine-user"] },
      },
      acceptExtraRights: {
        ...extraRights("go on with a token that can do more than its tasks need"),
        use: { parts: ["token"], online: true },
      },
      ifSet: {
        words:
          "what becomes of a variable that is set already: correct its flags, replace, or leave it",
        group: "account",
        takes: { kind: "choice", shown: "what", values: ["correct", "replace", "leave"] },
        answers: { step: "if-set" },
        use: { tasks: cronTaskIds, parts: ["variable"], place: "cron" },
      },
      deleteStrays: {
        words: "delete token variables at the wrong level or under the wrong name",
        group: "account",
        takes: nothing,
        answers: { step: "strays", as: "--delete-strays" },
        use: { tasks: cronTaskIds, parts: ["variable"], place: "cron" },
      },
      keychain: {
        ...keptInKeychain("keep your own token in the system keychain, once you paste it"),
        use: { online: true },
      },
      verifyJob: {
        words: "write a job of CI as well that looks every day whether it works: machinist verify",
        group: "work",
        takes: nothing,
        answers: { step: "verify-job", as: "--verify-job" },
        use: { online: true },
      },
      commit: {
        words: "commit what was written, and nothing else; nothing is pushed",
        group: "output",
        takes: nothing,
        answers: { step: "commit", as: "commit" },
      },
      report: record,
      json,
      wait: { ...noWait, use: { tasks: cronTaskIds, parts: ["variable"], place: "cron" } },
      dryRun,
      yes,
    },
  },
  audit: {
    summary: "audits a checkout and, when signed in, its project; fixes in place",
    positional: {
      name: "paths...",
      summary: "the checkout, or the files of it that alone count; by default this folder",
    },
    examples: [
      {
        line: "audit --fix --dry-run",
        does: "shows the changes that need no look, and makes none",
      },
      {
        line: "audit --offline --complete --format sarif --output audit.sarif",
        does: "writes for a CI system what the files alone tell",
      },
    ],
    flags: {
      project: { words: project.words, group: "project", takes: project.takes },
      environment: { words: environment.words, group: "project", takes: environment.takes },
      app: { words: "one app only", group: "project", takes: app.takes },
      appFile,
      offline: { words: "only the files, without the API", group: "project", takes: nothing },
      stdin: {
        words: "look at the text on standard input, in place of one file's",
        group: "project",
        takes: nothing,
      },
      stdinFilename: {
        words: "with --stdin: which file of the checkout the text is for",
        group: "project",
        takes: file,
      },
      all: {
        words: "every project that the account sees, through the API",
        group: "many",
        takes: nothing,
      },
      org: {
        words: "every project of an organization, through the API",
        group: "many",
        takes: text("name", anyText),
      },
      projectsFrom: {
        words: "the projects of a list, an id a line; - reads standard input",
        group: "many",
        takes: file,
      },
      shard: {
        words: "with many projects: the i-th of n parts, by the ids",
        group: "many",
        takes: readText("i/n"),
      },
      resume: {
        words: "with many projects: keep in this file what is done, and go on from it",
        group: "many",
        takes: file,
      },
      machineTokenStdin: tokenOnStdin(
        "read the machine user's API token from standard input, to look with it too",
      ),
      failOn: {
        words:
          "the least severity that counts for the exit code; by default what the configuration says, or error",
        group: "count",
        takes: { kind: "choice", shown: "severity", values: severities },
      },
      complete: {
        words: "end with code 11 when something could not be looked at",
        group: "count",
        takes: nothing,
      },
      config: {
        words: "the configuration; by default .machinist.yaml in the directory",
        group: "count",
        takes: file,
      },
      baseline: { words: "don't count what is in this file", group: "count", takes: file },
      writeBaseline: {
        words: "write what is found now to this file, and end",
        group: "output",
        takes: file,
      },
      format: {
        words: "how the findings are written; by default text",
        group: "output",
        takes: { kind: "choice", shown: "name", values: formatNames },
      },
      json: { words: "the same as --format json", group: "output", takes: nothing },
      output: {
        words: "write them to a file, instead of standard output",
        group: "output",
        takes: file,
      },
      fix: { words: "make the changes that need no look", group: "run", takes: nothing },
      unsafeFixes: {
        words: "with --fix: also make the changes that need a look, of these rules, or of all",
        group: "run",
        takes: { kind: "list", shown: "rules", values: fixableRules },
      },
      dryRun: { ...dryRun, words: "with --fix: show everything, change nothing" },
      yes: { ...yes, words: "with --fix on many projects: agree to all that is shown" },
    },
  },
  report: {
    summary: "puts the JSON lines of several audits together, in any format",
    positional: {
      name: "files...",
      summary: "what machinist audit wrote with --format jsonl or --resume",
    },
    examples: [
      {
        line: "report part-1.jsonl part-2.jsonl",
        does: "reads two parts of an audit as one",
      },
      {
        line: "report all.jsonl --format html --output audit.html",
        does: "makes a page of them",
      },
    ],
    flags: {
      format: {
        words: "by default text",
        group: "output",
        takes: { kind: "choice", shown: "name", values: formatNames },
      },
      output: {
        words: "write to a file, instead of standard output",
        group: "output",
        takes: file,
      },
      failOn: {
        words: "the least severity that counts for the exit code; by default error",
        group: "count",
        takes: { kind: "choice", shown: "severity", values: severities },
      },
    },
  },
  verify: {
    summary: "is what was set up deployed, and does it work?",
    positional: checkout,
    examples: [
      { line: "verify --wait", does: "waits for a deployment that is under way, then looks" },
      {
        line: "verify --json",
        does: "gives the checks as data",
      },
    ],
    flags: {
      project,
      environment,
      app,
      appFile,
      machineTokenStdin: tokenOnStdin(
        "read the machine user's API token from standard input, to look with it",
      ),
      keychain: keptInKeychain("keep the tokens that are handed over in the system keychain"),
      report: record,
      repository,
      json,
      wait: { words: "wait for a deployment that is under way", group: "run", takes: nothing },
    },
  },
  rotate: {
    summary: "replaces the machine user's token",
    positional: checkout,
    examples: [
      { line: "rotate", does: "asks for the new token, and proves it before anything is changed" },
      {
        line: "rotate --revoke old-token --machine-token-stdin --yes < token.txt",
        does: "does it with nobody to ask, and revokes the old token at the end",
      },
    ],
    flags: {
      project: {
        ...project,
        words: "the project; by default the checkout's, and of many all of them",
      },
      environment,
      all: {
        words: "every project that the account sees whose production environment has a token",
        group: "many",
        takes: nothing,
      },
      org: { words: "the same, of an organization", group: "many", takes: text("name", anyText) },
      projectsFrom: {
        words: "the same, of a list, an id a line",
        group: "many",
        takes: file,
      },
      olderThan: {
        words: "only a token whose variable was last changed so long ago: 90d",
        group: "work",
        takes: readText("age"),
      },
      email,
      machineTokenStdin: tokenOnStdin(
        "read the machine user's new API token from standard input; of many projects, a line each: project, address, token",
      ),
      acceptExtraRights: extraRights("go on with a token that can do more than the crons need"),
      revoke: {
        words:
          "revoke this token of the machine user once the new one is deployed; by default none",
        group: "account",
        takes: text("name", anyText),
        answers: { step: "old-token", repeats: "what was given" },
      },
      report: record,
      repository,
      json,
      wait: {
        ...noWait,
        words: "don't wait for the redeployment; the old token stays valid then",
      },
      dryRun,
      yes,
    },
  },
  undo: {
    summary: "takes back what the last run changed",
    positional: checkout,
    examples: [
      { line: "undo --dry-run", does: "lists what can be taken back, with its numbers" },
      { line: "undo --only 2", does: "takes back one change" },
    ],
    flags: {
      only: {
        words: "only these changes, by their numbers in the summary: 1,3",
        group: "work",
        takes: readText("numbers"),
      },
      json,
      wait: noWait,
      dryRun,
      yes,
    },
  },
  status: {
    summary: "who is signed in, which project this is, and whether it is set up",
    positional: checkout,
    examples: [
      { line: "status", does: "tells it in a few lines, and changes nothing" },
      { line: "status --offline --json", does: "gives as data what the files alone tell" },
    ],
    flags: {
      project: { words: project.words, group: "project", takes: project.takes },
      environment: { words: environment.words, group: "project", takes: environment.takes },
      offline: { words: "only the files, without the API", group: "project", takes: nothing },
      json,
    },
  },
  logout: {
    summary: "forgets the tokens that were kept in the system keychain",
    examples: [
      { line: "logout", does: "forgets the tokens of the vendor whose project this folder is" },
      { line: "logout --vendor upsun", does: "forgets those of Upsun" },
    ],
    flags: {},
  },
  rules: {
    summary: "the catalogue of rules, or one explained",
    positional: { name: "id", summary: "a rule's id: cron-guard-missing" },
    examples: [
      { line: "rules", does: "lists what the audit looks for" },
      { line: "rules cron-guard-missing", does: "says what it finds, why, and what to do" },
    ],
    flags: {
      vendors: {
        words: "the vendors of the platform instead, and what is known of each",
        group: "output",
        takes: nothing,
      },
      json,
    },
  },
  sandbox: {
    summary: "serves an embedded Platform.sh on this machine, and says how to point programs at it",
    examples: [
      { line: "sandbox", does: "serves the sample project until it is interrupted" },
      {
        line: "sandbox --projects 500 --state sandbox.json",
        does: "serves many projects, and keeps what is changed in them",
      },
    ],
    flags: {
      port: {
        words: "the port to listen on; any that is free by default",
        group: "sandbox",
        takes: {
          kind: "number",
          shown: "port",
          what: "a port",
          most: 65_535,
          also: "; 0 takes any port that is free",
        },
      },
      projects: {
        words: "how many made-up projects there are beside the sample",
        group: "sandbox",
        takes: { kind: "number", shown: "count", what: "a number of projects", most: 100_000 },
      },
      latency: {
        words: "how long every answer is kept back, in milliseconds",
        group: "sandbox",
        takes: { kind: "number", shown: "ms", what: "a time in milliseconds", most: 60_000 },
      },
      code: {
        words: "a folder whose files the project Shop has in production, instead of its own",
        group: "sandbox",
        takes: { kind: "folder", shown: "dir" },
      },
      state: {
        words: "a file that keeps what is changed, and with which it goes on at the next start",
        group: "sandbox",
        takes: file,
      },
    },
  },
  demo: {
    summary: "setup, then audit, on a sample project against the sandbox",
    examples: [
      { line: "demo", does: "plays the whole job without an account" },
      {
        line: "demo --where github",
        does: "has a workflow do the work, and plays the Git host too",
      },
    ],
    flags: {
      where: {
        words: "where the work runs: a cron of the project, or a job of a CI system",
        group: "work",
        takes: { kind: "choice", shown: "place", values: ["cron", "github", "gitlab"] },
      },
    },
  },
  completion: {
    summary: "prints the script that completes command lines in a shell",
    positional: { name: "shell", summary: "bash, zsh or fish" },
    examples: [
      { line: "completion bash", does: "for bash: source <(machinist completion bash)" },
      { line: "completion fish", does: "for fish: machinist completion fish | source" },
    ],
    flags: {},
  },
} as const satisfies Readonly<Record<string, CommandText>>;

/** The name of a command, as it is typed. */
export type CommandName = keyof typeof commandTable;

/** The rules whose fixes `--unsafe-fixes` can name. */
async function fixableRules(): Promise<readonly string[]> {
  const { rules } = await import("../../audit/registry.ts");
  return ["all", ...rules.flatMap(({ id, fixable }) => (fixable === "by-hand" ? [] : [id]))];
}
