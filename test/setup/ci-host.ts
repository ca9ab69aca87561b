import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
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
  /** Has it answer a path of the API: a status, and a document. */
  answers(path: string, status: number, json: unknown): Promise<void>;
  /** Has it give no answer to what begins with a word: "auth", "api". */
  hangs(word: string): Promise<void>;
  /** Has it refuse what begins with a word: "secret", "variable". */
  refuses(word: string): Promise<void>;
  /** The names of the variables that it found in its environment. */
  environment(): Promise<readonly string[]>;
}

/**
 * Puts a stand-in for a host's program where the shop finds it. It behaves as the program's manual says of the commands
 * that are used: it keeps the name of a secret and, apart, what it read.
 * @param called tells two of a test apart
 */
export async function ciHost(
  shop: Shop,
  name: "gh" | "glab",
  signedIn = true,
  called: string = name,
): Promise<CiHost> {
  const folder = join(shop.folder, `bin-${called}`);
  const kept = join(shop.folder, `kept-${called}`);
  await mkdir(folder);
  await mkdir(kept);
  await writeFile(
    join(folder, name),
    script(
      kept,
      signedIn,
      listing[name].map((json) => answerOf(200, json)),
    ),
  );
  await chmod(join(folder, name), 0o755);
  const path = `${folder}:${process.env["PATH"] ?? ""}`;
  vi.stubEnv("PATH", path);
  const read = (file: string) => readFile(join(kept, file), "utf8").catch(() => undefined);
  return {
    env: { ...shop.env, PATH: path },
    calls: async () => ((await read("calls")) ?? "").split("\n").filter((line) => line !== ""),
    secret: () => read("value"),
    answers: async (path, status, json) => {
      await mkdir(join(kept, "api", dirname(path)), { recursive: true });
      await writeFile(join(kept, "api", `${path}.http`), answerOf(status, JSON.stringify(json)));
    },
    hangs: (word) => writeFile(join(kept, `hangs-${word}`), ""),
    refuses: (word) => writeFile(join(kept, `refuses-${word}`), ""),
    environment: async () => ((await read("environment")) ?? "").split("\n"),
  };
}

/** What `--include` prints: the head of an answer, and its document. */
function answerOf(status: number, json: string): string {
  return `HTTP/2.0 ${status} Said\nContent-Type: application/json\r\n\r\n${json}`;
}

/** How each host lists one secret, and none; %s is its name. */
const listing = {
  gh: [`{"secrets":[{"name":"%s","updated_at":"2026-11-01T00:00:00Z"}]}`, `{"secrets":[]}`],
  glab: [`[{"key":"%s","value":"old"}]`, "[]"],
} as const;

function script(kept: string, signedIn: boolean, [one = "", none = ""]: readonly string[]): string {
  return `#!/bin/sh
echo "$*" >> '${kept}/calls'
env | sed 's/=.*//' > '${kept}/environment'
[ ! -f "${kept}/hangs-$1" ] || exec sleep 60
[ ! -f "${kept}/refuses-$1" ] || exit 1
case "$1 $2" in
"auth status") exit ${signedIn ? 0 : 1} ;;
"api "*)
  for path; do :; done
  path=\${path%%\\?*}
  if [ -f "${kept}/api/$path.http" ]; then
    cat "${kept}/api/$path.http"
    grep -q '^HTTP/[0-9.]* 2' "${kept}/api/$path.http"; exit $?
  fi
  case "$path" in
  *secrets | *variables)
    if [ -f '${kept}/name' ]; then printf '${one}' "$(cat '${kept}/name')"; else printf '${none}'; fi ;;
  *) printf 'HTTP/2.0 404 Not Found\n\r\n{}'; exit 1 ;;
  esac ;;
"secret set" | "variable set" | "variable update") cat > '${kept}/value'; printf '%s' "$3" > '${kept}/name' ;;
"secret delete" | "variable delete") rm -f '${kept}/name' '${kept}/value' ;;
*) exit 1 ;;
esac
`;
}
