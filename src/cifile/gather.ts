import { dirname, join, relative, resolve, sep } from "node:path";
import { readWithin } from "../appfile/called-files.ts";
import { disk, type Files } from "../appfile/files.ts";
import { Failure } from "../failure.ts";
import { rootAbove } from "../git/checkout.ts";
import { withoutExpressions } from "../shell/ci-script.ts";
import { calledScripts } from "../shell/script.ts";
import type { TextFile } from "../yaml/text-file.ts";
import {
  type CiReading,
  type CiTexts,
  ciReadingOf,
  isMeant,
  parsedCiFile,
  pipeline,
  workflow,
} from "./read.ts";
import { actionsUsedIn } from "./systems/github.ts";
import { childrenOf, includesOf } from "./systems/gitlab.ts";

/** More files that have to do with CI than this no repository keeps. */
const mostFiles = 400;
/** As many files may include each other, one on top of the other. */
const deepest = 10;

/** More places than this, in which scripts may be, no repository has. */
const mostLookups = 5000;

/**
 * Reads the workflows of GitHub and the pipeline of GitLab in a repository, with the files of the repository that they
 * use. What can't be read is told; a file that can't be parsed takes nothing else down.
 *
 * @param top absolute path of the repository's top folder
 * @param from the folder that paths are shown from
 */
export async function readCi(top: string, files: Files, from = top): Promise<CiReading> {
  const root = (await files.real(top)) ?? top;
  const shownFrom = (await files.real(from)) ?? from;
  return new Gathering(root, shownFrom, files).reading();
}

/**
 * The CI of the repository around a directory, with paths that are shown from there; without Git, of the directory.
 *
 * @param directory any path of a folder
 * @param files this computer's unless given
 */
export async function ciAround(directory: string, files: Files = disk): Promise<CiReading> {
  return readCi((await rootAbove(resolve(directory))) ?? directory, files, directory);
}

/** Collects the files of a repository that have to do with CI. */
class Gathering {
  readonly #root: string;
  readonly #from: string;
  readonly #files: Files;
  readonly #texts = new Map<string, TextFile>();
  readonly #unread = new Map<string, CiReading["unreadable"][number]>();
  /** Whether a file was left out because there are too many; no other is looked for then. */
  #leftOut = false;

  constructor(root: string, from: string, files: Files) {
    this.#root = root;
    this.#from = from;
    this.#files = files;
  }

  async reading(): Promise<CiReading> {
    const reading = ciReadingOf(await this.#gathered());
    return { ...reading, unreadable: [...reading.unreadable, ...this.#unread.values()] };
  }

  async #gathered(): Promise<CiTexts> {
    const folder = join(".github", "workflows");
    const names = await this.#names(folder);
    for (const name of names.filter((each) => workflow.test(`.github/workflows/${each}`)))
      await this.#add(`.github/workflows/${name}`);
    await this.#addActions();
    await this.#addPipeline();
    await this.#addCalled();
    return this.#texts;
  }

  async #addActions(): Promise<void> {
    let next = [...this.#texts.values()];
    for (let depth = 0; next.length > 0 && depth < deepest; depth += 1) {
      const found: TextFile[] = [];
      for (const path of next.flatMap(({ text }) => actionsUsedIn(text))) {
        const file =
          (await this.#add(`${path}/action.yml`)) ?? (await this.#add(`${path}/action.yaml`));
        if (file !== undefined) found.push(file);
      }
      next = found;
    }
  }

  async #addPipeline(): Promise<void> {
    const first = await this.#add(pipeline);
    let next = first === undefined ? [] : [first];
    for (let depth = 0; next.length > 0 && depth < deepest; depth += 1) {
      const found: TextFile[] = [];
      for (const source of next.map(parsedCiFile)) {
        if (source instanceof Failure) continue;
        for (const pattern of [...includesOf(source).local, ...childrenOf(source).local])
          for (const path of await this.#matching(pattern)) {
            const file = await this.#add(path);
            if (file !== undefined) found.push(file);
          }
      }
      next = found;
    }
  }

  /** The files that `include: local` names. */
  async #matching(pattern: string): Promise<readonly string[]> {
    if (!pattern.includes("*")) return [pattern];
    const fixed = dirname(pattern.slice(0, pattern.indexOf("*") + 1));
    const paths = await this.#below(fixed === "." ? "" : fixed, 0);
    return paths.filter((path) => /\.ya?ml$/u.test(path) && isMeant(path, pattern));
  }

  async #below(folder: string, depth: number): Promise<readonly string[]> {
    if (depth > 5) return [];
    const entries = await this.#files.entries(join(this.#root, folder)).catch(() => []);
    const paths: string[] = [];
    for (const { name, isFolder } of entries) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (!isFolder) paths.push(path);
      else if (![".git", "node_modules", "vendor"].includes(name))
        paths.push(...(await this.#below(path, depth + 1)));
    }
    return paths;
  }

  async #names(folder: string): Promise<readonly string[]> {
    const entries = await this.#files.entries(join(this.#root, folder)).catch(() => []);
    return entries
      .filter(({ isFolder }) => !isFolder)
      .map(({ name }) => name)
      .sort();
  }

  /** The scripts that what was read may call, and those that these call. */
  async #addCalled(): Promise<void> {
    let scripts = ciReadingOf(this.#texts)
      .files.flatMap(({ jobs }) => jobs.flatMap(({ steps }) => steps))
      .flatMap((step) =>
        step.kind === "run" && step.shell.kind !== "other"
          ? {
              text: withoutExpressions(step.script.text),
              folder: step.folder ?? "",
              of: step.script.in,
            }
          : [],
      );
    const looked = new Set<string>();
    for (let depth = 0; scripts.length > 0 && depth < deepest; depth += 1) {
      const found: { readonly text: string; readonly folder: string; readonly of: TextFile }[] = [];
      for (const { text, folder, of } of scripts) {
        const { paths, isWhole } = calledScripts(text);
        const places = new Set(paths.flatMap((path) => [join(folder, path), path]));
        const next = [...places].filter((each) => !each.startsWith("..") && !looked.has(each));
        const taken = next.slice(0, Math.max(0, mostLookups - looked.size));
        if (!isWhole || taken.length < next.length) this.#leaveOut(of);
        for (const each of taken) {
          looked.add(each);
          const file = await this.#add(each);
          if (file !== undefined) found.push({ text: file.text, folder, of: file });
        }
      }
      scripts = found;
    }
  }

  /** Notes that not all that a file calls is looked for. */
  #leaveOut(file: TextFile): void {
    const why = "it may call scripts at more places than are looked at";
    const failure = new Failure("uneditable", { what: "Not all that it calls is read", why });
    this.#unread.set(file.file, { file, failure });
  }

  /** Takes a file up; undefined where it isn't there, can't be read, or was taken up before. */
  async #add(path: string): Promise<TextFile | undefined> {
    if (this.#texts.has(path) || this.#leftOut) return undefined;
    const at = join(this.#root, path);
    const found = await readWithin(this.#root, at, this.#files);
    if (found.kind === "unread") {
      const failure = new Failure("uneditable", { what: "The file can't be read", why: found.why });
      this.#unread.set(path, { file: { file: at, shown: this.#shown(at), text: "" }, failure });
    }
    if (found.kind !== "known") return undefined;
    const file = { ...found.value, shown: this.#shown(found.value.file) };
    if (this.#texts.size >= mostFiles) {
      this.#leftOut = true;
      const why = `${mostFiles} files that have to do with CI are read; this is one more, and there may be others`;
      const failure = new Failure("uneditable", { what: "The file isn't read", why });
      this.#unread.set(path, { file, failure });
      return undefined;
    }
    this.#texts.set(path, file);
    return file;
  }

  #shown(file: string): string {
    return relative(this.#from, file).split(sep).join("/");
  }
}
