import { appFolder } from "./shell-state.ts";
import { isKnown } from "./unknown-text.ts";

/** A path from the app's directory; undefined when it lies outside or isn't known. */
export function playedPathInApp(written: string, folder: string): string | undefined {
  const path = resolvedPath(folder, written);
  return isKnown(path) && path.startsWith(`${appFolder}/`)
    ? path.slice(appFolder.length + 1)
    : undefined;
}

/** A path as seen from a folder, without `.` and `..` as far as it is known. */
export function resolvedPath(folder: string, written: string): string {
  const path = written.startsWith("/") ? written : `${folder}/${written}`;
  if (!isKnown(path)) return path;
  const parts: string[] = [];
  for (const part of path.split("/"))
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  return `/${parts.join("/")}`;
}
