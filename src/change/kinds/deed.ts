import { createHash } from "node:crypto";
import { hideTokens } from "../../appfile/tokens.ts";
import { redact, secretsIn } from "../../secret.ts";
import { inverseEdits } from "../../yaml/edit.ts";
import type { Change, FileChange } from "../change.ts";
import type { Deed } from "../run-file.ts";
import { type Surroundings, surroundingsOf } from "./surroundings.ts";

/** What the journal keeps of a change. The value of a variable stays behind. */
export function deedOf(change: Change): Deed {
  switch (change.kind) {
    case "file":
      return fileDeed(change);
    case "file-creation": {
      const { kind, path, shown, purpose, after } = change;
      return { kind, path, shown, purpose, after: hashOf(after) };
    }
    case "commit": {
      const { kind, root, branch, parent, files, message } = change;
      return { kind, root, branch, parent, paths: files.map(({ path }) => path), message };
    }
    case "invitation": {
      const { kind, project, email, permissions, replaces } = change;
      const replaced = replaces === undefined ? {} : { replaced: replaces };
      return { kind, project, email, permissions, ...replaced };
    }
    case "token-revocation": {
      const { kind, project, user, email, token, name } = change;
      return { kind, project, user, email, token, name };
    }
    case "access": {
      const { kind, project, user, email, before, after } = change;
      return { kind, project, user, email, before, after };
    }
    case "variable-creation": {
      const { kind, project, environment, name, flags } = change;
      return { kind, project, environment, name, flags };
    }
    case "variable-update": {
      const { kind, project, environment, name, before, after, overrides } = change;
      const value = change.value === undefined ? "kept" : "replaced";
      const own = overrides === undefined ? {} : { overrides };
      return { kind, project, environment, name, before, after, value, ...own };
    }
    case "ci-secret": {
      const { kind, system, host, repository, name, replaces, root } = change;
      return { kind, system, host, repository, name, replaces, root };
    }
    case "variable-deletion":
    case "redeployment":
      return change;
  }
}

function fileDeed({ kind, path, shown, purpose, before, after, edits }: FileChange): Deed {
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
      const around = surroundingsOf(after, { offset, length: added.length });
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

function holdsSecret({ before, after }: Surroundings): boolean {
  return redact(before) !== before || redact(after) !== after;
}

/** SHA-256 of a file's bytes, or of a text as UTF-8, in hexadecimal. */
export function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
