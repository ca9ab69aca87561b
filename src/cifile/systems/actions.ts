import type { Binary } from "../../shell/installer.ts";

/** What is known of an action that brings the CLI, uses it, or fetches code. */
export interface KnownAction {
  /** The CLI that it installs; "by input" where an input says which. */
  readonly installs?: Binary | "by input";
  /** The input that takes the token. */
  readonly tokenInput?: string;
  /** The variable that it leaves the token in, for the steps behind it. */
  readonly exports?: string;
  /** Whether it uses the CLI itself. */
  readonly usesCli?: boolean;
  /** The input that pins the CLI's version; without one it can't be pinned. */
  readonly versionInput?: string;
  /** The oldest and the newest major version of the CLI that it installs, where that isn't the newest release. */
  readonly majors?: readonly [oldest: number, newest: number];
  /** Why it should make way for another installation; undefined for one that is kept up. */
  readonly old?: string;
  /** Whether it checks out code. */
  readonly checksOut?: true;
}

/**
 * Actions by their names, without versions; each was read in its own repository in November 2026. `platformsh/gha-*` are
 * known by the beginning of their names.
 */
const actions: ReadonlyMap<string, KnownAction> = new Map<string, KnownAction>([
  [
    "upsun/action-cli",
    {
      installs: "by input",
      tokenInput: "cli_token",
      versionInput: "cli_version",
    },
  ],
  [
    "adam7/platformsh-cli-action",
    {
      installs: "platform",
      tokenInput: "token",
      exports: "PLATFORMSH_CLI_TOKEN",
      majors: [3, 4],
      old: "it downloads the CLI of version 3 or 4, in PHP, without looking whether that went well",
    },
  ],
  [
    "axelerant/platformsh-deploy-action",
    {
      installs: "platform",
      tokenInput: "platformsh-token",
      usesCli: true,
      majors: [3, 4],
      old: "its authors have put axelerant/platformsh-action in its place",
    },
  ],
  [
    "axelerant/platformsh-action",
    {
      installs: "platform",
      tokenInput: "platformsh-token",
      usesCli: true,
      versionInput: "cli-version",
    },
  ],
  [
    "jvm-tech/upsun-cli-action",
    { installs: "upsun", tokenInput: "token", exports: "UPSUN_CLI_TOKEN" },
  ],
  ["actions/checkout", { checksOut: true }],
]);

/** What is known of an action, by its name without a version; undefined for any other. */
export function knownAction(name: string): KnownAction | undefined {
  const known = actions.get(name.toLowerCase());
  if (known !== undefined) return known;
  if (/^platformsh\/gha-retrieve-psh-prenv-url$/iu.test(name)) return undefined;
  if (!/^platformsh\/gha-/iu.test(name)) return undefined;
  return withPhp.test(name)
    ? { usesCli: true, old: "it uses the PHP installer, and is no longer kept up" }
    : { usesCli: true };
}

/** Those of them whose sources were read. */
const withPhp = /^platformsh\/gha-(?:run-sourceops-update|retrieve-production-url)$/iu;

/** The CLI that an action installs, given its inputs. */
export function installedBy(
  { installs }: KnownAction,
  input: (name: string) => string | undefined,
): Binary | undefined {
  if (installs !== "by input") return installs;
  const provider = input("cli_provider") ?? "upsun";
  if (provider.includes("${{")) return undefined;
  return provider === "upsun" ? "upsun" : "platform";
}
