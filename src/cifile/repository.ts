import { resolve } from "node:path";
import { disk, type Files } from "../appfile/files.ts";
import { rootAbove } from "../git/checkout.ts";
import { readCi } from "./gather.ts";
import type { CiReading } from "./read.ts";

/** The CI of the repository around a directory, with paths that are shown from there; without Git, of the directory. @param files this computer's unless given */
export async function ciAround(directory: string, files: Files = disk): Promise<CiReading> {
  return readCi((await rootAbove(resolve(directory))) ?? directory, files, directory);
}
