import { madeByCron } from "../evidence/cron-work.ts";
import type { PlatformFacts } from "../rule.ts";
import type { Subject } from "../subject.ts";

/** Remembers, in an audit of many projects, which accounts the crons of each work as. */
export class SharedAccounts {
  readonly #projects = new Map<string, string[]>();

  /**
   * Takes note of a project, and tells in which of those before it the accounts of its crons work too. What two projects
   * share is so told of the one that was read later. Nothing is told of a project without an app.
   */
  noted({
    facts,
    subjects,
  }: {
    readonly facts: PlatformFacts;
    readonly subjects: readonly Subject[];
  }): Pick<PlatformFacts, "elsewhere"> {
    const apps = subjects.flatMap((subject) => (subject.kind === "read" ? subject.app : []));
    const [app] = apps;
    if (app === undefined) return {};
    const accounts = [...madeByCron({ app, apps, platform: facts })];
    const elsewhere = new Map(
      accounts.map((account) => [account, [...(this.#projects.get(account) ?? [])]]),
    );
    for (const account of accounts)
      this.#projects.set(account, [...(elsewhere.get(account) ?? []), facts.project.id]);
    return { elsewhere };
  }
}
