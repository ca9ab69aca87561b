import type { Binary } from "../../shell/installer.ts";
import type { VendorAction } from "../../vendors/distribution.ts";
import { distributions } from "../../vendors/registry.ts";

/** What is known of an action that brings the CLI, uses it, or fetches code. */
export interface KnownAction extends VendorAction {
  /** Whether it checks out code. */
  readonly checksOut?: true;
}

/** By their names, without versions; those of the vendors that are known by the beginning of their names end in *. */
const actions: ReadonlyMap<string, KnownAction | "not read"> = new Map<
  string,
  KnownAction | "not read"
>([
  ...distributions.flatMap(({ actions: ofVendor }) => Object.entries(ofVendor)),
  ["actions/checkout", { checksOut: true }],
]);

const beginnings = [...actions.keys()].filter((name) => name.endsWith("*"));

/** What is known of an action, by its name without a version; undefined for any other. */
export function knownAction(written: string): KnownAction | undefined {
  const name = written.toLowerCase();
  const beginning = beginnings.find((each) => name.startsWith(each.slice(0, -1))) ?? "";
  const known = actions.get(name) ?? actions.get(beginning);
  return known === "not read" ? undefined : known;
}

/** The CLI that an action installs, given its inputs. */
export function installedBy(
  { installs }: KnownAction,
  input: (name: string) => string | undefined,
): Binary | undefined {
  if (typeof installs !== "object") return installs;
  const value = input(installs.input);
  if (value === undefined) return installs.unset;
  if (value.includes("${{")) return undefined;
  return Object.hasOwn(installs.byValue, value) ? installs.byValue[value] : installs.otherwise;
}
