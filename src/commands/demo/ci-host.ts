import { chmod, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { shellWord } from "../../shell/guard.ts";

/** The systems that the demo plays. */
export type PlayedSystem = "github" | "gitlab";

/** A Git host that is played: the address of the shop's repository there, and the search path with its program. */
export interface PlayedHost {
  readonly origin: string;
  readonly path: string;
}

const programs = { github: "gh", gitlab: "glab" } as const;

/**
 * Plays the Git host of the shop: its name is one that nobody can have (RFC 2606), and its program a stand-in that knows
 * one repository, to which it may give a secret. Nothing leaves this computer, whatever program of that name is installed.
 *
 * @param folder absolute path of the demo's own folder
 * @param searchPath where programs are found otherwise
 */
export async function playHost(
  system: PlayedSystem,
  folder: string,
  searchPath: string | undefined,
): Promise<PlayedHost> {
  const bin = join(folder, "bin");
  await mkdir(bin);
  const program = join(bin, programs[system]);
  await writeFile(program, standIn(shellWord(join(folder, "secret-is-set"))));
  await chmod(program, 0o755);
  return {
    origin: `https://${system}.example.org/acme/shop.git`,
    path: searchPath === undefined ? bin : `${bin}${delimiter}${searchPath}`,
  };
}

/** @param mark a file, as a word of sh. What it is told of the secret is read and kept nowhere; that there is one, a file with its name says. */
function standIn(mark: string): string {
  return `#!/bin/sh
# The demo's own stand-in of the program of a Git host.
case "$1 $2" in
"auth status") exit 0 ;;
"secret set" | "variable set" | "variable update") cat >/dev/null; printf '%s' "$3" >${mark} ;;
"secret delete" | "variable delete") rm -f ${mark} ;;
"api "*)
  name=$(cat ${mark} 2>/dev/null)
  for path; do :; done
  case "$path" in
  *secrets*) document='{"secrets":['\${name:+'{"name":"'"$name"'"}'}']}' ;;
  *variables*) document='['\${name:+'{"key":"'"$name"'"}'}']' ;;
  *) document='{"namespace":{"kind":"user"}}' ;;
  esac
  printf 'HTTP/2.0 200 OK\\n\\r\\n%s' "$document" ;;
*) exit 1 ;;
esac
`;
}
