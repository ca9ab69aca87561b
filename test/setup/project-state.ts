import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { projectAccess } from "../../src/platform/access.ts";
import { connect } from "../../src/platform/connection.ts";
import { pendingInvitations } from "../../src/platform/invitations.ts";
import { environmentVariables, projectVariables } from "../../src/platform/variables.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import type { Shop } from "./shop.ts";

/** All that a setup can change: the file's bytes, what Git says, and the project as the API tells it, without ids and dates. */
export async function projectState(shop: Shop) {
  const { apiUrl: api, authUrl: auth, consoleUrl: console, operatorToken } = shop.sandbox;
  const connection = connect({
    addresses: { api, auth, console },
    token: new Secret(operatorToken),
  });
  try {
    const access = await projectAccess(connection, demoProjectId);
    const waiting = await pendingInvitations(connection, demoProjectId);
    const variables = await Promise.all(
      ["main", "staging"].map((id) => environmentVariables(connection, demoProjectId, id)),
    );
    const ofProject = await projectVariables(connection, demoProjectId);
    return {
      file: await readFile(shop.file, "utf8"),
      git: execFileSync("git", ["-C", shop.directory, "status", "--porcelain"], {
        encoding: "utf8",
      }),
      access: access.map(({ email, permissions }) => `${email}: ${permissions.join(", ")}`).sort(),
      waiting: waiting.map(({ email }) => email),
      variables: [...variables, ofProject].map((level) =>
        level.map(({ name, flags, inherited }) => ({ name, flags, inherited })),
      ),
      written: writesOf(shop),
    };
  } finally {
    await connection.close();
  }
}

/** Every request that changed something, in order, as method and path. */
function writesOf({ sandbox }: Shop): readonly string[] {
  return sandbox.requests
    .filter(
      ({ method, path, status }) =>
        method !== "GET" && Number(status) < 300 && !/oauth2/u.test(path),
    )
    .map(({ method, path }) => `${method} ${path}`);
}
