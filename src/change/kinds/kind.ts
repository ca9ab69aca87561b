import type * as v from "valibot";
import type { Failure } from "../../failure.ts";
import type { Activity } from "../../platform/activities.ts";
import type { Connection } from "../../platform/connection.ts";

/** A change of any kind, as data; its kind knows what else is in it. */
export interface AnyChange {
  readonly kind: string;
  /** The project of the platform that it is for. */
  readonly project?: string;
}

/** One line of a preview: a line of a diff, or a fact about a request. */
export type PreviewLine =
  | {
      readonly kind: "place" | "context" | "added" | "removed" | "fact";
      readonly text: string;
    }
  | PreviewField;

/** A field of a resource, for a table; its text says the same in a line of its own. */
export interface PreviewField {
  readonly kind: "field";
  readonly text: string;
  readonly name: string;
  /** Its value now; missing where nothing is compared. */
  readonly now?: string;
  /** What it will be. */
  readonly value: string;
  /** What that value means. */
  readonly means?: string;
}

/** What stands above the question whether to apply a change. */
export interface Preview {
  readonly title: string;
  readonly lines: readonly PreviewLine[];
}

/** A field in a line: "role: viewer (may see the project)". */
export function field(name: string, value: string, means?: string): PreviewField {
  const text = `${name}: ${value}${means === undefined ? "" : `, ${means}`}`;
  return { kind: "field", text, name, value, ...(means === undefined ? {} : { means }) };
}

/** A line of a preview that says what holds, and is no line of a file. */
export function fact(text: string): PreviewLine {
  return { kind: "fact", text };
}

/** What a change gave that is known only once it is made. */
export interface ApplyOutcome {
  readonly activities: readonly Activity[];
  /** The id of the invitation that was sent, or of the commit that was made. */
  readonly id?: string;
}

/** What a change gives that sets nothing else going. */
export const nothingMore: ApplyOutcome = { activities: [] };

/** Something that can be done, with the words for it and the doing of it: a change, or what only an undo does. */
export interface Action<Change extends AnyChange = AnyChange> {
  readonly kind: Change["kind"];
  /** What it does, before it is done. A variable's value is never in it. */
  preview(change: Change): Preview;
  /** What it did, in the past tense. @param id what `apply` gave */
  done(change: Change, id?: string): string;
  /**
   * Does it.
   *
   * @param connection the API as the operator; undefined when nobody is signed in
   * @param env the environment of the command, in which programs are looked for and started
   */
  apply(
    change: Change,
    connection: Connection | undefined,
    env: NodeJS.ProcessEnv,
  ): Promise<ApplyOutcome>;
}

/** Where taking back is asked for: what the run wrote down, and what is known now. */
export interface Standing {
  /** An entry is pending before its change is made. */
  readonly state: "pending" | "done" | "undone";
  /** The texts of files as later entries, taken back before this one, will leave them; `assess` adds its own. */
  readonly texts: Map<string, string>;
  /** Later changes of the same run to the same file that were not chosen to go with this one, the last one first. */
  readonly later: readonly LaterChange[];
  readonly connection?: Connection | undefined;
}

/** A change to the same file that came later in the run. */
export interface LaterChange {
  /** What it is called by where it can be chosen. */
  readonly number: number;
  /** SHA-256 of the file as it left it. */
  readonly after: string;
}

/** What the journal keeps of a change of any kind. */
export interface AnyRecord {
  readonly kind: string;
  /** What `apply` gave; missing as long as it isn't known. */
  readonly id?: string;
}

/** The schema of it. */
type RecordSchema<Record extends AnyRecord = AnyRecord> = v.ObjectSchema<
  v.ObjectEntries & { readonly kind: v.LiteralSchema<string, undefined> },
  undefined
> &
  v.GenericSchema<unknown, Record>;

/** A kind of change: all that the program knows of it. */
export interface ChangeKind<
  Change extends AnyChange = AnyChange,
  Record extends AnyRecord = AnyRecord,
> extends Action<Change> {
  /** What the journal keeps: what is needed to take the change back, and no value of a variable. */
  readonly record: RecordSchema<Record>;
  toRecord(change: Change): NoInfer<Record>;
  /** The change in a few words, from its record. */
  title(record: NoInfer<Record>): string;
  /** The file that it writes, by its absolute path, and the SHA-256 of what it leaves there. */
  writes?(record: NoInfer<Record>): { readonly path: string; readonly after: string };
  /** Whether it can be taken back now. */
  assess(record: NoInfer<Record>, standing: Standing): Promise<Assessment> | Assessment;
  /** What a person can do who doesn't know whether it was made. */
  whereToLook(change: Change): string;
  /** A sentence about a run that ended while it made the change, with how things are now. */
  interrupted(record: NoInfer<Record>): Promise<string> | string;
  /** What takes it back, where that is no change of the registry. */
  readonly reversals?: readonly Action[];
}

/** Whether a change can be taken back now. */
export type Assessment =
  | {
      readonly kind: "ready";
      /** A change the other way round, or what only an undo does. */
      readonly reversal: AnyChange;
      /** What stays different all the same, one sentence each. */
      readonly notes: readonly string[];
    }
  /** There is nothing to take back: things are as they were before. */
  | { readonly kind: "settled"; readonly reason: string }
  /** There never will be a way to take it back. */
  | { readonly kind: "stays"; readonly reason: string }
  /** It could be taken back, were it not for something that a person can put right. */
  | { readonly kind: "blocked"; readonly failure: Failure; readonly preview?: Preview };

/** A change can be taken back now, by this; the notes say what to know before, a sentence each. */
export function ready<Reversal extends AnyChange>(
  reversal: Reversal,
  ...notes: readonly string[]
): Assessment {
  return { kind: "ready", reversal, notes };
}

/** Nothing is left to take back, and why. */
export function nothingToDo(reason: string): Assessment {
  return { kind: "settled", reason };
}

/** A change can't be taken back, and why. */
export function stays(reason: string): Assessment {
  return { kind: "stays", reason };
}

/** Holds a kind of change to what it says of itself. */
export function changeKind<Change extends AnyChange>() {
  return <Record extends AnyRecord>(kind: ChangeKind<Change, Record>): ChangeKind<Change, Record> =>
    kind;
}
