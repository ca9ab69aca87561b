import { isVendorHost } from "../vendors/traces.ts";
import { type GitConfiguration, namesIn, settingOf } from "./configuration.ts";

/** A repository on a Git host, as a remote of the checkout names it. */
export interface HostedRepository {
  readonly remote: string;
  /** With its port, where the address has one: "github.com", "git.example.org:8443". */
  readonly host: string;
  /** "acme/shop"; GitLab has longer ones: "acme/web/shop". */
  readonly path: string;
}

/**
 * The repositories that the remotes of a checkout name, `origin` first; those on the platform's own hosts are left out.
 * Credentials in an address are not part of what is given.
 */
export function repositoriesIn(configuration: GitConfiguration): readonly HostedRepository[] {
  const names = [...new Set(["origin", ...namesIn(configuration, "remote")])];
  return names.flatMap((remote) => {
    const found = repositoryAt(settingOf(configuration, `remote.${remote}.url`)?.value ?? "");
    return found === undefined ? [] : [{ remote, ...found }];
  });
}

/** Whether a text can name a repository of a Git host: "acme/shop", also with its host before it. */
export function isRepositoryName(text: string): boolean {
  return isRepositoryPath(text.replace(/^([\w.-]+):\d+\//u, "$1/"));
}

function isRepositoryPath(text: string): boolean {
  return /^[\w.~-]+(?:\/[\w.~-]+)+$/u.test(text);
}

/** What an address of Git names; undefined for a path, for the platform's own hosts, and for anything else. */
export function repositoryAt(address: string): Omit<HostedRepository, "remote"> | undefined {
  const [, host, path] =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([\w.-]+(?::\d+)?)\/+(.+)$/u.exec(address) ??
    /^(?:[\w.-]+@)?([\w.-]+\.[\w.-]+):(?!\/\/)\/*(.+)$/u.exec(address) ??
    [];
  if (host === undefined || path === undefined || isVendorHost(host)) return undefined;
  const plain = path.replace(/\/+$/u, "").replace(/\.git$/u, "");
  if (!isRepositoryPath(plain)) return undefined;
  // A port of SSH says nothing about the web's.
  return { host: /^ssh:/u.test(address) ? host.replace(/:\d+$/u, "") : host, path: plain };
}
