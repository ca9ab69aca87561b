import { createHash } from "node:crypto";
import { inverseEdits } from "../appfile/edit.ts";
import { redact } from "../secret.ts";
import type { Change, FileChange } from "./change.ts";
import type { Deed } from "./run-file.ts";
import { type Surroundings, surroundingsOf } from "./surroundings.ts";

/** What the journal keeps of a change. The value of a variable stays behind. */
export function deedOf(change: Change): Deed {
  switch (change.kind) {
    case "file":
      return fileDeed(change);
    case "commit": {
      const { kind, root, branch, parent, files } = change;
      return { kind, root, branch, parent, paths: files.map(({ path }) => path) };
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
      const { kind, project, environment, name, before, after } = change;
      const value = change.value === undefined ? "kept" : "replaced";
      return { kind, project, environment, name, before, after, value };
    }
    case "variable-deletion":
    case "redeployment":
      return change;
  }
}

function fileDeed({ kind, path, shown, purpose, before, after, edits }: FileChange): Deed {
  return {
    kind,
    path,
    shown,
    purpose,
    before: hashOf(before),
    after: hashOf(after),
    replaced: inverseEdits(before, edits).map((edit) => {
      const { offset, length, text } = edit;
      const around = surroundingsOf(after, edit);
      return {
        offset,
        added: after.slice(offset, offset + length),
        removed: text,
        // A token that stands beside the change must not get into the journal.
        ...(around === undefined || holdsSecret(around) ? {} : { around }),
      };
    }),
  };
}

function holdsSecret({ before, after }: Surroundings): boolean {
  return redact(before) !== before || redact(after) !== after;
}

/** SHA-256 of a file's bytes, or of a text as UTF-8, in hexadecimal. */
export function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
