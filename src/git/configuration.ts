/** What Git's configuration says to a checkout: each entry in the order in which Git reads them. */
export type GitConfiguration = readonly GitSetting[];

/** One entry of Git's configuration. */
export interface GitSetting {
  /** As Git prints it: section and name in lower case, the part between them as it is written. */
  readonly key: string;
  /** Empty where a key stands without `=`, which Git takes for `true`. */
  readonly value: string;
  /** Whether a file of the checkout says so, and not a file of the person or of the computer. */
  readonly ofCheckout: boolean;
}

/** @param listed what `git config --list --show-scope --null` prints: scope, NUL, key, line feed, value, NUL */
export function parseConfiguration(listed: string): GitConfiguration {
  const fields = listed.split("\0");
  return fields.flatMap((scope, index) => {
    const entry = fields[index + 1];
    if (index % 2 === 1 || entry === undefined) return [];
    const [key = "", ...lines] = entry.split("\n");
    const ofCheckout = scope === "local" || scope === "worktree";
    return [{ key, value: lines.join("\n"), ofCheckout }];
  });
}

/** The value that counts, which is the last one; undefined when nothing sets the key. */
export function settingOf(configuration: GitConfiguration, key: string): GitSetting | undefined {
  return configuration.findLast((setting) => setting.key === key);
}

/**
 * The settings under which Git starts no program that a configuration names, to be given to it above all its files
 * (git-config, gitattributes, githooks). Transports and pagers are off by variables and options of their own.
 *
 * @param configuration all that Git would read; a name that stands in none of its entries can't be used by it
 */
export function withoutPrograms(
  configuration: GitConfiguration,
): readonly (readonly [key: string, value: string])[] {
  return [
    ["core.hooksPath", nowhere],
    ["core.fsmonitor", "false"],
    ["core.editor", ":"],
    ["core.askPass", ""],
    ["credential.helper", ""],
    ...signingPrograms.map(
      ({ key, usual }) => [key, personal(configuration, key) ?? usual] as const,
    ),
    ...namesIn(configuration, "filter").flatMap((name) => [
      [`filter.${name}.clean`, ""] as const,
      [`filter.${name}.smudge`, ""] as const,
      [`filter.${name}.process`, ""] as const,
      [`filter.${name}.required`, "false"] as const,
    ]),
    ...namesIn(configuration, "hook").map((name) => [`hook.${name}.enabled`, "false"] as const),
  ];
}

/** A folder that can't be one, and so has no hook in it. */
const nowhere = process.platform === "win32" ? "NUL" : "/dev/null";

/** What makes a signature: the person's own program, never one that the checkout names. */
const signingPrograms = [
  { key: "gpg.program", usual: "gpg" },
  { key: "gpg.openpgp.program", usual: "gpg" },
  { key: "gpg.x509.program", usual: "gpgsm" },
  { key: "gpg.ssh.program", usual: "ssh-keygen" },
  { key: "gpg.ssh.defaultkeycommand", usual: "" },
] as const;

function personal(configuration: GitConfiguration, key: string): string | undefined {
  // `gpg.program` is the older name of `gpg.openpgp.program`, and either counts.
  const keys = key === "gpg.openpgp.program" ? [key, "gpg.program"] : [key];
  const own = configuration.filter(({ ofCheckout }) => !ofCheckout);
  return keys.flatMap((one) => settingOf(own, one)?.value ?? [])[0];
}

/** The names between a section and a key: `lfs` of `filter.lfs.clean`. */
export function namesIn(configuration: GitConfiguration, section: string): readonly string[] {
  const names = configuration.flatMap(({ key }) => {
    const last = key.lastIndexOf(".");
    return key.startsWith(`${section}.`) && last > section.length
      ? [key.slice(section.length + 1, last)]
      : [];
  });
  return [...new Set(names)];
}
