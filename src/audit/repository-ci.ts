import { resolve } from "node:path";
import { disk } from "../appfile/files.ts";
import { type CiReading, readCi } from "../cifile/read.ts";
import { rootAbove } from "../git/checkout.ts";

/** The CI of the repository around a directory, with paths that are shown from there; without Git, of the directory. */
export async function ciAround(directory: string): Promise<CiReading> {
  return readCi((await rootAbove(resolve(directory))) ?? directory, disk, directory);
}
