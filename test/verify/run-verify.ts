import { flagsOf, repeatableFlags } from "../../src/commands/command.ts";
import { verifyCommand, verifyRequest } from "../../src/commands/verify/run.ts";
import type { ExitReason } from "../../src/exit-code.ts";
import { Failure } from "../../src/failure.ts";
import { Secret } from "../../src/secret.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { expectPublished } from "../expect-document.ts";
import type { memoryKeychain } from "../keychain/memory-keychain.ts";
import type { Shop } from "../setup/shop.ts";

/** What a verification said, and how it ended. */
interface Look {
  readonly said: string;
  readonly ended: ExitReason | Failure;
}

/** Runs `machinist verify` in this process, without a terminal. */
export async function verify(
  shop: Shop,
  given: Readonly<Record<string, unknown>> = {},
  o: {
    readonly token?: string;
    readonly keychain?: ReturnType<typeof memoryKeychain>;
    /** Milliseconds after which the program of a CI host is given up. */
    readonly hostLimitMs?: number;
  } = {},
): Promise<Look> {
  const lines: string[] = [];
  const options = flagsOf("verify", given);
  const request = verifyRequest(shop.directory, options);
  const ended = await verifyCommand(
    o.token === undefined ? request : { ...request, machineToken: new Secret(o.token) },
    {
      vendor: vendors.platformsh,
      face: "flags",
      yes: false,
      reasons: false,
      json: options.json,
      verbose: false,
      pollMs: 10,
      ...(o.hostLimitMs === undefined ? {} : { hostLimitMs: o.hostLimitMs }),
      flags: repeatableFlags("verify", options),
      wait: options.wait,
    },
    {
      out: (line) => lines.push(line),
      err: () => undefined,
      document: (text) => {
        expectPublished(text);
        lines.push(text);
      },
      env: shop.env,
      keychain: async () => o.keychain,
      signal: new AbortController().signal,
    },
  ).catch((error: unknown) => {
    if (error instanceof Failure) return error;
    throw error;
  });
  return { said: lines.join("\n"), ended };
}
