import { isMap } from "yaml";
import type { AppFile } from "../../appfile/app-file.ts";
import { effectiveEntries, nodeAt, valueAt } from "../../yaml/nodes.ts";

/** Whether a script goes to another folder than the app's own. */
export function goesAway(script: string): boolean {
  const moves = [
    ...script.matchAll(/(?:^|[\s;&|(])(?:cd|pushd)(?:[ \t]+("[^"\n]*"|[^\s;&|)]+))?/gu),
  ];
  return moves.some(([, to = "~"]) => !appFolder.test(to.replace(/^"(.*)"$/u, "$1")));
}

const appFolder = /^(?:\$\{?HOME\}?|\$\{?PLATFORM_APP_DIR\}?|~|\/app|\.)\/?$/u;

/** Whether a folder is one that can be written to once the app runs: a mount, or none of the app's. */
export function isWritable(app: AppFile, path: string): boolean {
  const below = belowApp(path);
  return below === undefined || isInMount(app, below);
}

function isInMount({ map, source: { document } }: AppFile, path: string): boolean {
  const mounts = nodeAt(map, ["mounts"], document);
  return (
    isMap(mounts) &&
    effectiveEntries(mounts, document).some(({ name }) => isBelow(path, String(name)))
  );
}

/**
 * Whether a file that the running app writes lies in a mount that is kept: backups have it, and each environment that
 * gets this one's data (manual, "Mounts", "Backups"). A mount with `source: tmp` is emptied instead.
 */
export function isKept(app: AppFile, path: string): boolean {
  const file = belowApp(path);
  const mounts = nodeAt(app.map, ["mounts"], app.source.document);
  if (file === undefined || !isMap(mounts)) return false;
  return effectiveEntries(mounts, app.source.document).some(({ name }) => {
    const at = [...app.location.path, "mounts", name, "source"];
    return isBelow(file, String(name)) && valueAt(app.source.value, at) !== "tmp";
  });
}

/**
 * Whether a file that a script writes can be asked for over HTTP: it lies below the root of a location, and where it can
 * be written at that time (manual, "web", "Mounts").
 *
 * @param path as the script has it, from the app's folder
 * @param when whether the build writes it, which a mount then hides, or the app once it runs
 */
export function isServed(app: AppFile, path: string, when: "build" | "runtime"): boolean {
  const file = belowApp(path);
  if (file === undefined || isInMount(app, file) !== (when === "runtime")) return false;
  const { document } = app.source;
  const locations = nodeAt(app.map, ["web", "locations"], document);
  if (!isMap(locations)) return false;
  const holding = effectiveEntries(locations, document).flatMap(({ name }) => {
    const [root, allow] = ["root", "allow"].map((key) =>
      valueAt(app.source.value, [...app.location.path, "web", "locations", name, key]),
    );
    const isOpen = allow !== false;
    return typeof root === "string" && isBelow(file, root)
      ? [{ depth: parts(root).length, isOpen }]
      : [];
  });
  const deepest = Math.max(...holding.map(({ depth }) => depth));
  return holding.some(({ depth, isOpen }) => depth === deepest && isOpen);
}

function belowApp(path: string): string | undefined {
  if (!path.startsWith("/")) return path;
  return /^\/app(?:\/|$)/u.test(path) ? path.slice(5) : undefined;
}

function isBelow(path: string, folder: string): boolean {
  const own = parts(path);
  return parts(folder).every((part, index) => own[index] === part);
}

function parts(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}
