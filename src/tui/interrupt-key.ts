import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { withoutTokens } from "../secret.ts";

/** Where POSIX systems have it; the search path may lead into a checkout. */
const places = ["/bin/stty", "/usr/bin/stty"];

/**
 * Has a terminal in raw mode send SIGINT for Ctrl-C again, and nothing for the other keys that it would make signals of
 * (stty(1), `isig`). In raw mode the key is a byte that waits until the program reads it, and one that is busy does not.
 * Where there is no stty it stays so. Ending raw mode takes this back.
 *
 * @param fd of the terminal
 */
export function interruptByKey(fd: number): void {
  const program = places.find((place) => existsSync(place));
  if (program === undefined) return;
  spawnSync(program, ["isig", "quit", "undef", "susp", "undef"], {
    stdio: [fd, "ignore", "ignore"],
    env: withoutTokens(process.env),
    timeout: 1_000,
  });
}
