import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Connection, connect } from "../../src/platform/connection.ts";
import { createVariable } from "../../src/platform/variables.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/sandbox.ts";
import { demoProjectId } from "../../src/sandbox/seed.ts";
import { Secret } from "../../src/secret.ts";
import { layDownShop } from "./checkouts.ts";

/** The sample project in a folder of its own, a sandbox, and the environment that points at both. */
export interface Shop {
  readonly folder: string;
  readonly directory: string;
  readonly file: string;
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string>>;
}

/** Lays a shop down for one test, and clears it away after. */
export async function openShop(options: SandboxOptions = {}): Promise<Shop> {
  const folder = await mkdtemp(join(tmpdir(), "shop-"));
  const directory = join(folder, "shop");
  await mkdir(directory);
  await layDownShop(directory);
  const sandbox = await startSandbox({ activityMs: 10, ...options });
  onTestFinished(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    folder,
    directory,
    file: join(directory, ".platform.app.yaml"),
    sandbox,
    env: {
      PATH: process.env["PATH"] ?? "",
      MACHINIST_HOME: join(folder, "state"),
      MACHINIST_CONSOLE_URL: sandbox.consoleUrl,
      PLATFORMSH_CLI_API_BASE_URL: sandbox.apiUrl,
      PLATFORMSH_CLI_API_AUTH_URL: sandbox.authUrl,
      PLATFORMSH_CLI_TOKEN: sandbox.operatorToken,
    },
  };
}

/**
 * What the API answers the operator about the shop.
 * @param path below the project: "/invitations"
 */
export function readApi(shop: Shop, path: string): Promise<unknown> {
  return asOperator(shop, (connection) =>
    connection.get(`/projects/${demoProjectId}${path}`, (json) => json),
  );
}

/** Gives the shop's production environment a variable with the token, as it should be. */
export async function setTokenVariable(shop: Shop): Promise<void> {
  await asOperator(shop, (connection) =>
    createVariable(connection, demoProjectId, "main", {
      name: "env:PLATFORMSH_CLI_TOKEN",
      value: new Secret(shop.sandbox.makeToken("operator@example.org", "shop")),
      flags: {
        sensitive: true,
        enabled: true,
        inheritable: false,
        visibleAtBuild: false,
        visibleAtRuntime: true,
        applicationScope: [],
      },
    }),
  );
}

async function asOperator<Answer>(
  { sandbox }: Shop,
  ask: (connection: Connection) => Promise<Answer>,
): Promise<Answer> {
  const { apiUrl: api, authUrl: auth, consoleUrl: console } = sandbox;
  const connection = connect({
    addresses: { api, auth, console },
    token: new Secret(sandbox.operatorToken),
  });
  try {
    return await ask(connection);
  } finally {
    await connection.close();
  }
}
