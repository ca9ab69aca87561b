import { type Vendor, vendorOf } from "./vendor.ts";

/** The vendor that a person's own environment describes, or what keeps that description from being one. */
export type OwnVendor =
  | { readonly kind: "none" }
  | { readonly kind: "vendor"; readonly vendor: Vendor }
  | { readonly kind: "wrong"; readonly where: string; readonly why: string };

/** The variables that describe a vendor there is no record of. */
export const ownVendorVariables = {
  binary: "MACHINIST_VENDOR_CLI",
  prefix: "MACHINIST_VENDOR_PREFIX",
  token: "MACHINIST_VENDOR_TOKEN",
  name: "MACHINIST_VENDOR_NAME",
  installer: "MACHINIST_VENDOR_INSTALLER",
} as const;

/**
 * The platform is sold under more names than there are records. What a record needs is taken from the person's own
 * environment, never from a file of the checkout: how the CLI is called, and what its variables begin with, or how its
 * token variable is called, from which that follows. All else is as on Platform.sh, but where its API is: that is known
 * where the CLI's own variables say so (`addressesOf`).
 *
 * @param env the person's environment
 * @param records the vendors that are known already: none of their names may be taken
 */
export function ownVendor(env: NodeJS.ProcessEnv, records: readonly Vendor[]): OwnVendor {
  const value = (key: keyof typeof ownVendorVariables) =>
    env[ownVendorVariables[key]]?.trim() || "";
  const wrong = (key: keyof typeof ownVendorVariables, why: string): OwnVendor => ({
    kind: "wrong",
    where: ownVendorVariables[key],
    why,
  });
  const binary = value("binary");
  const described = Object.values(ownVendorVariables).find((name) => env[name]?.trim());
  if (described === undefined) return { kind: "none" };
  if (!/^[a-z][\w-]*$/u.test(binary))
    return wrong("binary", binary === "" ? "it is not set" : "that is no name of a program");
  const token = value("token");
  if (token !== "" && !/^[A-Z][A-Z\d_]*_TOKEN$/u.test(token))
    return wrong("token", "the variable of a token has a name that ends in _TOKEN");
  const owner = records.find((one) => token.startsWith(one.prefix));
  if (owner !== undefined) return wrong("token", `that is ${owner.name}'s`);
  const prefix = value("prefix") || token.replace(/TOKEN$/u, "");
  if (!/^[A-Z][A-Z\d_]*_$/u.test(prefix))
    return wrong(
      "prefix",
      prefix === "" ? "it is not set" : "what variables begin with is like SHOPWARE_CLI_",
    );
  const taken = records.find((one) => one.binary === binary || one.prefix === prefix);
  if (taken !== undefined)
    return wrong(taken.binary === binary ? "binary" : "prefix", `that is ${taken.name}'s`);
  const [, url, interpreter] = installerForm.exec(value("installer")) ?? [];
  if (value("installer") !== "" && url === undefined)
    return wrong("installer", "it is not like https://cli.example.org/installer | bash");
  const vendor = vendorOf({
    id: binary,
    name: value("name") || binary,
    binary,
    prefix,
    containerPrefix: "PLATFORM_",
    files: { app: ".platform.app.yaml", folder: ".platform" },
    git: { ownDomains: [] },
    domains: [],
    brandWords: [binary],
    packages: [],
    productCodes: [],
    installation:
      url === undefined
        ? { kind: "unknown" }
        : { kind: "script", url, interpreter: interpreterOf(interpreter), pins: false },
    installerHosts: url === undefined ? [] : [new URL(url).host],
    invites: true,
    commandNames: {},
    commandsOff: {},
    cronKey: "commands",
    manual: { pages: {}, elsewhere: "https://fixed.docs.upsun.com/{page}.html" },
  });
  return { kind: "vendor", vendor: token === "" ? vendor : withToken(vendor, token) };
}

/** The address of an installer, and what runs it, as manuals give them. */
const installerForm = /^(https:\/\/[\w.-]+(?:\/[\w./~-]*)?)(?:\s*\|\s*(bash|sh|php))?$/u;

function interpreterOf(written: string | undefined): "bash" | "sh" | "php" {
  return written === "sh" || written === "php" ? written : "bash";
}

function withToken(vendor: Vendor, tokenEnv: string): Vendor {
  return { ...vendor, tokenEnv, tokenVariable: `env:${tokenEnv}` };
}
