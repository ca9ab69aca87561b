import { hideTokens } from "../../appfile/tokens.ts";
import { Failure } from "../../failure.ts";
import { printable, printableLines } from "../../printable.ts";
import { largestChanged, readRegularFile } from "../../regular-file.ts";
import { applyEdits, type Edit } from "../../yaml/edit.ts";
import { parseSource } from "../../yaml/source.ts";
import type { Preview, PreviewLine } from "../preview.ts";
import type { Deed } from "../run-file.ts";
import { type Assessment, ready, settled } from "./assessment.ts";
import { hashOf } from "./deed.ts";
import { findStretch } from "./surroundings.ts";

type FileDeed = Extract<Deed, { readonly kind: "file" }>;

/**
 * Whether a file can be given back the bytes it had. The file itself says whether the change happened at all, so a
 * run that was killed is read the same way as one that ended. Where the file was edited since, the change is taken back
 * if all it wrote is still there, each piece once; what was written elsewhere stays.
 *
 * @param texts the texts of files as later entries, taken back before this one, will leave them; this one is added
 */
export async function assessFile(deed: FileDeed, texts: Map<string, string>): Promise<Assessment> {
  const current = texts.get(deed.path) ?? (await bytesOf(deed.path));
  if (current === undefined) return blocked(deed, "The file is no longer there");
  if (current instanceof Error) return unread(deed, current);
  hideTokens(current.toString());
  const hash = hashOf(current);
  if (hash === deed.before) return settled("the file is as it was before");
  if (deed.secret) return withheld(deed);
  const before = current.toString();
  if (hash !== deed.after) return assessEdited(deed, before, texts);
  const edits = deed.replaced.map(({ offset, added, removed }) => ({
    offset,
    length: added.length,
    text: removed,
  }));
  const after = applyEdits(before, edits);
  if (hashOf(after) !== deed.before) return blocked(deed, "The journal doesn't fit the file");
  texts.set(deed.path, after);
  const purpose = `take back: ${deed.purpose}`;
  return ready({ kind: "file", path: deed.path, shown: deed.shown, before, after, edits, purpose });
}

/** Whether a file that was made can be taken away: as long as nothing else was written into it. */
export async function assessCreation(
  deed: Extract<Deed, { readonly kind: "file-creation" }>,
  texts: ReadonlyMap<string, string>,
): Promise<Assessment> {
  const { path, shown } = deed;
  const current = texts.get(path) ?? (await bytesOf(path));
  if (current === undefined) return settled("the file is not there, as before");
  if (current instanceof Error) return unread(deed, current);
  const before = current.toString();
  hideTokens(before);
  if (hashOf(current) === deed.after) return ready({ kind: "file-removal", path, shown, before });
  const failure = new Failure("uneditable", {
    what: "The file was edited since it was made",
    where: shown,
    why: "removing it would take away what was written there since",
    next: "remove it by hand, if nothing in it is needed",
  });
  return { kind: "blocked", failure };
}

/** What is in a file; undefined where none is there, and the error where that can't be told. */
async function bytesOf(path: string): Promise<Buffer | Error | undefined> {
  try {
    return await readRegularFile(path, largestChanged);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return "code" in error && error.code === "ENOENT" ? undefined : error;
  }
}

function unread({ shown }: Pick<FileDeed, "shown">, { message }: Error): Assessment {
  const failure = new Failure("uneditable", {
    what: "The file can't be read",
    where: shown,
    why: message,
    next: "put that right, then undo again",
  });
  return { kind: "blocked", failure };
}

function assessEdited(deed: FileDeed, before: string, texts: Map<string, string>): Assessment {
  const edits = deed.replaced.flatMap(({ added, removed, around }) => {
    const offset = around && findStretch(before, added, around);
    return offset === undefined ? [] : [{ offset, length: added.length, text: removed }];
  });
  if (edits.length < deed.replaced.length || !inOrder(edits)) {
    return blocked(deed, "What the change wrote was edited since");
  }
  const { path, shown, purpose } = deed;
  const after = applyEdits(before, edits);
  if (isYaml(path, before) && !isYaml(path, after)) {
    return blocked(deed, "Without the change, what was written since would not be valid YAML");
  }
  texts.set(path, after);
  return ready(
    { kind: "file", path, shown, before, after, edits, purpose: `take back: ${purpose}` },
    "the file was edited since; what was written there elsewhere stays",
  );
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

function blocked(deed: FileDeed, what: string): Assessment {
  const failure = new Failure("uneditable", {
    what,
    where: deed.shown,
    why: "taking the change back could destroy what was written there since",
    next: "take the lines of the change out by hand, or restore the file with git",
  });
  return { kind: "blocked", failure, preview: whatToTakeOut(deed) };
}

function withheld({ shown }: FileDeed): Assessment {
  const failure = new Failure("uneditable", {
    what: "The change put in or took out a token, so it can't be taken back",
    where: shown,
    why: "the journal keeps no secret, and so not this change either",
    next: "restore the file with git, if it is to be as before",
  });
  return { kind: "blocked", failure };
}

/** The texts the change put in and took out; where they are in the file now is not known. */
function whatToTakeOut({ shown, purpose, replaced }: FileDeed): Preview {
  return {
    title: printable(`${shown}: what the change did (${purpose})`),
    lines: replaced.flatMap(({ added, removed }) => [
      ...linesOf("removed", removed),
      ...linesOf("added", added),
    ]),
  };
}

function linesOf(kind: PreviewLine["kind"], text: string): PreviewLine[] {
  const whole = text.replace(/\r?\n$/u, "");
  return whole === "" ? [] : printableLines(whole).map((line) => ({ kind, text: line }));
}
