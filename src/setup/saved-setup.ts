import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as v from "valibot";
import { runPlace } from "../change/run-file.ts";
import type { Keeper } from "../dialogue/engine.ts";
import { makeFolders } from "../disk/folders.ts";
import { replaceFile } from "../disk/replace-file.ts";
import { printable } from "../printable.ts";
import { mebibyte, readRegularText } from "../regular-file.ts";
import { parts } from "./parts.ts";
import { answerWords } from "./resume-command.ts";
import type { SavedSetup, Session, SetupRequest, StepId } from "./session.ts";

/** How long an unfinished setup is offered, in days: an invitation is accepted within that time, or not at all. */
const offeredDays = 30;

const savedSchema = v.object({
  version: v.literal(1),
  project: v.object({ id: v.pipe(v.string(), v.regex(/^[\w-]+$/u)), shown: v.string() }),
  left: v.pipe(v.string(), v.isoTimestamp()),
  at: v.string(),
  only: v.pipe(v.array(v.picklist(parts)), v.minLength(1)),
  installer: v.picklist(["bash", "php"]),
  cliVersion: v.exactOptional(v.string()),
  cronNames: v.record(v.string(), v.string()),
  answers: v.record(v.string(), v.string()),
});

/** What is left of earlier setups of a directory. */
export interface SavedSetups {
  /** The one to go on with, if there is one. */
  readonly offer?: SavedSetup;
  /** Files that can't be read; they are left alone until a setup of their project is saved. */
  readonly damaged: readonly string[];
}

/**
 * Looks for a setup of a directory that was left before its end. One that is too old is deleted.
 *
 * @param directory the directory the setup was for
 * @param env says where the state is kept
 * @param project the project's id, where it is known; only a setup of that project is offered
 */
export async function savedSetups(
  directory: string,
  env: NodeJS.ProcessEnv,
  project: string | undefined,
): Promise<SavedSetups> {
  const { setups } = await runPlace(directory, env);
  const names = (await readdir(setups).catch(() => [])).filter((name) => name.endsWith(".json"));
  const read = await Promise.all(
    names.map(async (name) => {
      const path = join(setups, name);
      return { path, saved: await readSaved(path) };
    }),
  );
  const fresh: SavedSetup[] = [];
  const damaged: string[] = [];
  for (const { path, saved } of read) {
    if (saved === undefined) damaged.push(path);
    // One that can't be removed is too old the next time as well.
    else if (ageOf(saved) > offeredDays) await rm(path, { force: true }).catch(() => undefined);
    else if (project === undefined || saved.project.id === project) fresh.push(saved);
  }
  const [offer] = fresh.toSorted((one, other) => other.left.localeCompare(one.left));
  return { ...(offer === undefined ? {} : { offer }), damaged };
}

/** How long ago a setup was left, in days. */
export function ageOf({ left }: SavedSetup): number {
  return (Date.now() - Date.parse(left)) / 86_400_000;
}

async function readSaved(path: string): Promise<SavedSetup | undefined> {
  try {
    const read = v.safeParse(savedSchema, JSON.parse(await readRegularText(path, mebibyte)));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
}

/** A setup that isn't finished can be gone on with; that is a convenience, and its failure ends no run. */
type SetupKeeper = Keeper<SetupRequest, StepId>;

/** A keeper for the setups of a directory; only its owner can read what it writes. */
export function setupKeeper(directory: string, env: NodeJS.ProcessEnv): SetupKeeper {
  const pathFor = async (project: string) =>
    join((await runPlace(directory, env)).setups, `${project}.json`);
  return {
    keep: async (session, at) => {
      const saved = savedOf(session, at);
      if (saved === undefined) return;
      try {
        const path = await pathFor(saved.project.id);
        await makeFolders(dirname(path), 0o700);
        await replaceFile(path, { text: `${JSON.stringify(saved, null, 2)}\n`, mode: 0o600 });
      } catch {
        return;
      }
    },
    drop: async ({ answers }) => {
      if (answers.project === undefined) return;
      await rm(await pathFor(answers.project.value), { force: true }).catch(() => undefined);
    },
  };
}

/** What is worth keeping once the project is known. Steps that facts or a change settled are looked at anew. */
function savedOf({ request, answers }: Session, at: string): SavedSetup | undefined {
  const { project } = answers;
  if (project === undefined || !/^[\w-]+$/u.test(project.value)) return undefined;
  const kept = Object.entries(answers).filter(
    ([id, answer]) => answerWords(answer) !== undefined && !lookedAtAnew.includes(id),
  );
  return {
    version: 1,
    project: { id: project.value, shown: printable(project.shown) },
    left: new Date().toISOString(),
    at,
    only: [...request.only],
    installer: request.installer,
    ...(request.cliVersion === undefined ? {} : { cliVersion: request.cliVersion }),
    cronNames: { ...request.cronNames },
    answers: Object.fromEntries(kept.map(([id, { value }]) => [id, value])),
  };
}

/** Whose token it is and what it may do, and what is to become of things that may have changed since. */
const lookedAtAnew: readonly string[] = [
  "sign-in-with",
  "sign-in",
  "keychain",
  "go-on",
  "if-set",
  "token",
  "token-check",
] satisfies readonly StepId[];
