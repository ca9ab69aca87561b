/** One app as it is deployed: the parts of its configuration that the deployment resource shows. */
export interface AppDefinition {
  readonly name: string;
  readonly type: string;
  readonly timezone?: string;
  /** The build hook. */
  readonly build?: string;
  /** The deploy hook. */
  readonly deploy?: string;
  readonly crons: Readonly<Record<string, CronDefinition>>;
  /** Source operations: the command, by name. */
  readonly operations: Readonly<Record<string, string>>;
  /** What somebody can have run in the app's container: the command, by name. */
  readonly runtimeOperations?: Readonly<Record<string, string>>;
  /** Its workers: the start command, by name. */
  readonly workers?: Readonly<Record<string, string>>;
  /** What programs in its containers may do without a token; Upsun has these. */
  readonly authorizations?: readonly Authorization[];
  /** The least role that may open an SSH session. */
  readonly ssh?: SshRole;
}

/** An entry of `authorizations`, spelled as the file spells it (developer.upsun.com, "Authorizations"). */
interface Authorization {
  readonly type: string;
  readonly action: string;
  readonly resource?: string;
}

/** A cron, by its schedule and what it runs. */
export interface CronDefinition {
  readonly spec: string;
  readonly start: string;
}

/** The roles that an app may ask for with `access.ssh`, the least first. */
export const sshRoles = ["viewer", "contributor", "admin"] as const;
type SshRole = (typeof sshRoles)[number];
