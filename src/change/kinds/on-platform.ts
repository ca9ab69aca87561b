import { Failure } from "../../failure.ts";
import type { Connection } from "../../platform/connection.ts";
import type { Assessment, Standing } from "./kind.ts";

/** What the kinds of requests to the platform have in common. */
export const onPlatform = {
  whereToLook: () => "look at it in the console, or start again, which looks first",
  interrupted: () =>
    "The last run was cut off during a request to the platform; what is there now is looked at anew",
};

/** The connection that a request needs. Throws a Failure ("signedOut") without one. */
export function needConnection(connection: Connection | undefined): Connection {
  if (connection !== undefined) return connection;
  throw new Failure("signedOut", { what: "Not signed in", next: "sign in, then start again" });
}

/** Asks the platform how things stand; without a connection, taking back is blocked. */
export function assessOnPlatform(
  { connection }: Standing,
  ask: (connection: Connection) => Promise<Assessment> | Assessment,
): Promise<Assessment> | Assessment {
  if (connection !== undefined) return ask(connection);
  const failure = new Failure("signedOut", {
    what: "Not signed in",
    why: "this was changed on the platform",
    next: "sign in with your API token, then undo again",
  });
  return { kind: "blocked", failure };
}

/** It could be taken back in the console, by a person who looks first. */
export function blockedOnPlatform(what: string, next: string): Assessment {
  return { kind: "blocked", failure: new Failure("api", { what, next }) };
}

/** What to do where nobody knows whether something was made on the platform, as a clause. */
export function byHandInConsole(page: string, name: string): string {
  return `look for ${name} in the console under ${page}, and remove or change it there`;
}
