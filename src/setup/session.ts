import type * as dialogue from "../dialogue/session.ts";
import type { Answer } from "../dialogue/session.ts";
import { type Fact, valueIn } from "../fact.ts";
import { claimsOfOthers, type ProjectClaim } from "../git/project.ts";
import type { Secret } from "../secret.ts";
import type { DetectedVendor } from "../vendors/detection.ts";
import type { GivenFlag } from "./flag-uses.ts";
import type { Part } from "./parts.ts";
import type { TaskId } from "./tasks/task.ts";

/** The steps of a setup, in the order in which they are asked. */
export type StepId =
  | "vendor"
  | "reach"
  | "sign-in-with"
  | "sign-in"
  | "keychain"
  | "go-on"
  | "project"
  | "other-project"
  | "task"
  | `doubt:${TaskId}`
  | "environment"
  | "app"
  | "operation"
  | "commands"
  | "backup-kind"
  | "email"
  | "machine-user"
  | "first-invitation"
  | "if-set"
  | "token"
  | "token-check"
  | "variable"
  | "strays"
  | "installer"
  | `there:${TaskId}`
  | `schedule:${TaskId}`
  | "guard"
  | "branch"
  | `cron:${TaskId}`
  | "where"
  | `ci:${TaskId}`
  | "ci-secret"
  | "verify-job"
  | "commit"
  | "age"
  | "old-token"
  | "with-token"
  | "look";

/** A setup that was left before its end: what was answered, and no secret. */
export interface SavedSetup {
  readonly version: 1;
  readonly project: { readonly id: string; readonly shown: string };
  /** When it was left, ISO 8601 in UTC. */
  readonly left: string;
  /** The step that was to come, by its title. */
  readonly at: string;
  readonly only: readonly Part[];
  readonly installer: "bash" | "php";
  readonly cliVersion?: string;
  readonly cronNames: Readonly<Record<string, string>>;
  /** By step. */
  readonly answers: Readonly<Record<string, string>>;
}

/** What was asked for when the setup was started; checked where it was parsed. */
export interface SetupRequest extends dialogue.AskedFor<StepId> {
  /** Absolute path of the directory the setup is for. */
  readonly directory: string;
  /** The parts to set up, in the order of `parts`. */
  readonly only: readonly Part[];
  /** No account, no API: only the parts that live in the file. */
  readonly offline: boolean;
  readonly installer: "bash" | "php";
  /** The redeployments that changes set off are not waited for. */
  readonly noWait?: true;
  /** There is no checkout here, or the folder has nothing to do with the project. */
  readonly withoutCheckout?: true;
  /** Only a token of at least so many days is replaced. */
  readonly olderThanDays?: number;
  /** A CLI release without the `v`: "5.11.0". */
  readonly cliVersion?: string;
  /** Absolute path of the app configuration file, when one was named. */
  readonly appFile?: string;
  /** The flags that were given and that not every setup uses. */
  readonly flagsGiven?: readonly GivenFlag[];
  /** The names that were asked for, by task. */
  readonly cronNames: Readonly<Partial<Record<TaskId, string>>>;
  /** Whose project it is, as far as that can be told before anybody is asked. */
  readonly vendor?: DetectedVendor;
  /** Where the official CLI is on this computer, when nobody's token was found and a person can be asked about it. */
  readonly officialCli?: string;
  /** The projects that are said to be meant here. */
  readonly checkoutOf?: readonly ProjectClaim[];
  /** Why a person has to do the parts that aren't in the file, and what was asked for before that was known. */
  readonly byHand?: {
    readonly because: string;
    readonly asked: Pick<SetupRequest, "offline" | "only">;
  };
  /** Whether what is changed on the environment waits there until somebody deploys it. */
  readonly deploysByHand?: Fact<boolean>;
  /** A setup of this directory that was left before its end, when a person can be asked about it. */
  readonly saved?: SavedSetup;
  /** The addresses that this setup has invited so far, also in a run that was left before its end. */
  readonly invited?: readonly { readonly project: string; readonly email: string }[];
  /** The repository whose CI is meant, where it was named: "acme/shop", also with its host. */
  readonly repository?: string;
  /** The CI system that the checkout says it has, and how that is known. */
  readonly ciSystem?: { readonly system: string; readonly because: string };
  /** The machine user's token when it was handed over on standard input. */
  readonly machineToken?: Secret;
}

/** All that is known of a setup at one moment. */
export type Session = dialogue.DialogueSession<SetupRequest, StepId>;

/** The project that was chosen. */
export function projectOf({ answers }: Session): string {
  return requiredAnswer(answers.project);
}

/** What says that the checkout is of another project than the one that was chosen. */
export function otherOwners({ request, answers }: Session): readonly ProjectClaim[] {
  const { value } = answers.project ?? {};
  return value === undefined ? [] : claimsOfOthers(request.checkoutOf ?? [], value);
}

/** Whether there is no checkout of the project here whose files could say something of it. */
export function isWithoutCheckout(session: Session): boolean {
  return session.request.withoutCheckout === true || otherOwners(session).length > 0;
}

/** The environment that was chosen. */
export function environmentOf({ answers }: Session): string {
  return requiredAnswer(answers.environment);
}

/** The value of an answer that an earlier step of the list must have given. */
export function requiredAnswer(answer: Answer | undefined): string {
  if (answer === undefined) throw new RangeError("an earlier step has not been answered");
  return answer.value;
}

/** Whether what is changed on the environment is known to wait there until somebody deploys it. */
export function isStaged({ deploysByHand }: Pick<SetupRequest, "deploysByHand">): boolean {
  return deploysByHand !== undefined && valueIn(deploysByHand) === true;
}
