import { Failure } from "../../failure.ts";
import { isProjectId } from "../../git/names.ts";
import { Secret } from "../../secret.ts";
import { type Selection, selectionIn } from "../audit/fleet/selection.ts";
import type { FlagsOf } from "../command.ts";
import { flagName } from "../flags/flag.ts";
import { isGiven } from "../flags/read-flags.ts";
import { commandTable } from "../flags/table.ts";

/** A new token, and the address of the account it is to belong to, where that was said. */
export interface HandedOver {
  readonly token: Secret;
  readonly email: string | undefined;
}

const table = commandTable.rotate.flags;
const oneOnly = ["environment", "repository", "email", "revoke", "report", "json"] as const;

/**
 * Whether the flags ask for many projects, and which; undefined where they don't. Throws a `Failure` ("usage") for flags
 * that don't go together.
 */
export function fleetSelection(flags: FlagsOf<"rotate">): Selection | undefined {
  const { all, org, projectsFrom, machineTokenStdin } = flags;
  const selection = selectionIn({ all, org, projectsFrom });
  if (selection === undefined) return undefined;
  const foreign = oneOnly.find((name) => isGiven(table, flags, name));
  if (foreign !== undefined)
    throw new Failure("usage", {
      what: "This is for the rotation of one project",
      where: flagName(foreign, table[foreign]),
      next: "leave it out",
    });
  if (projectsFrom === "-" && machineTokenStdin)
    throw new Failure("usage", {
      what: "Standard input can't be both the list of projects and their tokens",
      where: "--projects-from -",
      next: "put the list into a file",
    });
  return selection;
}

/**
 * The tokens of several projects, a line each: the project's id, the address of the machine user where the project has
 * several accounts, the token. Blank lines and those that start with # don't count.
 * Throws a `Failure` ("usage") for any other line, without repeating it.
 */
export function readProjectTokens(text: string): ReadonlyMap<string, HandedOver> {
  const tokens = new Map<string, HandedOver>();
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [id = "", ...words] = line.trim().split(/\s+/u);
    const token = words.at(-1);
    const email = words.length === 2 ? words[0] : undefined;
    const isMeant =
      isProjectId(id) &&
      words.length <= 2 &&
      (email === undefined || email.includes("@")) &&
      !tokens.has(id);
    if (token === undefined || !isMeant)
      throw new Failure("usage", {
        what: tokens.has(id)
          ? "A project has two tokens here"
          : "This line isn't a project and its token",
        where: `standard input, line ${index + 1}`,
        next: "write a line each: the project's id, the machine user's address, its new token",
      });
    tokens.set(id, { token: new Secret(token), email });
  }
  return tokens;
}
