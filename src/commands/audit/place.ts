import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { StandIn } from "../../appfile/files.ts";
import { Failure } from "../../failure.ts";
import { rootAbove } from "../../git/checkout.ts";
import { vendorFolders } from "../../vendors/files.ts";

/** What is to be audited: a checkout, or some files of it. */
export interface AuditPlace {
  /** Absolute path of the checkout, or of the part of it that counts. */
  readonly directory: string;
  /** The files that alone count, by their paths from the directory; without it, all that is found counts. */
  readonly only?: readonly string[];
  /** What stands for the text of one of them. */
  readonly standIn?: StandIn;
}

/**
 * What the arguments of the audit name: nothing (this folder), a folder, or files of one checkout, which is then audited
 * whole, because what a file means depends on the others, and of which only these files count.
 * Throws a `Failure` ("usage") for what isn't there, and for a folder among files.
 *
 * @param places as they were typed
 */
export async function auditPlace(places: readonly string[]): Promise<AuditPlace> {
  const [first = "."] = places;
  const found = await Promise.all(
    places.map(async (place) => ({ place, isFile: await isFile(place) })),
  );
  if (!found.some((one) => one.isFile)) {
    if (places.length <= 1) return { directory: resolve(first) };
    throw new Failure("usage", {
      what: "Only one folder can be audited at a time",
      where: places.join(", "),
      next: "name one folder, or files of one checkout",
    });
  }
  const other = found.find((one) => !one.isFile);
  if (other !== undefined)
    throw new Failure("usage", {
      what: "It is no file",
      where: other.place,
      next: "name one folder, or files of one checkout",
    });
  return placeOfFiles(await Promise.all(places.map((place) => realpath(place))));
}

/**
 * The place of a file whose text is handed over, and need not be there itself.
 * Throws a `Failure` ("usage") when not even its folder is there.
 */
export async function placeOfText(name: string, text: string): Promise<AuditPlace> {
  const path = resolve(name);
  const file = await realpath(path).catch(async () => {
    const folder = await realpath(dirname(path)).catch(() => undefined);
    if (folder !== undefined) return join(folder, basename(path));
    throw new Failure("usage", {
      what: "The folder of the file isn't there",
      where: name,
      next: "give the path that the text is saved to: --stdin-filename .platform.app.yaml",
    });
  });
  return { ...(await placeOfFiles([file])), standIn: { file, text } };
}

/** @param files absolute, links resolved; at least one */
async function placeOfFiles(files: readonly string[]): Promise<AuditPlace> {
  const tops = new Set(await Promise.all(files.map(topOf)));
  const [directory = "", another] = tops;
  if (another !== undefined)
    throw new Failure("usage", {
      what: "The files are of two checkouts",
      where: `${directory}, and ${another}`,
      next: "audit those of one checkout at a time",
    });
  const only = files.map((file) => relative(directory, file).split(sep).join("/"));
  return { directory, only };
}

/** The top of the checkout that a file is in; without Git, the folder that it configures. */
async function topOf(file: string): Promise<string> {
  const folder = dirname(file);
  const top = await rootAbove(folder);
  if (top !== undefined) return realpath(top);
  return vendorFolders.has(basename(folder)) ? dirname(folder) : folder;
}

async function isFile(path: string): Promise<boolean> {
  // What can't be looked at is told where the folder is read.
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true;
}
