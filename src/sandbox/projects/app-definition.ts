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
  /** The least role that may open an SSH session. */
  readonly ssh?: SshRole;
}

export interface CronDefinition {
  readonly spec: string;
  readonly start: string;
}

export const sshRoles = ["viewer", "contributor", "admin"] as const;
type SshRole = (typeof sshRoles)[number];
