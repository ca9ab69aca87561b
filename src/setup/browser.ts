import { spawn } from "node:child_process";
import { Failure } from "../failure.ts";
import { withoutTokens } from "../secret.ts";

/**
 * Has the system open a page in the person's browser. No shell is between, and the browser's environment holds no token.
 *
 * @param address an http or https address
 * @param env the environment; says on Linux whether there is a screen
 * @throws Failure "unexpected" when nothing here can show a page
 */
export function openInBrowser(
  address: string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  const refused = (why: string) =>
    new Failure("unexpected", {
      what: "The page can't be opened from here",
      why,
      next: "open the address yourself",
    });
  if (!/^https?:\/\//u.test(address)) return Promise.reject(refused("it is no web address"));
  if (!hasScreen(env, platform)) return Promise.reject(refused("there is no screen"));
  const [program, ...args] = openers[platform] ?? xdgOpen;
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, address], {
      env: withoutTokens(env),
      stdio: "ignore",
      detached: true,
    });
    child.once("error", () => reject(refused(`${program} is not there`)));
    child.once("spawn", () => {
      child.unref();
      resolve();
    });
  });
}

type Opener = readonly [string, ...string[]];

/** What opens an address without a shell that would read it (macOS open(1); Windows URL handler; XDG xdg-open(1)). */
const openers: Partial<Record<NodeJS.Platform, Opener>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};
const xdgOpen: Opener = ["xdg-open"];

/** Elsewhere than on macOS and Windows, xdg-open without a screen would start a browser in this very terminal. */
function hasScreen(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  return platform in openers || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
}
