import type { Grant, Integration, StoredInvitation, StoredProject } from "../store.ts";

/**
 * A project that is made only when somebody looks at more than its id and where it belongs: thousands of them cost next to
 * nothing until then.
 */
export class DeferredProject implements StoredProject {
  readonly id: string;
  readonly organization: string;
  readonly invitations = new Map<string, StoredInvitation>();
  readonly domains = new Map<string, number>();
  readonly integrations = new Map<string, Integration>();
  readonly #make: () => StoredProject;
  #made: StoredProject | undefined;

  constructor(id: string, organization: string, make: () => StoredProject) {
    this.id = id;
    this.organization = organization;
    this.#make = make;
  }

  get #project(): StoredProject {
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

  get vendor(): StoredProject["vendor"] {
    return this.#project.vendor;
  }

  get suspended(): boolean {
    return this.#project.suspended;
  }

  get createdAt(): number {
    return this.#project.createdAt;
  }

  get code(): StoredProject["code"] {
    return this.#project.code;
  }

  get grants(): Map<string, Grant> {
    return this.#project.grants;
  }

  get variables(): StoredProject["variables"] {
    return this.#project.variables;
  }

  get environments(): StoredProject["environments"] {
    return this.#project.environments;
  }

  get activities(): StoredProject["activities"] {
    return this.#project.activities;
  }
}
