import type { AppFile } from "../../appfile/app-file.ts";
import { readCheckout } from "../../appfile/checkout.ts";
import { fileOf } from "../../appfile/read.ts";
import type { Finding, Verdict } from "../../audit/finding.ts";
import { judge } from "../../audit/ignore/judge.ts";
import { ignoreChange } from "../../audit/ignore/write.ts";
import type { AuditFacts, PlatformFacts } from "../../audit/rule.ts";
import type { Change } from "../../change/change.ts";
import type { Connection } from "../../platform/connection.ts";
import type { Io } from "../io.ts";
import { operatorToken } from "../operator-token.ts";
import type { AuditOptions } from "./options.ts";
import { findingsIn, readSubjects, type Subject, withText } from "./subject.ts";

/** What the API said, or why it wasn't asked. */
type Online =
  | { readonly kind: "read"; readonly connection: Connection; readonly facts: PlatformFacts }
  | { readonly kind: "skipped"; readonly because: string };

/** All that is under audit, kept up to date while fixes are made. */
export class Audited {
  readonly #subjects: Subject[];
  readonly #gitBranch: AuditFacts["defaultBranch"];
  readonly #whole: boolean;
  #online: Online;

  /** @param o.whole whether these are all apps of their files */
  constructor(
    subjects: readonly Subject[],
    online: Online,
    o: { readonly gitBranch: AuditFacts["defaultBranch"]; readonly whole: boolean },
  ) {
    this.#subjects = [...subjects];
    this.#online = online;
    this.#gitBranch = o.gitBranch;
    this.#whole = o.whole;
  }

  get apps(): readonly { readonly name: string; readonly file: string }[] {
    return this.#subjects.map((subject) => {
      const { name, shown } = subject.kind === "read" ? subject.app.location : subject.location;
      return { name, file: shown };
    });
  }

  get online(): Online {
    return this.#online;
  }

  /** What counts now. */
  findings(): readonly Finding[] {
    return this.verdict().findings;
  }

  /** What counts now, and what may stay. */
  verdict(): Verdict {
    const apiBranch =
      this.#online.kind === "read" ? this.#online.facts.project.defaultBranch : undefined;
    const defaultBranch =
      apiBranch === undefined
        ? this.#gitBranch
        : { name: apiBranch, because: "as the project says" };
    // What is on the platform is the same for every app: it is told once.
    const first = this.#subjects.find(({ kind }) => kind === "read");
    const findings = this.#subjects.flatMap((subject) =>
      findingsIn(subject, {
        ...(defaultBranch === undefined ? {} : { defaultBranch }),
        ...(subject === first && this.#online.kind === "read"
          ? { platform: this.#online.facts }
          : {}),
      }),
    );
    return judge(this.#apps(), findings, {
      whole: this.#whole && defaultBranch !== undefined,
      platform: this.#online.kind === "read",
    });
  }

  /**
   * The change that has a finding ignored by a comment in its file.
   * Throws a `Failure`: "usage" without a reason, "uneditable" when no comment can do that.
   */
  ignoring(finding: Finding, reason: string): Change {
    return ignoreChange(this.#apps(), finding, reason);
  }

  #apps(): readonly AppFile[] {
    return this.#subjects.flatMap((subject) => (subject.kind === "read" ? subject.app : []));
  }

  /** The text of a file under audit as it is now, by the path as people know it. */
  text(shown: string): string | undefined {
    for (const subject of this.#subjects) {
      const file = subject.kind === "read" ? fileOf(subject.app, shown) : undefined;
      if (file !== undefined) return file.text;
    }
    return undefined;
  }

  /** Takes note of a change that was made, or that is to be looked at as if it were. */
  changed(change: Change): void {
    if (change.kind === "file")
      for (const [index, subject] of this.#subjects.entries())
        this.#subjects[index] = withText(subject, change.path, change.after);
    if (change.kind === "variable-update" && this.#online.kind === "read") {
      const { facts } = this.#online;
      const variables = facts.variables.map((variable) =>
        variable.name === change.name ? { ...variable, flags: change.after } : variable,
      );
      this.#online = { ...this.#online, facts: { ...facts, variables } };
    }
  }

  async close(): Promise<void> {
    if (this.#online.kind === "read") await this.#online.connection.close();
  }
}

/** Reads everything there is to audit. Throws a `Failure`: "usage" when there is no such app, or one of the API. */
export async function openAudit(options: AuditOptions, io: Io): Promise<Audited> {
  const [subjects, checkout] = await Promise.all([
    readSubjects(options.directory, options),
    readCheckout(options.directory, io.env),
  ]);
  const online = await ask(options, options.project ?? checkout.projectId?.id, io);
  return new Audited(subjects, online, {
    gitBranch: checkout.defaultBranch,
    whole: options.app === undefined,
  });
}

async function ask(options: AuditOptions, project: string | undefined, io: Io): Promise<Online> {
  const { vendor, offline, environment, verbose = false } = options;
  if (offline) return { kind: "skipped", because: "offline" };
  const operator = await operatorToken(vendor, io);
  if (operator === undefined)
    return { kind: "skipped", because: `not signed in: ${vendor.tokenEnv} is not set` };
  if (project === undefined)
    return { kind: "skipped", because: "the project isn't known: name it with --project" };
  // Valibot and the HTTP library load only when the API is asked.
  const { signIn, readPlatform } = await import("./platform.ts");
  const connection = signIn(vendor, operator.token, io, verbose);
  try {
    const facts = await readPlatform(connection, vendor, project, environment);
    return { kind: "read", connection, facts };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
