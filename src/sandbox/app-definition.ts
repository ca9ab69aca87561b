/** One app as it is deployed: the parts of its configuration that the deployment resource shows. */
export interface AppDefinition {
  readonly name: string;
  readonly type: string;
  readonly timezone?: string;
  readonly build: string;
  readonly crons: Readonly<Record<string, { readonly spec: string; readonly start: string }>>;
  /** Source operations: the command, by name. */
  readonly operations: Readonly<Record<string, string>>;
}
