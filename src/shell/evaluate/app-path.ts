import type { Word } from "unbash";
import { containerPrefixes, patternOfAny } from "../../vendors/registry.ts";

/** A path as it is written, from the app's directory, which is `/app` (platform manual, "Use variables"). */
export function pathInApp(word: Word, folder: string | undefined): string | undefined {
  const fromTop = word.value.replace(appFolder, "");
  const inTop = fromTop !== word.value;
  if (/[$`*?\\\s~{}]/u.test(fromTop) || (!inTop && fromTop.startsWith("/"))) return undefined;
  return inTop ? within("", fromTop) : folder === undefined ? undefined : within(folder, fromTop);
}

const ownFolder = `${patternOfAny(containerPrefixes)}APP_DIR`;
const appFolder = new RegExp(
  `^(?:\\$${ownFolder}|\\$\\{${ownFolder}\\}|/app|~|\\$HOME|\\$\\{HOME\\})(?=/|$)`,
  "u",
);

/** A path below a folder of the app; undefined when it leads out of the app, and not back: `../app` is the app again. */
export function within(folder: string, path: string): string | undefined {
  const parts = ["app"];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else parts.pop();
  }
  const [top, ...below] = parts;
  return top === "app" ? below.join("/") : undefined;
}

/** Whether a path leads to what a package manager brings, or to what the installer of another tool has shells read. */
export function isOfOthers(path: string): boolean {
  return packages.test(path) || setUps.test(path);
}

const packages = /(?:^|\/)(?:vendor|node_modules|\.?venv)\//u;

const setUps =
  /(?:^|\/)(?:nvm\.sh|sdkman-init\.sh|asdf\.sh|bin\/activate|\.cargo\/env|\.rvm\/scripts\/rvm)$/u;
