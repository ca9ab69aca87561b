import { disk, type Files, withStandIn } from "../../appfile/files.ts";
import { applyChange } from "../../change/apply.ts";
import type { Change } from "../../change/change.ts";
import { watchDeployments } from "../../change/deployment-watch.ts";
import type { Journal } from "../../change/journal.ts";
import type { Effect } from "../../dialogue/effect.ts";
import type { Connection } from "../../platform/connection.ts";
import type { SetupPlatform } from "./platform.ts";

/** The one way in which a setup changes something, or in a dry run only notes it. */
export interface Changes {
  /**
   * Applies a change, or notes it in a dry run, and waits for what it sets off. Gives one line in the past tense.
   * @param as the connection to make it with, when that is another than the operator's
   */
  apply(change: Change, facts: SetupPlatform | undefined, as?: Connection): Promise<string>;
  /** What a file would hold after the changes of a dry run; undefined when it is as it is on disk. */
  planned(file: string): string | undefined;
  /** The files of this computer, as they would be after the changes of a dry run. */
  readonly files: Files;
  /** Every change that is made or, in a dry run, agreed to, in order. */
  readonly all: readonly Change[];
}

/** How changes are made. */
export interface ChangesOptions {
  readonly effect: Effect;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly pollMs: number;
  /** Whether what a change sets off is watched to its end. */
  readonly waits: boolean;
  progress(line: string): void;
}

/** The changes of one run: noted in a dry run and while a plan is made, made and written into the journal otherwise. */
export function openChanges(options: ChangesOptions): Changes {
  const { effect, journal, signal, pollMs, waits, progress } = options;
  const planned = new Map<string, string>();
  const agreed: Change[] = [];

  return {
    get all() {
      if (effect !== "apply") return agreed;
      return journal.attempts.flatMap(({ state, change }) => (state === "done" ? change : []));
    },
    planned: (file) => planned.get(file),
    get files() {
      return [...planned].reduce((files, [file, text]) => withStandIn(files, { file, text }), disk);
    },
    apply: async (change, facts, as = facts?.connection) => {
      if (effect !== "apply") {
        if (change.kind === "file" || change.kind === "file-creation")
          planned.set(change.path, change.after);
        agreed.push(change);
        return "would be done";
      }
      const { activities, line, ended } = await applyChange(change, {
        journal,
        ...(as === undefined ? {} : { connection: as }),
      });
      if (facts === undefined) return line;
      facts.forget();
      if (!("project" in change) || activities.length === 0) return line;
      if (!waits) {
        ended(["the redeployment goes on by itself"]);
        return `${line}; the redeployment goes on by itself`;
      }
      const ends = await watchDeployments(facts.connection, change.project, activities, {
        signal,
        pollMs,
        progress,
      });
      ended(ends);
      return [line, ...ends].join("; ");
    },
  };
}
