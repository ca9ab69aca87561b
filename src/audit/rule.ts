import type { AppFile } from "../appfile/app-file.ts";
import type { CiReading } from "../cifile/read.ts";
import type { Fact } from "../fact.ts";
import type { Access } from "../platform/access.ts";
import type { Activity } from "../platform/activities.ts";
import type { Deployment } from "../platform/deployments.ts";
import type { Environment } from "../platform/environments.ts";
import type { SourceIntegration } from "../platform/integrations.ts";
import type { ProductSettings } from "../platform/project-settings.ts";
import type { Project } from "../platform/projects.ts";
import type { TokenFacts } from "../platform/users.ts";
import type { Variable } from "../platform/variables.ts";
import type { DetectedVendor } from "../vendors/detection.ts";
import type { ManualPage } from "../vendors/manual.ts";
import type { Vendor } from "../vendors/vendor.ts";
import type { TextFile } from "../yaml/text-file.ts";
import type { Confidence, FileLocation, FixPlan, ResourceLocation, Severity } from "./finding.ts";
import type { ProjectGap } from "./main-environment.ts";

/** The parts of an environment that the API tells one by one, each of which an account may not be allowed to read. */
interface EnvironmentParts {
  /** Its variables, inherited ones too. */
  readonly variables: Fact<readonly Variable[]>;
  /** What runs there; absent when nothing does. */
  readonly deployment: Fact<Deployment>;
  /** The latest runs of crons, and the backups made, the newest first. */
  readonly runs: Fact<readonly Activity[]>;
}

/** What the API says about one environment. */
export interface EnvironmentFacts extends EnvironmentParts {
  readonly environment: Environment;
}

/** The parts of a project, those of its main environment among them. */
interface PlatformParts extends EnvironmentParts {
  readonly projectVariables: Fact<readonly Variable[]>;
  /** Who has a grant of their own. */
  readonly access: Fact<readonly Access[]>;
  /** The Git hosts that it takes its code from; read where a job of CI pushes. */
  readonly integrations: Fact<readonly SourceIntegration[]>;
  /** What the product is, and what it allows crons; not read for an audit of many projects. */
  readonly settings: Fact<ProductSettings>;
  /** What the machine user's own token shows of its account. */
  readonly machineUser: Fact<TokenFacts>;
  /** The id of the account that is signed in. */
  readonly operator: Fact<string>;
}

/** A part of what the API says, by its name. */
export type PlatformPart = keyof PlatformParts;

/** What the API says about the project of an app. */
export interface PlatformFacts extends PlatformParts {
  /** Its timezone is unknown where it was read with many others. */
  readonly project: Omit<Project, "timezone"> & Partial<Pick<Project, "timezone">>;
  /** The environment that the automation is for. */
  readonly environment: Environment;
  readonly vendor: Vendor;
  /** All environments that the account sees, but for those without a name. */
  readonly environments?: readonly Environment[];
  /** What the API didn't tell about the project as a whole. */
  readonly gaps?: readonly ProjectGap[];
  /** How many environments more the API answered without a name: which these are, nobody can say. */
  readonly unnamed?: number;
  /** The other environments that jobs are kept to, as far as they were read. */
  readonly others?: readonly EnvironmentFacts[];
  /** The environments that jobs are kept to and that were not read, because there are too many. */
  readonly leftOut?: readonly Environment[];
  /** When it was read. */
  readonly readAt?: Date;
  /** By account, the projects that were audited before this one and whose crons work in its name as well. */
  readonly elsewhere?: ReadonlyMap<string, readonly string[]>;
}

/** What is known of a project beside any one app: its repository, and itself when somebody is signed in. */
export interface ProjectFacts {
  /** All apps of the project that were read. */
  readonly apps?: readonly AppFile[];
  /** Other apps of the project, which were read and are not looked at. */
  readonly neighbours?: readonly AppFile[];
  /** Given where these are all apps of the project: none was left out, and each could be read. */
  readonly hasEveryApp?: true;
  readonly platform?: PlatformFacts;
  /** Whose project it is, and how that is known. */
  readonly vendor?: DetectedVendor;
  /** The default branch, and who says so: "from the API"; a guess when that is the Git host, which isn't the platform. */
  readonly defaultBranch?: {
    readonly name: string;
    readonly because: string;
    readonly isGuess?: true;
  };
  /** The names of the branches that the checkout knows, its own and those of its remotes. */
  readonly branches?: ReadonlySet<string>;
  /** Whether there may be others, which the clone was made without: that one isn't among them says nothing. */
  readonly branchesInPart?: true;
  /** The files that Git keeps track of and that have what may be an API token in them; absent where there is no Git. */
  readonly withTokens?: Fact<readonly TextFile[]>;
  /** The CI of the repository; absent where it isn't looked at. */
  readonly ci?: CiReading;
}

/** All that the rules look at: one app, and its project. */
export interface AuditFacts extends ProjectFacts {
  /** One of the apps of the project; the only one where these aren't given. */
  readonly app: AppFile;
  /** Configuration files that the platform doesn't read for their name, by the path as people know it. */
  readonly misnamed?: readonly string[];
  /** The app's `.environment`, which every shell of a container reads first. */
  readonly environmentFile?: TextFile;
}

/** What a rule found; the engine makes it a finding. */
export interface Problem {
  readonly message: string;
  readonly location: FileLocation | ResourceLocation;
  /** When it is another than the rule's. */
  readonly severity?: Severity;
  /** When it is another than the rule's. */
  readonly confidence?: Confidence;
  readonly fix?: FixPlan;
}

/**
 * What the rule needs to be looked at: the files alone, the API as the operator, or the API as the machine user. Of the
 * last, what the activities on the platform show is found as the operator, too.
 */
export type Needs = "files" | "platform" | "machine-token";

/** What people are told about one thing that the audit finds. */
export interface RuleDescription {
  readonly id: string;
  readonly severity: Severity;
  /** How sure a finding of it is, unless the finding says otherwise. */
  readonly confidence: Confidence;
  readonly needs: Needs;
  /** How much it endangers the project when somebody uses it, for what is a matter of security. */
  readonly security?: "critical" | "high" | "medium";
  /** The parts of the project that it looks at, where it looks at any. Without them it finds nothing, or less. */
  readonly reads?: readonly PlatformPart[];
  /** Whether it has a fix at all, and whether `--fix` may make it without a look; the single finding has the last word. */
  readonly fixable: "safe" | "unsafe" | "by-hand";
  /** What is wrong, in one sentence without names. */
  readonly what: string;
  /** Why it matters, with the source: the manual's page by its title. */
  readonly why: string;
  /** The page of the manual that says so, or that tells how it is done. */
  readonly manual?: ManualPage;
  readonly example: { readonly before: string; readonly after: string };
  /** When a person may leave it as it is. */
  readonly ignore: string;
}

/** One thing that the audit knows to look for in what it is given. */
export interface RuleOn<Facts> extends RuleDescription {
  /** Looks; never throws, whatever is in the file. */
  readonly check: (facts: Facts) => readonly Problem[];
}

/** One thing that the audit knows to look for in an app and its project. */
export type Rule = RuleOn<AuditFacts>;

/** One that it knows to look for in the repository, also where no app of it is read. */
export type ProjectRule = RuleOn<ProjectFacts>;

/** A rule, checked by its type where it is written. */
export function rule(definition: Rule): Rule {
  return definition;
}

/** The same of a rule about the repository. */
export function projectRule(definition: ProjectRule): ProjectRule {
  return definition;
}
