import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join, relative } from "node:path";
import { Failure } from "../failure.ts";
import type { AccessTokenSource } from "../platform/access-token.ts";
import { printable } from "../printable.ts";
import { Secret } from "../secret.ts";
import type { Vendor } from "../vendors/vendor.ts";

/**
 * Where the official CLI of a vendor is on this computer: the first program of its name on PATH. None is taken from a
 * relative entry of PATH, or from inside of the checkout: that could be anybody's program.
 *
 * @param directory the checkout, an absolute path
 * @returns an absolute path; undefined where there is none
 */
export async function findOfficialCli(
  { binary }: Pick<Vendor, "binary">,
  env: NodeJS.ProcessEnv,
  directory: string,
): Promise<string | undefined> {
  const checkout = await realpath(directory).catch(() => directory);
  for (const folder of (env["PATH"] ?? "").split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, binary);
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined || [path, real].some((one) => isInside(checkout, one))) continue;
    const runs = await access(real, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return path;
  }
  return undefined;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || !(way.startsWith("..") || isAbsolute(way));
}

const longestMs = 30_000;

/**
 * The access tokens of the account that is signed in with the official CLI (`auth:token`). Each is read when it is asked
 * for, and throws a `Failure` ("signedOut") when the CLI has none to give. The CLI is asked nothing and asks nothing.
 *
 * @param executable absolute path, as `findOfficialCli` gives it
 */
export function cliAccessTokens(
  executable: string,
  { binary, prefix }: Pick<Vendor, "binary" | "prefix">,
  env: NodeJS.ProcessEnv,
): AccessTokenSource {
  const options = {
    env: { ...env, [`${prefix}NO_INTERACTION`]: "1", [`${prefix}UPDATES_CHECK`]: "0" },
    // Where the CLI starts may not be the checkout, of which it would read the configuration.
    cwd: env["HOME"] || homedir(),
    timeout: longestMs,
  };
  return {
    accessToken: () =>
      new Promise((resolve, reject) => {
        const child = execFile(
          executable,
          ["auth:token", "--no-warn"],
          options,
          (error, out, err) => {
            const token = out.trim();
            if (error === null && /^\S+$/u.test(token)) resolve(new Secret(token));
            else reject(notSignedIn(binary, err));
          },
        );
        child.stdin?.end();
      }),
  };
}

function notSignedIn(binary: string, said: string): Failure {
  const [line = ""] = said.split("\n").filter((one) => one.trim() !== "");
  return new Failure("signedOut", {
    what: `${binary} gives no access token`,
    ...(line === "" ? {} : { why: printable(line.trim()).slice(0, 200) }),
    next: `sign in with ${binary} login, or give an API token of yours`,
  });
}
