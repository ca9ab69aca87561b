import { Failure } from "../../failure.ts";
import { addressesOf, apiTokensConsole } from "../../platform/addresses.ts";
import type { Connection } from "../../platform/connection.ts";
import { currentUser } from "../../platform/users.ts";
import { noToken, Secret } from "../../secret.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import type { Face } from "../faces/choose.ts";
import { openPlatform } from "../sign-in/open-platform.ts";
import { operatorToken } from "../sign-in/operator-token.ts";
import type { Io } from "../terminal/io.ts";

interface SignInManner {
  readonly vendor: Vendor;
  readonly verbose: boolean;
}

/** The API as the operator, with the token that is found; undefined when there is none. The caller closes it. */
export async function signInToUndo(manner: SignInManner, io: Io): Promise<Connection | undefined> {
  const found = await operatorToken(manner.vendor, io);
  return found && openPlatform(manner.vendor, found.token, io, manner.verbose);
}

/**
 * Asks for the operator's token until it is one that the platform takes. Undefined when the person goes on without.
 * Throws a Failure of the API, and when interrupted.
 */
export async function askToSignIn(
  face: Exclude<Face, "flags">,
  manner: SignInManner,
  io: Io,
): Promise<Connection | undefined> {
  const facts = [
    "Part of the last run was on the platform; taking that back needs your token.",
    `It is made here: ${apiTokensConsole(addressesOf(manner.vendor, io.env))}`,
  ];
  let problem: string | undefined;
  for (;;) {
    const lines = problem === undefined ? facts : [...facts, problem];
    const token = await (face === "screens"
      ? onScreen([...lines, "Esc goes on without it, and takes back the rest."], io)
      : inALine(lines, io));
    if (token === undefined) return undefined;
    const connection = openPlatform(manner.vendor, token, io, manner.verbose);
    try {
      io.out(`Signed in: ${(await currentUser(connection)).email}`);
      return connection;
    } catch (error) {
      await connection.close();
      if (!(error instanceof Failure) || error.reason !== "signedOut") throw error;
      problem = `Not taken: ${error.parts.what}`;
    }
  }
}

const title = "Your own API token";

async function onScreen(lines: readonly string[], { terminal }: Io): Promise<Secret | undefined> {
  const { askOnScreen } = await import("../../tui/one-question.tsx");
  const question = { kind: "secret", title, help: [], facts: lines, flag: "" } as const;
  const header = { title: "machinist undo", account: "not signed in", place: [] };
  const reply = await askOnScreen(question, header, terminal);
  return reply?.kind === "secret" ? reply.value : undefined;
}

async function inALine(lines: readonly string[], { signal, out }: Io): Promise<Secret | undefined> {
  const { terminalReader } = await import("../faces/terminal-reader.ts");
  const reader = terminalReader(signal);
  try {
    out(title);
    for (const line of lines) out(line);
    for (;;) {
      const typed = (
        await reader.read("Token (not shown), or Enter to go on without: ", false)
      ).trim();
      if (typed === "") return undefined;
      const why = noToken(typed);
      if (why === undefined) return new Secret(typed);
      out(why);
    }
  } finally {
    reader.close();
  }
}
