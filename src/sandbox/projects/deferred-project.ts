import type { Grant, Integration, Invitation, Project } from "../store.ts";

/**
 * A project that is made only when somebody looks at more than its id and where it belongs: thousands of them cost next to
 * nothing until then.
 */
export class DeferredProject implements Project {
  readonly id: string;
  readonly organization: string;
  readonly invitations = new Map<string, Invitation>();
  readonly domains = new Map<string, number>();
  readonly integrations = new Map<string, Integration>();
  readonly #make: () => Project;
  #made: Project | undefined;

  constructor(id: string, organization: string, make: () => Project) {
    this.id = id;
    this.organization = organization;
    this.#make = make;
  }

  get #project(): Project {
    this.#made ??= this.#make();
    return this.#made;
  }

  get title(): string {
    return this.#project.title;
  }
  set title(title: string) {
    this.#project.title = title;
  }

  get defaultBranch(): string {
    return this.#project.defaultBranch;
  }
  set defaultBranch(branch: string) {
    this.#project.defaultBranch = branch;
  }

  get timezone(): string {
    return this.#project.timezone;
  }
  set timezone(timezone: string) {
    this.#project.timezone = timezone;
  }

  get region(): string {
    return this.#project.region;
  }

  get vendor(): Project["vendor"] {
    return this.#project.vendor;
  }

  get suspended(): boolean {
    return this.#project.suspended;
  }

  get createdAt(): number {
    return this.#project.createdAt;
  }

  get code(): Project["code"] {
    return this.#project.code;
  }

  get grants(): Map<string, Grant> {
    return this.#project.grants;
  }

  get variables(): Project["variables"] {
    return this.#project.variables;
  }

  get environments(): Project["environments"] {
    return this.#project.environments;
  }

  get activities(): Project["activities"] {
    return this.#project.activities;
  }
}
