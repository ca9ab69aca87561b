import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { vi } from "vitest";
import type { Shop } from "./shop.ts";

/** A program that stands in for gh or glab: what it was told, and what it keeps. */
export interface CiHost {
  /** The environment in which it is found. */
  readonly env: Readonly<Record<string, string>>;
  /** The words of each call, in their order. */
  calls(): Promise<readonly string[]>;
  /** The secret that was set last, as it came on standard input. */
  secret(): Promise<string | undefined>;
  /** The names of the variables that it found in its environment. */
  environment(): Promise<readonly string[]>;
}

/**
 * Puts a stand-in for a host's program where the shop finds it. It behaves as the program's manual says of the commands
 * that are used: it keeps the name of a secret and, apart, what it read.
 */
export async function ciHost(shop: Shop, name: "gh" | "glab", signedIn = true): Promise<CiHost> {
  const folder = join(shop.folder, `bin-${name}`);
  const kept = join(shop.folder, `kept-${name}`);
  await mkdir(folder);
  await mkdir(kept);
  await writeFile(join(folder, name), script(kept, signedIn, listing[name]));
  await chmod(join(folder, name), 0o755);
  const path = `${folder}:${process.env["PATH"] ?? ""}`;
  vi.stubEnv("PATH", path);
  const read = (file: string) => readFile(join(kept, file), "utf8").catch(() => undefined);
  return {
    env: { ...shop.env, PATH: path },
    calls: async () => ((await read("calls")) ?? "").split("\n").filter((line) => line !== ""),
    secret: () => read("value"),
    environment: async () => ((await read("environment")) ?? "").split("\n"),
  };
}

/** How each host lists one secret, and none; %s is its name. */
const listing = {
  gh: [`{"secrets":[{"name":"%s","updated_at":"2026-11-01T00:00:00Z"}]}`, `{"secrets":[]}`],
  glab: [`[{"key":"%s","value":"old"}]`, "[]"],
} as const;

function script(kept: string, signedIn: boolean, [one, none]: readonly [string, string]): string {
  return `#!/bin/sh
echo "$*" >> '${kept}/calls'
env | sed 's/=.*//' > '${kept}/environment'
case "$1 $2" in
"auth status") exit ${signedIn ? 0 : 1} ;;
"api "*) if [ -f '${kept}/name' ]; then printf '${one}' "$(cat '${kept}/name')"; else printf '${none}'; fi ;;
"secret set" | "variable set" | "variable update") cat > '${kept}/value'; printf '%s' "$3" > '${kept}/name' ;;
"secret delete" | "variable delete") rm -f '${kept}/name' '${kept}/value' ;;
*) exit 1 ;;
esac
`;
}
