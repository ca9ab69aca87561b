import { allVendors, patternOfAny } from "./registry.ts";

const domains = patternOfAny(new Set(allVendors.flatMap((vendor) => vendor.domains)));
const brandWords = patternOfAny(new Set(allVendors.flatMap((vendor) => vendor.brandWords)));

const onDomain = new RegExp(`(?:^|\\.)${domains}$`, "u");

/** Whether a host is one of a vendor's own, with or without a port: "git.eu-5.platform.sh". */
export function isVendorHost(host: string): boolean {
  return onDomain.test(host.replace(/:\d+$/u, ""));
}

/** A host for SSH or for Git of a vendor, in an address or behind an @, in a text. */
export const sshHost = new RegExp(`(?:^|[@/.])(?:ssh|git)\\.(?:[\\w-]+\\.)*${domains}\\b`, "u");

/** A domain of a vendor, or the beginning of a variable's name that means one, in a text. */
export const vendorAddress = new RegExp(`${domains}|${brandWords.toUpperCase()}`, "u");

/** Whether a text may have to do with the platform at all: in doubt it has. */
export function mentionsVendor(text: string): boolean {
  return mention.test(text);
}

const mention = new RegExp(`${brandWords}|_CLI_TOKEN`, "iu");

/** Whether a name of a variable, a secret or an input says that it is a vendor's token: "PSH_TOKEN". */
export function namesVendorToken(name: string): boolean {
  return vendorToken.test(name);
}

const vendorToken = new RegExp(`${brandWords}.*token$|_CLI_TOKEN$`, "iu");

/** The end of a variable's name, in capitals, that may hold an API token: "PLATFORMSH_CLI_TOKEN", "MY_API_TOKEN", "PSH_TOKEN". */
export const tokenNameEnd = `(?:CLI|API|${brandWords}[A-Z]*)_TOKEN`;

/** What a text has in which somebody wrote a token down: a vendor's CLI, variables or addresses by their whole names. */
export const vendorNames = new RegExp(
  patternOfAny(
    new Set(
      allVendors.flatMap(({ id, binary, prefix, containerPrefix, domains: own }) => [
        ...(binary === "platform" ? [id] : [binary, binary.replaceAll("-", "_")]),
        prefix,
        containerPrefix,
        ...own,
      ]),
    ),
  ),
  "iu",
);
