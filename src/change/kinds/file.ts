import * as v from "valibot";
import { hideTokens } from "../../appfile/tokens.ts";
import { Failure, type FailureParts } from "../../failure.ts";
import { printable, printableLines } from "../../printable.ts";
import { redact, secretsIn } from "../../secret.ts";
import { applyEdits, type Edit, inverseEdits } from "../../yaml/edit.ts";
import { parseSource } from "../../yaml/source.ts";
import { diffLines } from "./diff-lines.ts";
import {
  blockedByReading,
  bytesOf,
  changedSince,
  hashOf,
  interruptedWrite,
  whatGoesAlong,
} from "./file-bytes.ts";
import {
  type Assessment,
  changeKind,
  nothingMore,
  nothingToDo,
  type Preview,
  type PreviewLine,
  ready,
  type Standing,
} from "./kind.ts";
import { findStretch, type TextAround, textAround } from "./text-around.ts";
import { writeFileAtomically } from "./write-file.ts";

/** A file of the checkout, before and after; `edits` are against `before` and ordered. */
export interface FileChange {
  readonly kind: "file";
  /** Absolute path of the real file (links resolved). */
  readonly path: string;
  /** The path as people know it: relative to the directory the command was started for. */
  readonly shown: string;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly Edit[];
  /** What the edit does, in a few words: "add the cron backup". */
  readonly purpose: string;
}

const record = v.object({
  kind: v.literal("file"),
  path: v.string(),
  shown: v.string(),
  purpose: v.string(),
  /** SHA-256 of the file's bytes, in hexadecimal. */
  before: v.string(),
  after: v.string(),
  /** Where in the new text which text took the place of which, in the order of the file. */
  replaced: v.pipe(
    v.array(
      v.object({
        offset: v.number(),
        added: v.string(),
        removed: v.string(),
        /** The lines around `added`, for a file that is edited elsewhere later. */
        around: v.exactOptional(v.object({ before: v.string(), after: v.string() })),
      }),
    ),
    v.readonly(),
  ),
  /** Set when a secret is in what was put in or taken out: then `replaced` is empty, and nothing can be taken back. */
  secret: v.exactOptional(v.literal(true)),
});

type RecordedFile = v.InferOutput<typeof record>;

/** An edit of a file that is there. */
export const fileKind = changeKind<FileChange>()({
  kind: "file",
  record,
  toRecord: recordOf,
  preview: (change) => ({
    title: `${change.shown}: ${change.purpose}`,
    lines: diffLines(change),
  }),
  done: ({ shown, purpose }) => `Changed ${shown}: ${purpose}`,
  title: ({ shown, purpose }) => `${shown}: “${purpose}”`,
  apply: async (change) => {
    await writeFileAtomically(change);
    return nothingMore;
  },
  writes: ({ path, after }) => ({ path, after }),
  assess: assessFile,
  whereToLook: () => "look at the file",
  interrupted: interruptedWrite,
});

function recordOf(change: FileChange): RecordedFile {
  const { kind, path, shown, purpose, before, after, edits } = change;
  for (const text of [before, after]) hideTokens(text);
  const pieces = inverseEdits(before, edits).map(({ offset, length, text }) =>
    besideSecrets({ offset, added: after.slice(offset, offset + length), removed: text }),
  );
  const common = { kind, path, shown, purpose, before: hashOf(before), after: hashOf(after) };
  if (pieces.includes(undefined)) return { ...common, replaced: [], secret: true };
  return {
    ...common,
    replaced: pieces.flat().flatMap((piece) => {
      if (piece === undefined) return [];
      const { offset, added } = piece;
      const around = textAround(after, { offset, length: added.length });
      // A token that stands beside the change must not get into the journal.
      const isKept = around !== undefined && !holdsSecret(around);
      return { ...piece, ...(isKept ? { around } : {}) };
    }),
  };
}

interface Piece {
  readonly offset: number;
  readonly added: string;
  readonly removed: string;
}

/**
 * What was replaced, without the secrets in it that stay in the file: the pieces between them. Undefined when a secret
 * was put in, taken out or moved.
 */
function besideSecrets({ offset, added, removed }: Piece): readonly Piece[] | undefined {
  const [inAdded, inRemoved] = [secretsIn(added), secretsIn(removed)];
  const [left, right] = [between(added, inAdded), between(removed, inRemoved)];
  const isSame =
    inAdded.length === inRemoved.length &&
    inAdded.every(({ start, end }, index) => {
      const other = inRemoved[index];
      return added.slice(start, end) === removed.slice(other?.start, other?.end);
    });
  if (!isSame) return undefined;
  return left.flatMap(({ start, text }, index) => {
    const piece = { offset: offset + start, added: text, removed: right[index]?.text ?? "" };
    return piece.added === piece.removed ? [] : piece;
  });
}

function between(text: string, secrets: ReturnType<typeof secretsIn>) {
  const starts = [0, ...secrets.map(({ end }) => end)];
  const ends = [...secrets.map(({ start }) => start), text.length];
  return starts.map((start, index) => ({ start, text: text.slice(start, ends[index]) }));
}

function holdsSecret({ before, after }: TextAround): boolean {
  return redact(before) !== before || redact(after) !== after;
}

/**
 * Whether a file can be given back the bytes it had. The file itself says whether the change happened at all, so a
 * run that was killed is read the same way as one that ended. Where the file was changed since, the change is taken back
 * if all it wrote is still there, each piece once; what was written elsewhere stays.
 *
 * @param standing.texts gets the text that taking it back leaves
 */
async function assessFile(recorded: RecordedFile, standing: Standing): Promise<Assessment> {
  const { texts } = standing;
  const current = texts.get(recorded.path) ?? (await bytesOf(recorded.path));
  if (current === undefined) return blocked(recorded, { what: "The file is no longer there" });
  if (current instanceof Error) return blockedByReading(recorded.shown, current);
  hideTokens(current.toString());
  const hash = hashOf(current);
  if (hash === recorded.before) return nothingToDo("the file is as it was before");
  if (recorded.secret) return withheld(recorded);
  const before = current.toString();
  if (hash !== recorded.after) return assessChanged(recorded, before, hash, standing);
  const edits = recorded.replaced.map(({ offset, added, removed }) => ({
    offset,
    length: added.length,
    text: removed,
  }));
  const after = applyEdits(before, edits);
  if (hashOf(after) !== recorded.before)
    return blocked(recorded, { what: "The journal doesn't fit the file" });
  texts.set(recorded.path, after);
  const purpose = wayBack(recorded);
  return ready<FileChange>({
    kind: "file",
    path: recorded.path,
    shown: recorded.shown,
    before,
    after,
    edits,
    purpose,
  });
}

function assessChanged(
  recorded: RecordedFile,
  before: string,
  hash: string,
  { texts, later }: Standing,
): Assessment {
  const since = changedSince(hash, later);
  const edits = recorded.replaced.flatMap(({ added, removed, around }) => {
    const offset = around && findStretch(before, added, around);
    return offset === undefined ? [] : [{ offset, length: added.length, text: removed }];
  });
  if (edits.length < recorded.replaced.length || !inOrder(edits)) {
    return blocked(recorded, {
      what:
        since.by === "the run"
          ? `${since.named} of the same run came after it, in the same lines`
          : "What the change wrote was changed since",
      ...whatGoesAlong(since),
    });
  }
  const { path, shown } = recorded;
  const after = applyEdits(before, edits);
  if (isYaml(path, before) && !isYaml(path, after)) {
    return blocked(recorded, {
      what: "Without the change, what was written since would not be valid YAML",
      ...whatGoesAlong(since),
    });
  }
  texts.set(path, after);
  return ready<FileChange>(
    { kind: "file", path, shown, before, after, edits, purpose: wayBack(recorded) },
    since.by === "the run"
      ? `${since.named} of the same run came after it in the file, and what that wrote stays`
      : "the file was changed since; what was written there elsewhere stays",
  );
}

/** The purpose of a change is an order (“add the cron”), and of its way back the same order, in quotes. */
function wayBack({ purpose }: RecordedFile): string {
  return `undo “${purpose}”`;
}

function inOrder(edits: readonly Edit[]): boolean {
  return edits.every((edit, index) => {
    const last = edits[index - 1];
    return last === undefined || edit.offset >= last.offset + last.length;
  });
}

function isYaml(path: string, text: string): boolean {
  if (!/\.ya?ml$/u.test(path)) return false;
  try {
    parseSource({ file: path, shown: path }, text);
    return true;
  } catch {
    return false;
  }
}

function blocked(
  recorded: RecordedFile,
  { what, next }: Pick<FailureParts, "what" | "next">,
): Assessment {
  const failure = new Failure("uneditable", {
    what,
    where: recorded.shown,
    why: "taking the change back could destroy what was written there since",
    next: next ?? "take the lines of the change out by hand, or restore the file with git",
  });
  return { kind: "blocked", failure, preview: whatToTakeOut(recorded) };
}

function withheld({ shown }: RecordedFile): Assessment {
  const failure = new Failure("uneditable", {
    what: "The change put in or took out a token, so it can't be taken back",
    where: shown,
    why: "the journal keeps no secret, and so not this change either",
    next: "restore the file with git, if it is to be as before",
  });
  return { kind: "blocked", failure };
}

/** The texts the change put in and took out; where they are in the file now is not known. */
function whatToTakeOut({ shown, purpose, replaced }: RecordedFile): Preview {
  return {
    title: printable(`${shown}: what “${purpose}” did`),
    lines: replaced.flatMap(({ added, removed }) => [
      ...linesOf("removed", removed),
      ...linesOf("added", added),
    ]),
  };
}

function linesOf(kind: "added" | "removed", text: string): PreviewLine[] {
  const whole = text.replace(/\r?\n$/u, "");
  return whole === "" ? [] : printableLines(whole).map((line) => ({ kind, text: line }));
}
