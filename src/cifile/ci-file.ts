import type { YAMLMap } from "yaml";
import type { Script } from "../appfile/app-file.ts";
import type { CiShell } from "../shell/ci-script.ts";
import type { Binary } from "../shell/installer.ts";
import type { Source } from "../yaml/source.ts";
import type { KnownAction } from "./systems/actions.ts";

/** The systems whose files are read. */
type CiSystem = "github" | "gitlab";

/** A stretch of a file, by offsets. */
export interface Spot {
  readonly in: Source;
  readonly start: number;
  readonly end: number;
}

/** A value with the place of its key and its own. */
export interface CiValue {
  /** As it is written, with its expressions; numbers and booleans as text. */
  readonly text: string;
  /** From the key to the end of the value. */
  readonly spot: Spot;
}

/** Where a variable of a step is set: the nearer one counts. */
export type CiLevel = "workflow" | "job" | "step" | "action" | "script";

/** A variable that a step has in its environment. */
export interface CiVariable extends CiValue {
  readonly level: CiLevel;
}

/** What runs a script. */
export type StepShell =
  /** `named` tells whether somebody chose it; GitHub's default in Linux is bash without pipefail. */
  | (CiShell & { readonly kind: "bash" | "sh"; readonly named: boolean })
  /** PowerShell, Python, or something that is not known before it runs: its scripts are not read. */
  | { readonly kind: "other"; readonly name: string };

/** What every step of a job has, whatever it runs. */
export interface StepParts {
  /** As people call it: "the step Back up", "script line 2". */
  readonly called: string;
  /** The step's key or dash, to the end of its first line. */
  readonly spot: Spot;
  /** The mapping that describes it, in the file of `spot`; none for a line of GitLab. */
  readonly map?: YAMLMap;
  readonly env: ReadonlyMap<string, CiVariable>;
  /** When it runs, as written. */
  readonly condition?: string;
  /** Whether its failure is no failure of the job. */
  readonly tolerant: boolean;
  /** Whether it stands in an action of the repository that the job uses. */
  readonly inAction: boolean;
  /** What the action it stands in is handed over as an input, as its caller writes it; undefined where that isn't known. */
  readonly input: (name: string) => string | undefined;
}

/** One step of a job: a script that a shell runs, or an action. */
export type CiStep = RunStep | ActionStep;

/** A script that a shell runs. */
export interface RunStep extends StepParts {
  readonly kind: "run";
  readonly script: Script;
  readonly shell: StepShell;
  /** The folder that it starts in, from the top of the repository; undefined where that isn't known. */
  readonly folder: string | undefined;
}

/** An action: of GitHub, of the repository, or an image. */
export interface ActionStep extends StepParts {
  readonly kind: "action";
  /** As written: "actions/checkout@v4", "docker://alpine". */
  readonly uses: CiValue;
  /** Without its version: "actions/checkout". */
  readonly name: string;
  /** The tag, branch or commit; undefined where there is none. */
  readonly version: string | undefined;
  readonly inputs: ReadonlyMap<string, CiValue>;
  /** What is known of it, where it has to do with the CLI or with the code that is checked out. */
  readonly known: KnownAction | undefined;
  /** The CLI that it installs with these inputs; missing where it installs none, or that isn't known. */
  readonly installs?: Binary;
}

/** A part of a job that isn't followed: a workflow of another repository, a file that isn't there. */
export interface NotFollowed {
  readonly what: string;
  readonly spot: Spot;
}

/** A job of a CI file: a sequence of steps on one machine. */
export interface CiJob {
  readonly system: CiSystem;
  readonly id: string;
  /** As people call it: "the job backup". */
  readonly called: string;
  readonly file: CiFile;
  /** Its key. */
  readonly spot: Spot;
  readonly map: YAMLMap;
  readonly steps: readonly CiStep[];
  /** What it has in its environment beside what its steps set. */
  readonly env: ReadonlyMap<string, CiVariable>;
  readonly condition?: string;
  readonly timeout?: CiValue;
  /** Whether it runs on Linux, as far as that is said. */
  readonly runsOn?: CiValue;
  /** Whether it runs in an image of its own choice, which may bring the CLI. */
  readonly image?: CiValue;
  readonly tolerant: boolean;
  /** What keeps it from running twice at a time, its own or its workflow's. */
  readonly concurrency?: Concurrency;
  readonly permissions: boolean;
  /** The environment of GitHub that it names, which may have secrets of its own. */
  readonly environment?: CiValue;
  /** Whether it only calls a workflow, as GitHub has it, and which. */
  readonly reuses?: CiValue;
  /** How deep its clone is made where that isn't said by a step: all history, or so many commits. */
  readonly depth?: CiValue;
  readonly notFollowed: readonly NotFollowed[];
}

/** What a job or workflow says about runs at the same time. */
export interface Concurrency {
  readonly spot: Spot;
  /** Whether a newer run ends one that is under way. */
  readonly cancels: boolean;
}

/** What starts the jobs of a file. */
export interface Triggers {
  /** GitHub's names of events; for GitLab none is known, since its schedules are not in the file. */
  readonly events: ReadonlySet<string>;
  readonly schedules: readonly CiValue[];
  /** Which pushes start them, as GitHub's filters say; none where no push does, and for GitLab, where rules of a job say it. */
  readonly push?: PushFilters;
  /** The secrets that a call of the workflow hands over, by the names that they have in it, in capitals. */
  readonly secrets?: ReadonlySet<string>;
  /** The key that holds them. */
  readonly spot?: Spot;
}

/** What GitHub asks of a push, each a list of patterns; empty where it asks nothing of the kind. */
export interface PushFilters {
  readonly branches: readonly string[];
  readonly ignoredBranches: readonly string[];
  readonly tags: readonly string[];
  /** Paths, and paths that are ignored. */
  readonly paths: readonly string[];
}

/** A CI file that was read: what it starts, and when. */
export interface CiFile {
  readonly system: CiSystem;
  readonly source: Source;
  readonly triggers: Triggers;
  readonly permissions: boolean;
  readonly jobs: readonly CiJob[];
  /** Whether a tool wrote it, so that nobody should edit it. */
  readonly generated: boolean;
}
